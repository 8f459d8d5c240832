package marketplace.platform;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// A PostgreSQL server of our own, in processes of its own, with settings that a relay can read
/// changes from.
public final class PostgresServer implements Postgres {
  public static final String VERSION = "18.6";

  private static final int CONNECTIONS_MAX = 200;

  /// Four services and their second instances, with room to take over.
  private static final int REPLICATION_SLOTS_MAX = 20;

  /// A relay that stays away longer than this lasts loses its slot instead of filling the disk.
  private static final int SLOT_WAL_KEEP_MB_MAX = 8 * 1024;

  private static final Duration START_MAX = Duration.ofSeconds(60);

  private final EmbeddedPostgres server;
  private final Path dataDirectory;

  private PostgresServer(EmbeddedPostgres server, Path dataDirectory) {
    this.server = server;
    this.dataDirectory = dataDirectory;
  }

  /// Empty, on a free port, and gone with its data when closed.
  public static PostgresServer temporary(Durability durability) {
    try {
      var directory = Files.createTempDirectory("marketplace-postgres-");
      return start(
          builder(directory, Loopback.freePort(), durability)
              .setCleanDataDirectory(true)
              .setOutputRedirector(ProcessBuilder.Redirect.DISCARD),
          directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Keeps its data between starts, and survives the end of this JVM unless it is closed. After a
  /// `kill -9` of the server it starts again and recovers.
  public static PostgresServer at(Path dataDirectory, int port, Path log) {
    try {
      Files.createDirectories(dataDirectory);
      DataDirectory.takeOver(dataDirectory);
      return start(
          builder(dataDirectory, port, Durability.DURABLE)
              .setCleanDataDirectory(false)
              .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile())),
          dataDirectory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PostgresServer start(EmbeddedPostgres.Builder builder, Path dataDirectory)
      throws IOException {
    return new PostgresServer(builder.start(), dataDirectory);
  }

  private static EmbeddedPostgres.Builder builder(
      Path dataDirectory, int port, Durability durability) {
    var builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(dataDirectory)
            .setDataDirectoryCustomizer(PostgresServer::requirePasswords)
            .setPort(port)
            .setPGStartupWait(START_MAX)
            .setRegisterShutdownHook(false);
    settings(durability).forEach(builder::setServerConfig);
    builder.setServerConfig("listen_addresses", Loopback.HOST);
    builder.setServerConfig("unix_socket_directories", "");
    return builder;
  }

  /// What holds wherever the server runs: all but its addresses.
  public static Map<String, String> settings(Durability durability) {
    var settings = new LinkedHashMap<String, String>();
    // The library switches all three off.
    var durable = durability == Durability.DURABLE ? "on" : "off";
    settings.put("fsync", durable);
    settings.put("synchronous_commit", durable);
    settings.put("full_page_writes", durable);
    settings.put("wal_level", "logical");
    settings.put("max_replication_slots", String.valueOf(REPLICATION_SLOTS_MAX));
    settings.put("max_wal_senders", String.valueOf(REPLICATION_SLOTS_MAX));
    settings.put("max_slot_wal_keep_size", SLOT_WAL_KEEP_MB_MAX + "MB");
    settings.put("max_connections", String.valueOf(CONNECTIONS_MAX));
    settings.put("timezone", "UTC");
    return settings;
  }

  /// The superuser alone needs none: the library asks it whether the server is ready.
  private static void requirePasswords(java.io.File dataDirectory) {
    try {
      Files.writeString(
          dataDirectory.toPath().resolve("pg_hba.conf"),
          """
          host all         postgres 127.0.0.1/32 trust
          host all         all      127.0.0.1/32 scram-sha-256
          host replication all      127.0.0.1/32 scram-sha-256
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String host() {
    return Loopback.HOST;
  }

  @Override
  public int port() {
    return server.getPort();
  }

  /// The process that all others of the server hang on.
  public long pid() {
    return DataDirectory.postmaster(dataDirectory)
        .orElseThrow(() -> new IllegalStateException("PostgreSQL is not running"));
  }

  @Override
  public Connection connectAsSuperuser(Database database) throws SQLException {
    return server.getDatabase("postgres", database.name()).getConnection();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
