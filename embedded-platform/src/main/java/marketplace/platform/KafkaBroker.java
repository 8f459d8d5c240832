package marketplace.platform;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/// A Kafka broker of one node: in this JVM for tests, through `main` in one of its own.
public final class KafkaBroker implements Kafka {
  public static final String VERSION = "4.3.1";

  private static final String SETTINGS_FILE = "server.properties";

  private final KafkaRaftServer server;
  private final int port;
  private final Path dataDirectory;
  private final boolean temporary;

  private KafkaBroker(Path dataDirectory, int port, boolean temporary) throws IOException {
    this.dataDirectory = dataDirectory;
    this.port = port;
    this.temporary = temporary;
    var settings = settings(dataDirectory, port);
    format(dataDirectory, settings);
    this.server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
    server.startup();
  }

  /// Empty, on a free port, and gone with its data when closed.
  public static KafkaBroker temporary() {
    try {
      return new KafkaBroker(
          Files.createTempDirectory("marketplace-kafka-"), Loopback.freePort(), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Keeps its data between starts.
  public static KafkaBroker at(Path dataDirectory, int port) {
    try {
      return new KafkaBroker(Files.createDirectories(dataDirectory), port, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Arguments: data directory, port. Stops on SIGTERM.
  public static void main(String[] arguments) {
    var broker = at(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "kafka-stop"));
    broker.server.awaitShutdown();
  }

  public int port() {
    return port;
  }

  @Override
  public String bootstrapServers() {
    return Loopback.HOST + ":" + port;
  }

  private static Properties settings(Path dataDirectory, int port) {
    // Nobody but the broker itself speaks to its controller, so any port will do.
    var controller = Loopback.HOST + ":" + Loopback.freePort();
    var settings = new Properties();
    settings.putAll(settings());
    settings.setProperty("process.roles", "broker,controller");
    settings.setProperty("node.id", "1");
    settings.setProperty("controller.quorum.voters", "1@" + controller);
    settings.setProperty("controller.listener.names", "CONTROLLER");
    settings.setProperty("inter.broker.listener.name", "PLAINTEXT");
    settings.setProperty(
        "listeners",
        "PLAINTEXT://%s:%d,CONTROLLER://%s".formatted(Loopback.HOST, port, controller));
    settings.setProperty(
        "advertised.listeners", "PLAINTEXT://%s:%d".formatted(Loopback.HOST, port));
    settings.setProperty(
        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.setProperty("log.dirs", dataDirectory.resolve("log").toString());
    return settings;
  }

  /// What holds wherever the broker runs: all but its addresses and its folder.
  public static Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    // Each producer creates its own topics: a misspelt name is an error, not a new topic.
    settings.put("auto.create.topics.enable", "false");
    // Events are kept for ever.
    settings.put("log.retention.ms", "-1");
    one(settings, "offsets.topic.replication.factor");
    one(settings, "transaction.state.log.replication.factor");
    one(settings, "transaction.state.log.min.isr");
    one(settings, "transaction.state.log.num.partitions");
    one(settings, "share.coordinator.state.topic.replication.factor");
    one(settings, "share.coordinator.state.topic.min.isr");
    settings.put("offsets.topic.num.partitions", "4");
    // A consumer group of one need not wait for others to join.
    settings.put("group.initial.rebalance.delay.ms", "0");
    // Who tests what becomes of a dead consumer's work need not wait for long until it is missed.
    settings.put("group.min.session.timeout.ms", "1000");
    // After a kill the broker may register again only when its controller has given up the one
    // before, which by default takes nine seconds.
    settings.put("broker.session.timeout.ms", "4000");
    settings.put("broker.heartbeat.interval.ms", "1000");
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    settings.put("log.cleaner.dedupe.buffer.size", "4194304");
    settings.put("log.segment.bytes", "134217728");
    return settings;
  }

  private static void one(Map<String, String> settings, String name) {
    settings.put(name, "1");
  }

  /// Gives the directory its identity at the first start. Written to a file because Kafka's own
  /// tool reads it from there, and so that a reader can see what the broker runs with.
  private static void format(Path dataDirectory, Properties settings) throws IOException {
    var file = dataDirectory.resolve(SETTINGS_FILE);
    try (var out = Files.newBufferedWriter(file)) {
      settings.store(out, null);
    }
    var said = new ByteArrayOutputStream();
    var command =
        List.of(
            "format",
            "--config",
            file.toString(),
            "--cluster-id",
            clusterId(dataDirectory),
            "--ignore-formatted");
    var code =
        StorageTool.execute(
            command.toArray(String[]::new), new PrintStream(said, true, StandardCharsets.UTF_8));
    if (code != 0) {
      throw new IOException(
          "could not format %s: %s"
              .formatted(dataDirectory, said.toString(StandardCharsets.UTF_8)));
    }
  }

  private static String clusterId(Path dataDirectory) throws IOException {
    var file = dataDirectory.resolve("cluster-id");
    if (!Files.exists(file)) {
      Files.writeString(file, Uuid.randomUuid().toString());
    }
    return Files.readString(file);
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    if (temporary) {
      delete(dataDirectory);
    }
  }

  private static void delete(Path directory) {
    try (var paths = Files.walk(directory)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
