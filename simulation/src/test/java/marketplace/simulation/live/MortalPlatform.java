package marketplace.simulation.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import marketplace.platform.Database;
import marketplace.platform.KafkaBroker;
import marketplace.platform.Loopback;
import marketplace.platform.PostgresServer;

/// A durable PostgreSQL and a Kafka in processes of their own, which can be killed and come back
/// with what they had.
final class MortalPlatform implements AutoCloseable {
  private final Path directory;
  private final int postgresPort = Loopback.freePort();
  private final int kafkaPort = Loopback.freePort();
  private PostgresServer postgres;
  private Process kafka;

  MortalPlatform() throws IOException {
    directory = Files.createTempDirectory("marketplace-mortal-");
    postgres = newPostgres();
    kafka = newKafka();
  }

  private PostgresServer newPostgres() {
    return PostgresServer.at(
        directory.resolve("postgres"), postgresPort, directory.resolve("postgres.log"));
  }

  private Process newKafka() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            KafkaBroker.class.getName(),
            directory.resolve("kafka").toString(),
            String.valueOf(kafkaPort))
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(directory.resolve("kafka.log").toFile()))
        .start();
  }

  Database createDatabase(String service) {
    return postgres.createDatabase(service + "_service", service);
  }

  Database database(String service) {
    return new Database(service + "_service", service, postgresPort);
  }

  String bootstrapServers() {
    return Loopback.HOST + ":" + kafkaPort;
  }

  /// All its processes at once: the others would still finish what they are at.
  void killPostgres() {
    var postmaster = ProcessHandle.of(postgres.pid()).orElseThrow();
    var all = Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
    postgres.close();
  }

  void startPostgres() {
    postgres = newPostgres();
  }

  void killKafka() throws InterruptedException {
    kafka.destroyForcibly().waitFor();
  }

  void startKafka() throws IOException {
    kafka = newKafka();
  }

  @Override
  public void close() {
    kafka.destroyForcibly().onExit().join();
    postgres.close();
    try (var paths = Files.walk(directory)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
