package marketplace.platform.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import marketplace.platform.Durability;
import marketplace.platform.Kafka;
import marketplace.platform.KafkaBroker;
import marketplace.platform.Postgres;
import marketplace.platform.PostgresServer;
import marketplace.platform.TestPlatform;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is true of a test on one platform is true on the other only while the servers are alike.
/// This is the first module to ask for an engine: where none is found, the build ends here.
class ContainerServersTest {
  @BeforeAll
  static void start() {
    TestPlatform.postgres();
    TestPlatform.kafka();
  }

  @Test
  void postgres_has_the_version_and_the_settings_of_the_embedded_one() throws SQLException {
    var names =
        Stream.concat(
                Stream.of("server_version_num", "server_encoding"),
                PostgresServer.settings(Durability.FAST).keySet().stream())
            .toList();
    try (var embedded = PostgresServer.temporary(Durability.FAST)) {
      assertThat(settings(TestPlatform.postgres(), names))
          .isEqualTo(settings(embedded, names))
          .containsEntry("fsync", "off");
    }
  }

  @Test
  void postgres_lets_nobody_into_the_database_of_another() throws SQLException {
    var mine = TestPlatform.newDatabase();
    var other = TestPlatform.newDatabase();
    DriverManager.getConnection(mine.url(), mine.app(), mine.password()).close();
    assertThatThrownBy(
            () -> DriverManager.getConnection(mine.url(), other.app(), other.password()).close())
        .hasMessageContaining("permission denied for database");
    assertThatThrownBy(() -> DriverManager.getConnection(mine.url(), mine.app(), "wrong").close())
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void kafka_has_the_settings_of_the_embedded_one() throws Exception {
    var names = KafkaBroker.settings().keySet();
    try (var embedded = KafkaBroker.temporary()) {
      assertThat(settings(TestPlatform.kafka(), names))
          .isEqualTo(settings(embedded, names))
          .containsEntry("auto.create.topics.enable", "false");
    }
  }

  private static Map<String, String> settings(Postgres server, Collection<String> names)
      throws SQLException {
    var settings = new TreeMap<String, String>();
    try (var connection = server.connectAsSuperuser(server.newDatabase());
        var statement = connection.prepareStatement("select current_setting(?)")) {
      for (var name : names) {
        statement.setString(1, name);
        try (var row = statement.executeQuery()) {
          row.next();
          settings.put(name, row.getString(1));
        }
      }
    }
    return settings;
  }

  private static Map<String, String> settings(Kafka server, Collection<String> names)
      throws Exception {
    var broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
    try (var admin = Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()))) {
      return admin.describeConfigs(List.of(broker)).all().get().values().stream()
          .flatMap(configs -> configs.entries().stream())
          .filter(entry -> names.contains(entry.name()))
          .collect(Collectors.toMap(entry -> entry.name(), entry -> entry.value()));
    }
  }
}
