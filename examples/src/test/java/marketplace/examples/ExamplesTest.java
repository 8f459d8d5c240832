package marketplace.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import marketplace.platform.TestPlatform;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every example on a broker that holds a generated stream, a part of it twice: it agrees with the
/// right answers, and not with wrong ones.
class ExamplesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration DONE_MAX = Duration.ofMinutes(5);
  private static final Path LOAD_TEST = Path.of("..", "load-test", "target");
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final String OWN_CLASSES = System.getProperty("java.class.path");
  private static final String BROKER = TestPlatform.kafka().bootstrapServers();

  /// One of so many events is told twice.
  private static final int REPEATED_EACH = 7;

  @TempDir private static Path folder;

  private record Said(int code, String text) {}

  @BeforeAll
  static void publish() throws Exception {
    assumeTrue(Files.exists(LOAD_TEST.resolve("lib")), "the load program is not packaged");
    var load =
        List.of(
            JAVA,
            "-XX:+UseSerialGC",
            "-cp",
            LOAD_TEST.resolve("classes") + File.pathSeparator + LOAD_TEST.resolve("lib") + "/*",
            "marketplace.loadtest.market.LoadCommand",
            "--bootstrap",
            BROKER,
            "--rate",
            "1000",
            "--for",
            "3s",
            "--out",
            folder.toString());
    var said = run(load);
    assertThat(said.code()).as(said.text()).isZero();
    assertThat(repeatSome()).isGreaterThan(100);
    var wrong = (ObjectNode) JSON.readTree(expected().toFile());
    // Each example answers this one.
    var reasons = (ObjectNode) wrong.get("requestsByReason");
    reasons.put("NO_LONGER_NEEDED", reasons.get("NO_LONGER_NEEDED").intValue() + 1);
    JSON.writeValue(wrong().toFile(), wrong);
  }

  private static Path expected() {
    return folder.resolve("expected.json");
  }

  private static Path wrong() {
    return folder.resolve("wrong.json");
  }

  @Test
  void plain_java_agrees() throws Exception {
    requireAgreement(
        List.of(
            JAVA,
            "-cp",
            LOAD_TEST.resolve("lib") + "/*",
            "src/main/java/marketplace/examples/PlainConsumer.java"),
        6);
  }

  @Test
  void kafka_streams_agrees() throws Exception {
    requireAgreement(List.of(JAVA, "-cp", OWN_CLASSES, "marketplace.examples.StreamsConsumer"), 4);
  }

  @Test
  void python_agrees() throws Exception {
    assumeThere("python3", "--version");
    if (run(List.of("python3", "-c", "import confluent_kafka")).code() != 0) {
      assertThat(
              run(
                  List.of(
                      "python3", "-c", "import ast; ast.parse(open('python/consumer.py').read())")))
          .isEqualTo(new Said(0, ""));
      abort("no confluent-kafka: the example is parsed, and not played");
    }
    requireAgreement(List.of("python3", "python/consumer.py"), 6);
  }

  @Test
  void kcat_agrees() throws Exception {
    assertThat(run(List.of("sh", "-n", "kcat/consumer.sh"))).isEqualTo(new Said(0, ""));
    assumeThere("kcat", "-V");
    assumeThere("jq", "--version");
    requireAgreement(List.of("sh", "kcat/consumer.sh"), 4);
  }

  private static void requireAgreement(List<String> example, int questions) throws Exception {
    var right = run(with(example, expected()));
    assertThat(right.code()).as(right.text()).isZero();
    assertThat(right.text().lines())
        .as(right.text())
        .filteredOn(line -> line.startsWith("ok  "))
        .hasSize(questions);
    var disagreeing = run(with(example, wrong()));
    assertThat(disagreeing.code()).as(disagreeing.text()).isEqualTo(1);
    assertThat(disagreeing.text())
        .contains("NOT requestsByReason")
        .containsPattern("/NO_LONGER_NEEDED: expected \\d+, found \\d+");
  }

  private static List<String> with(List<String> example, Path answers) {
    List<String> command = new ArrayList<>(example);
    command.add(BROKER);
    command.add(answers.toString());
    return command;
  }

  private static void assumeThere(String program, String argument) throws InterruptedException {
    try {
      run(List.of(program, argument));
    } catch (IOException _) {
      abort("there is no " + program);
    }
  }

  /// @throws IOException where there is no such program
  private static Said run(List<String> command) throws IOException, InterruptedException {
    var output = Files.createTempFile(folder, "said", ".txt");
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(DONE_MAX.toSeconds(), TimeUnit.SECONDS))
          .as("%s is done", command)
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Said(process.exitValue(), Files.readString(output));
  }

  /// As a relay that has died would, but from anywhere in the topics.
  private static int repeatSome() {
    List<ConsumerRecord<byte[], byte[]>> some = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", BROKER),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      consumer
          .listTopics()
          .forEach((topic, infos) -> {
            if (!topic.endsWith(".events.v1")) return;
            infos.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
          });
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      var read = 0;
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          if (read++ % REPEATED_EACH == 0) some.add(record);
        }
      }
    }
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                "bootstrap.servers", BROKER, "max.in.flight.requests.per.connection", 1),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (var record : some) {
        var _ =
            producer.send(
                new ProducerRecord<>(
                    record.topic(), null, record.key(), record.value(), record.headers()));
      }
    }
    return some.size();
  }
}
