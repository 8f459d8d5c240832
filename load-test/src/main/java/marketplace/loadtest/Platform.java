package marketplace.loadtest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import marketplace.eventsourcing.ClockRecord;
import marketplace.eventsourcing.control.ClockJson;
import marketplace.eventsourcing.control.ControlFollower;
import marketplace.eventsourcing.messaging.TopicCreator;
import marketplace.platform.Database;
import marketplace.platform.Durability;
import marketplace.platform.KafkaBroker;
import marketplace.platform.Loopback;
import marketplace.platform.PostgresServer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/// A PostgreSQL that is as durable as in production, a Kafka and the services that a measurement
/// needs, each in a process of its own, on free ports, and gone with their data afterwards.
final class Platform implements AutoCloseable {
  static final List<String> SERVICES = List.of("order", "seller", "refund", "dispute");

  static final String SIMULATION = "simulation";

  private static final Duration READY_MAX = Duration.ofMinutes(2);

  /// Those of `./market up` start fast and stay small; here they shall become fast and stay so.
  private static final List<String> JVM_OPTIONS =
      List.of("-XX:+UseSerialGC", "-Xmx512m", "--enable-native-access=ALL-UNNAMED");

  private final Path home;
  private final List<String> moreOptions;
  private final Path folder = Files.createTempDirectory("marketplace-bench-");
  private final PostgresServer postgres = PostgresServer.temporary(Durability.DURABLE);
  private final int kafkaPort = Loopback.freePort();
  private final Map<String, Process> processes = new ConcurrentHashMap<>();
  private final Map<String, Integer> ports = new HashMap<>();
  private long epoch;
  private volatile boolean closed;

  Platform(Path home) throws IOException {
    this(home, List.of());
  }

