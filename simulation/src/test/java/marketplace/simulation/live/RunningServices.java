package marketplace.simulation.live;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import marketplace.platform.Loopback;
import marketplace.platform.TestPlatform;
import marketplace.simulation.SimulationSettings;

/// The four services as they were built, each in a process of its own, on a database and a broker
/// for tests.
final class RunningServices implements AutoCloseable {
  private static final List<String> NAMES = List.of("order", "seller", "refund", "dispute");
  private static final Path MODULES = Path.of(System.getProperty("live.modules", ".."));
  private static final Path LOGS = Path.of("target", "live-logs");

  private final List<Process> processes = new ArrayList<>();
  private final Map<String, URI> addresses = new LinkedHashMap<>();

  /// Were the services packaged? They are where the whole project is built.
  static boolean areBuilt() {
    return NAMES.stream().allMatch(name -> Files.exists(jar(name)));
  }

  void start() throws IOException {
    Files.createDirectories(LOGS);
    for (var name : NAMES) start(name);
  }

  private void start(String name) throws IOException {
    var port = Loopback.freePort();
    addresses.put(name, URI.create("http://127.0.0.1:" + port));
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
    environment.put("MARKETPLACE_DATABASE_URL", TestPlatform.database(name).url());
    environment.put("MARKETPLACE_KAFKA_BOOTSTRAP_SERVERS", kafka());
    environment.put("MARKETPLACE_EVIDENCE_FOLDER", LOGS.resolve("evidence").toString());
    environment.put("MARKETPLACE_SIMULATION_ENABLED", "true");
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
    var log = LOGS.resolve(name + ".log").toFile();
    processes.add(builder.redirectErrorStream(true).redirectOutput(log).start());
  }

  private static Path jar(String name) {
    return MODULES.resolve(name + "-service").resolve("target/quarkus-app/quarkus-run.jar");
  }

  private static String kafka() {
    return TestPlatform.kafka().bootstrapServers();
  }

  SimulationSettings settings() {
    return new SimulationSettings() {
      @Override
      public Kafka kafka() {
        return RunningServices::kafka;
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
    };
  }

  private URI address(String name) {
    var address = addresses.get(name);
    if (address == null) throw new IllegalStateException(name + " was not started");
    return address;
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}
