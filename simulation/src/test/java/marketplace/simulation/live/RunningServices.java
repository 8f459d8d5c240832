package marketplace.simulation.live;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import marketplace.platform.Database;
import marketplace.platform.Loopback;
import marketplace.platform.TestPlatform;
import marketplace.simulation.SimulationSettings;

/// The four services as they were built, each in a process of its own.
final class RunningServices implements AutoCloseable {
  static final List<String> NAMES = List.of("order", "seller", "refund", "dispute");

  private static final String SECOND = "-2";
  private static final Path MODULES = Path.of(System.getProperty("live.modules", ".."));
  private static final Path LOGS = Path.of("target", "live-logs");

  private final Function<String, Database> databases;
  private final String bootstrapServers;
  private final Map<String, String> environment;
  private final Map<String, Process> processes = new LinkedHashMap<>();
  private final Map<String, URI> addresses = new LinkedHashMap<>();

  /// @param databases by the service's short name
  RunningServices(Function<String, Database> databases, String bootstrapServers) {
    this(databases, bootstrapServers, Map.of());
  }

  private RunningServices(
      Function<String, Database> databases,
      String bootstrapServers,
      Map<String, String> environment) {
    this.databases = databases;
    this.bootstrapServers = bootstrapServers;
    this.environment = environment;
  }

  /// On the database and the broker that all tests share.
  static RunningServices onTestPlatform() {
    return onTestPlatform(Map.of());
  }

  /// @param environment beside what they need
  static RunningServices onTestPlatform(Map<String, String> environment) {
    return new RunningServices(
        TestPlatform::database, TestPlatform.kafka().bootstrapServers(), environment);
  }

  /// Were the services packaged? They are where the whole project is built.
  static boolean areBuilt() {
    return NAMES.stream().allMatch(name -> Files.exists(jar(name)));
  }

  /// The name of one more instance, which shares the database and the work of the first.
  static String secondOf(String name) {
    return name + SECOND;
  }

  void startAll() throws IOException {
    for (var name : NAMES) start(name);
  }

  /// At the same address as before, if there was one.
  ///
  /// @param instance a service, or the second of one
  void start(String instance) throws IOException {
    Files.createDirectories(LOGS);
    var log = LOGS.resolve(instance + ".log").toFile();
    var output = addresses.containsKey(instance) ? Redirect.appendTo(log) : Redirect.to(log);
    var address =
        addresses.computeIfAbsent(
            instance, _ -> URI.create("http://127.0.0.1:" + Loopback.freePort()));
    var name = instance.replace(SECOND, "");
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
            java,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx192m",
            "-jar",
            jar(name).toString());
    var environment = builder.environment();
    environment.putAll(this.environment);
    environment.put("MARKETPLACE_DATABASE_URL", databases.apply(name).url());
    environment.put("MARKETPLACE_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
    environment.put("MARKETPLACE_EVIDENCE_FOLDER", LOGS.resolve("evidence").toString());
    environment.put("MARKETPLACE_SIMULATION_ENABLED", "true");
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", String.valueOf(address.getPort()));
    processes.put(instance, builder.redirectErrorStream(true).redirectOutput(output).start());
  }

  /// Without a warning, as `kill -9` does.
  void kill(String instance) throws InterruptedException {
    var process = processes.remove(instance);
    if (process == null) throw new IllegalStateException(instance + " does not run");
    process.destroyForcibly().waitFor();
  }

  private static Path jar(String name) {
    return MODULES.resolve(name + "-service").resolve("target/quarkus-app/quarkus-run.jar");
  }

  /// For a simulation in which nobody lives.
  SimulationSettings settings() {
    return new SimulationSettings() {
      @Override
      public Kafka kafka() {
        return new Kafka() {
          @Override
          public String bootstrapServers() {
            return bootstrapServers;
          }

          @Override
          public Optional<Path> clientSettings() {
            return Optional.empty();
          }
        };
      }

      @Override
      public Service order() {
        return () -> address("order");
      }

      @Override
      public Service seller() {
        return () -> address("seller");
      }

      @Override
      public Service refund() {
        return () -> address("refund");
      }

      @Override
      public Service dispute() {
        return () -> address("dispute");
      }

      @Override
      public String population() {
        return "none";
      }

      @Override
      public long populationSeed() {
        return 1;
      }

      @Override
      public Optional<String> launcher() {
        return Optional.empty();
      }
    };
  }

  URI address(String instance) {
    var address = addresses.get(instance);
    if (address == null) throw new IllegalStateException(instance + " was not started");
    return address;
  }

  @Override
  public void close() {
    processes.values().forEach(Process::destroyForcibly);
  }
}
