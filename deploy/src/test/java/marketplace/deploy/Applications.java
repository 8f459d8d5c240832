package marketplace.deploy;

import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import marketplace.dispute.evidence.EvidenceSettings;
import marketplace.edge.ServiceSettings;
import marketplace.mail.MailSettings;
import marketplace.simulation.SimulationSettings;
import marketplace.simulation.load.LoadSettings;
import marketplace.simulation.mail.MailboxSettings;

/// What the applications read from their environment.
final class Applications {
  static final List<String> SERVICES = List.of("order", "seller", "refund", "dispute");

  private static final List<Class<?>> MAPPINGS =
      List.of(
          ServiceSettings.class,
          MailSettings.class,
          EvidenceSettings.class,
          SimulationSettings.class,
          LoadSettings.class,
          MailboxSettings.class);

  /// Of the libraries' own we use these.
  private static final Set<String> FRAMEWORK =
      Set.of(
          "OTEL_EXPORTER_OTLP_ENDPOINT",
          "QUARKUS_HTTP_HOST",
          "QUARKUS_HTTP_PORT",
          "SMALLRYE_CONFIG_LOCATIONS");

  private Applications() {}

  /// Every variable that sets something in one of the applications.
  static Set<String> variables() {
    var names = new TreeSet<>(FRAMEWORK);
    for (var mapping : MAPPINGS) {
      collect(mapping.getAnnotation(ConfigMapping.class).prefix(), mapping, names);
    }
    return names;
  }

  /// @param module such as `order-service`
  static String httpPort(String module) {
    var properties = new Properties();
    var file = DeployFiles.ROOT.resolve(module + "/src/main/resources/application.properties");
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("quarkus.http.port");
  }

  private static void collect(String prefix, Class<?> mapping, Set<String> names) {
    for (var method : mapping.getMethods()) {
      if (method.isDefault() || Modifier.isStatic(method.getModifiers())) continue;
      var name = prefix + "." + method.getName().replaceAll("([A-Z])", "-$1");
      var type = valueType(method);
      if (type.isInterface() && type.getName().startsWith("marketplace.")) {
        collect(name, type, names);
      } else {
        names.add(name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT));
      }
    }
  }

  private static Class<?> valueType(Method method) {
    return method.getReturnType() == Optional.class
            && method.getGenericReturnType() instanceof ParameterizedType optional
            && optional.getActualTypeArguments()[0] instanceof Class<?> value
        ? value
        : method.getReturnType();
  }
}
