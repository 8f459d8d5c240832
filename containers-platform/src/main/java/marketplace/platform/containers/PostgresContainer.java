package marketplace.platform.containers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import marketplace.platform.Database;
import marketplace.platform.Durability;
import marketplace.platform.Postgres;
import marketplace.platform.PostgresServer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// PostgreSQL of the embedded one's version, with its settings.
final class PostgresContainer implements Postgres {
  private static final String SUPERUSER = "postgres";

  /// The engine's own share is too small for what queries do in parallel.
  private static final long SHARED_MEMORY_BYTES = 256L * 1024 * 1024;

  private final PostgreSQLContainer container =
      new PostgreSQLContainer("postgres:" + PostgresServer.VERSION)
          .withUsername(SUPERUSER)
          .withPassword(Database.PASSWORD)
          .withDatabaseName("postgres")
          // Sorts the same on every machine, as in docker-compose.yml.
          .withEnv(
              "POSTGRES_INITDB_ARGS",
              "--encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8")
          .withSharedMemorySize(SHARED_MEMORY_BYTES)
          .withCommand(command());

  PostgresContainer() {
    container.start();
  }

  private static String[] command() {
    var command = new ArrayList<>(List.of("postgres"));
    PostgresServer.settings(Durability.FAST)
        .forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    return command.toArray(String[]::new);
  }

  @Override
  public String host() {
    return container.getHost();
  }

  @Override
  public int port() {
    return container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT);
  }

  @Override
  public Connection connectAsSuperuser(Database database) throws SQLException {
    return DriverManager.getConnection(database.url(), SUPERUSER, Database.PASSWORD);
  }

  @Override
  public void close() {
    container.stop();
  }
}
