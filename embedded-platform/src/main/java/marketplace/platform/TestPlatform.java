package marketplace.platform;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// One PostgreSQL and one Kafka for all tests of a JVM, started when first asked for and stopped
/// with it. PostgreSQL is not durable here: a test of survival starts a server of its own.
///
/// Which ones, the system property `platform` says: `embedded`, or `containers`.
public final class TestPlatform {
  private static final String PROPERTY = "platform";
  private static final String CONTAINERS = "containers";

  private static final Deque<AutoCloseable> RUNNING = new ArrayDeque<>();

  /// Null until a test asks.
  private static @Nullable Postgres postgres;

  /// Null until a test asks.
  private static @Nullable Kafka kafka;

  private TestPlatform() {}

  public static synchronized Postgres postgres() {
    var running = postgres;
    if (running == null) {
      running = stoppedAtExit(servers().startPostgres());
      postgres = running;
    }
    return running;
  }

  public static synchronized Kafka kafka() {
    var running = kafka;
    if (running == null) {
      running = stoppedAtExit(servers().startKafka());
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

  /// The ones that were asked for, or a refusal: never others in their place.
  static TestServers chosen(String name, Iterable<TestServers> others) {
    var known = List.of(EmbeddedServers.NAME, CONTAINERS);
    if (!known.contains(name)) {
      throw new IllegalArgumentException(
          "-Dplatform must be %s, was '%s'".formatted(String.join(" or ", known), name));
    }
    var servers = name.equals(EmbeddedServers.NAME) ? new EmbeddedServers() : named(name, others);
    var missing = servers.missing();
    if (missing.isPresent()) {
      throw new IllegalStateException(
          "-Dplatform=%s needs %s, and none was found: start one, or leave the option out"
              .formatted(name, missing.get()));
    }
    return servers;
  }

  private static TestServers named(String name, Iterable<TestServers> others) {
    for (var servers : others) {
      if (servers.name().equals(name)) return servers;
    }
    throw new IllegalStateException(
        "-Dplatform=%1$s needs the module %1$s-platform among the libraries of the tests"
            .formatted(name));
  }

  private static TestServers servers() {
    // By this class's own loader: a test may run under another one, with this class in both.
    var others = ServiceLoader.load(TestServers.class, TestServers.class.getClassLoader());
    return chosen(System.getProperty(PROPERTY, EmbeddedServers.NAME), others);
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
