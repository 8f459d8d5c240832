package marketplace.platform;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// One PostgreSQL and one Kafka for all tests of a JVM, started when first asked for and stopped
/// with it. PostgreSQL is not durable here: a test of survival starts a server of its own.
public final class TestPlatform {
  private static final Deque<AutoCloseable> RUNNING = new ArrayDeque<>();

  /// Null until a test asks.
  private static @Nullable PostgresServer postgres;

  /// Null until a test asks.
  private static @Nullable KafkaBroker kafka;

  private TestPlatform() {}

  public static synchronized PostgresServer postgres() {
    var running = postgres;
    if (running == null) {
      running = stoppedAtExit(PostgresServer.temporary(Durability.FAST));
      postgres = running;
    }
    return running;
  }

  public static synchronized KafkaBroker kafka() {
    var running = kafka;
    if (running == null) {
      running = stoppedAtExit(KafkaBroker.temporary());
      kafka = running;
    }
    return running;
  }

  /// The database `<prefix>_service`, the same one at each call.
  public static Database database(String prefix) {
    return postgres().createDatabase(prefix + "_service", prefix);
  }

  /// A database that no other test uses.
  public static Database newDatabase() {
    return postgres().newDatabase();
  }

  private static <T extends AutoCloseable> T stoppedAtExit(T server) {
    if (RUNNING.isEmpty()) {
      Runtime.getRuntime().addShutdownHook(new Thread(TestPlatform::stop, "test-platform-stop"));
    }
    RUNNING.push(server);
    return server;
  }

  private static synchronized void stop() {
    for (var server : RUNNING) {
      try {
        server.close();
      } catch (Exception e) {
        System.err.println("could not stop " + server + ": " + e);
      }
    }
  }
}
