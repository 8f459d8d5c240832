package marketplace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;

class ComposeTest {
  private final JsonNode compose = DeployFiles.compose();

  @Test
  void the_file_keeps_to_the_specification() throws Exception {
    try (var in = Objects.requireNonNull(getClass().getResourceAsStream("/compose-spec.json"))) {
      var schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09)
              .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      assertThat(schema.validate(compose.toString(), InputFormat.JSON)).isEmpty();
    }
  }

  @Test
  void images_of_others_are_pinned_and_kept_by_somebody() {
    services()
        .forEach((name, service) -> {
          var image = service.path("image").asText();
          assertThat(image).as(name).matches("[a-z0-9./-]+:v?\\d[A-Za-z0-9._-]*");
          assertThat(image).as(name).doesNotContain("bitnami", "minio");
        });
  }

  @Test
  void what_the_applications_are_told_is_what_they_read() {
    services()
        .forEach((name, service) -> {
          if (isOurs(service)) {
            assertThat(Applications.variables()).as(name).containsAll(names(service));
          }
        });
  }

  @Test
  void applications_are_asked_for_their_health_where_they_listen() {
    services()
        .forEach((name, service) -> {
          if (isOurs(service)) {
            var module = service.at("/build/args/MODULE").asText();
            assertThat(service.at("/image").asText()).isEqualTo("marketplace/" + module + ":1.0");
            assertThat(service.at("/healthcheck/test/2").asText())
                .as(name)
                .isEqualTo(Applications.httpPort(module));
          }
        });
  }

  @Test
  void brokers_are_told_what_brokers_understand() {
    for (var name : new String[] {"kafka", "kafka-2", "kafka-3"}) {
      var settings = brokerSettings(compose.at("/services/" + name + "/environment"));
      assertThat(KafkaConfig.configDef().names())
          .as(name)
          .containsAll(settings.stringPropertyNames());
      var config = new KafkaConfig(settings);
      assertThat(config.autoCreateTopicsEnable()).isFalse();
      assertThat(config.quorumConfig().voters()).containsExactly("1@kafka:9093");
    }
  }

  @Test
  void nothing_is_open_to_other_machines() {
    services()
        .forEach((name, service) -> {
          for (var port : service.path("ports")) {
            assertThat(port.asText()).as(name).startsWith("127.0.0.1:");
          }
        });
  }

  @Test
  void every_secret_is_made_by_the_script_and_none_is_in_the_file() {
    var script = DeployFiles.text(DeployFiles.ROOT.resolve("deploy/secrets.sh"));
    compose
        .path("secrets")
        .forEach(secret -> {
          var file = secret.path("file").asText();
          assertThat(file).startsWith("./deploy/secrets/");
          var name = file.substring(file.lastIndexOf('/') + 1);
          assertThat(script).contains(name.replace(".properties", ""));
        });
    services()
        .forEach((name, service) ->
            assertThat(names(service))
                .as(name)
                .noneMatch(variable -> variable.endsWith("PASSWORD")));
  }

  @Test
  void what_is_mounted_from_here_is_here() {
    services()
        .forEach((name, service) -> {
          for (var volume : service.path("volumes")) {
            var source = volume.asText().split(":", 2)[0];
            if (source.startsWith("./")) {
              assertThat(DeployFiles.ROOT.resolve(source)).as(name).matches(Files::exists);
            } else {
              assertThat(compose.path("volumes").has(source)).as(source).isTrue();
            }
          }
        });
  }

  private Map<String, JsonNode> services() {
    var services = new TreeMap<String, JsonNode>();
    compose
        .path("services")
        .properties()
        .forEach(service -> services.put(service.getKey(), service.getValue()));
    return services;
  }

  private static boolean isOurs(JsonNode service) {
    return service.has("build");
  }

  private static Set<String> names(JsonNode service) {
    var names = new TreeSet<String>();
    service.path("environment").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /// As the image makes them of its environment.
  private static Properties brokerSettings(JsonNode environment) {
    var settings = new Properties();
    environment
        .properties()
        .forEach(variable -> {
          var name = variable.getKey();
          if (name.startsWith("KAFKA_") && !name.equals("KAFKA_HEAP_OPTS")) {
            settings.setProperty(
                name.substring("KAFKA_".length()).toLowerCase(Locale.ROOT).replace('_', '.'),
                variable.getValue().asText());
          }
        });
    return settings;
  }
}