  /// @param moreOptions of the JVMs, after ours
  Platform(Path home, List<String> moreOptions) throws IOException {
    this.home = home;
    this.moreOptions = List.copyOf(moreOptions);
    start(
        "kafka",
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            KafkaBroker.class.getName(),
            folder.resolve("kafka").toString(),
            String.valueOf(kafkaPort)),
        Map.of());
    await("Kafka", () -> answers(kafkaPort));
    setClock(Instant.now().truncatedTo(ChronoUnit.MILLIS), 1);
  }

  Database database(String service) {
    return postgres.createDatabase(service + "_service", service);
  }

  /// Without any of the roles' limits.
  Connection connect(Database database) throws SQLException {
    return postgres.connectAsSuperuser(database);
  }

  String bootstrapServers() {
    return Loopback.HOST + ":" + kafkaPort;
  }

  int port(String service) {
    var port = ports.get(service);
    if (port == null) throw new IllegalStateException(service + " does not run");
    return port;
  }

  void startServices() throws IOException {
    for (var service : SERVICES) {
      var port = Loopback.freePort();
      ports.put(service, port);
      start(
          service,
          List.of("-jar", jar(home, service + "-service").toString()),
          Map.of(
              "MARKETPLACE_DATABASE_URL",
              database(service).url(),
              "MARKETPLACE_KAFKA_BOOTSTRAP_SERVERS",
              bootstrapServers(),
              "MARKETPLACE_SIMULATION_ENABLED",
              "true",
              "QUARKUS_HTTP_HOST",
              Loopback.HOST,
              "QUARKUS_HTTP_PORT",
              String.valueOf(port)));
    }
    for (var service : SERVICES) await(service, () -> isReady(port(service)));
  }

  /// Nobody lives there, and time stands still until somebody moves it.
  void startSimulation(Map<String, String> more) throws IOException {
    var port = Loopback.freePort();
    ports.put(SIMULATION, port);
    Map<String, String> environment = new HashMap<>(more);
    environment.put("MARKETPLACE_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers());
    environment.put("MARKETPLACE_POPULATION", "none");
    environment.put("MARKETPLACE_MAILBOX_PORT", String.valueOf(Loopback.freePort()));
    for (var service : SERVICES) {
      environment.put(
          "MARKETPLACE_%s_URL".formatted(service.toUpperCase(Locale.ROOT)),
          "http://%s:%d".formatted(Loopback.HOST, port(service)));
    }
    environment.put("QUARKUS_HTTP_HOST", Loopback.HOST);
    environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
    start(SIMULATION, List.of("-jar", jar(home, SIMULATION).toString()), environment);
    await(SIMULATION, () -> isReady(port));
  }

  /// Was everything packaged that can be started?
  static boolean isBuilt(Path home) {
    return Files.exists(jar(home, SIMULATION))
        && SERVICES.stream().allMatch(service -> Files.exists(jar(home, service + "-service")));
  }

  private static Path jar(Path home, String module) {
    return home.resolve(module + "/target/quarkus-app/quarkus-run.jar");
  }

  void stop(String service) {
    var process = processes.remove(service);
    if (process == null) return;
    process.destroy();
    process.onExit().join();
  }

  void stopServices() {
    SERVICES.forEach(this::stop);
  }

  /// With nothing compiled yet, and everything to be read again.
  void restartServices() throws IOException {
    stopServices();
    startServices();
  }

  /// Leaves order-service alone, with its relay.
  void stopOthers() {
    for (var service : SERVICES) {
      if (!service.equals("order")) stop(service);
    }
  }

  /// In production time is what the system says; a simulated clock that runs as fast is the same.
  void setClock(Instant now, long rate) {
    Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers());
    TopicCreator.create(kafka, List.of(TopicCreator.latestOfEachKey(ControlFollower.TOPIC)));
    var record = new ClockRecord(++epoch, Instant.now(), now, rate, null);
    try (var producer =
        new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
      var _ =
          producer.send(
              new ProducerRecord<>(
                  ControlFollower.TOPIC,
                  ControlFollower.CLOCK,
                  ClockJson.write(record).toString()));
    }
  }

  /// Processor time up to now. A busy machine spoils rates more than this.
  Duration processorTime(String name) {
    var process = processes.get(name);
    if (process == null) throw new IllegalStateException(name + " does not run");
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// @return seconds until Kafka has acknowledged all that is stored
  double awaitPublished() throws IOException {
    var begin = System.nanoTime();
    try (var connection = new HttpConnection(port("order"))) {
      await(
          "everything on Kafka",
          () -> {
            try {
              var reply =
                  connection.send(
                      "GET",
                      "/v1/simulation/quiescence",
                      "X-Role: SIMULATION\r\nX-Actor-Id: %s\r\n".formatted(UUID.randomUUID()),
                      "");
              return reply.body().contains("\"outboxPending\":0,");
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  static long count(PreparedStatement statement) {
    try (var row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void start(String name, List<String> arguments, Map<String, String> environment)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.addAll(moreOptions);
    Stream.of(System.getenv().getOrDefault("MARKET_JVM_OPTIONS", "").strip().split("\\s+"))
        .filter(option -> !option.isEmpty())
        .map(option -> option.replace("%NAME%", name))
        .forEach(command::add);
    command.addAll(arguments);
    var logs = Files.createDirectories(home.resolve("load-test/target/bench-logs"));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(logs.resolve(name + ".log").toFile());
    builder.environment().putAll(environment);
    processes.put(name, builder.start());
  }

  static void await(String what, BooleanSupplier condition) {
    var end = System.nanoTime() + READY_MAX.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) throw new IllegalStateException("never came: " + what);
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for " + what, e);
      }
    }
  }

  private static boolean answers(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean isReady(int port) {
    try (var connection = new HttpConnection(port)) {
      return connection.send("GET", "/q/health/ready", "", "").status() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  /// For a measurement that is broken off.
  void kill() {
    processes.values().forEach(Process::destroyForcibly);
    if (!closed) ProcessHandle.of(postgres.pid()).ifPresent(ProcessHandle::destroy);
  }

  @Override
  public void close() throws IOException {
    stop(SIMULATION);
    for (var service : SERVICES) stop(service);
    stop("kafka");
    closed = true;
    postgres.close();
    try (var left = Files.walk(folder)) {
      for (var path : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
