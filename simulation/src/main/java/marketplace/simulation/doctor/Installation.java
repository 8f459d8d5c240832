package marketplace.simulation.doctor;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import marketplace.eventsourcing.messaging.KafkaAccess;

/// Where the parts of a marketplace are.
///
/// @param databases by the service's name
/// @param kafka how clients reach the brokers
/// @param refunds address of refund-service
public record Installation(Map<String, Login> databases, Map<String, Object> kafka, URI refunds) {
  private static final List<String> SERVICES = List.of("order", "seller", "refund", "dispute");

  /// The port of PostgreSQL that `./market up` takes where it is free.
  private static final String USUAL_DATABASES = "jdbc:postgresql://127.0.0.1:5433/";

  /// @param user may read all tables; more is not needed
  public record Login(String url, String user, String password) {}

  public Installation {
    databases = Map.copyOf(databases);
    kafka = Map.copyOf(kafka);
  }

  /// What is not named is where `./market up` has it.
  public static Installation of(Map<String, String> environment) {
    Map<String, Login> databases = new TreeMap<>();
    for (var service : SERVICES) {
      var prefix = "MARKETPLACE_%S_DATABASE_".formatted(service);
      databases.put(
          service + "-service",
          new Login(
              environment.getOrDefault(prefix + "URL", USUAL_DATABASES + service + "_service"),
              environment.getOrDefault(prefix + "USER", service + "_reader"),
              environment.getOrDefault(prefix + "PASSWORD", "market")));
    }
    var settings = environment.get("MARKETPLACE_KAFKA_CLIENT_SETTINGS");
    return new Installation(
        databases,
        KafkaAccess.of(
            environment.getOrDefault("MARKETPLACE_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092"),
            Optional.ofNullable(settings).map(Path::of)),
        URI.create(environment.getOrDefault("MARKETPLACE_REFUND_URL", "http://127.0.0.1:8083")));
  }
}
