package marketplace.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void carries_a_record_from_a_producer_to_a_consumer_group() throws Exception {
    var broker = TestPlatform.kafka();
    createTopic(broker, "carried");
    send(broker, "carried", "hello");

    assertThat(consumeOne(broker, "carried")).isEqualTo("hello");
  }

  @Test
  void keeps_its_records_and_its_port_over_a_restart(@TempDir Path directory) throws Exception {
    var port = Loopback.freePort();
    try (var broker = KafkaBroker.at(directory, port)) {
      createTopic(broker, "kept");
      send(broker, "kept", "one");
    }

    try (var broker = KafkaBroker.at(directory, port)) {
      assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
      assertThat(consumeOne(broker, "kept")).isEqualTo("one");
    }
  }

  @Test
  void runs_in_a_process_of_its_own_and_starts_again_after_it_was_killed(@TempDir Path directory)
      throws Exception {
    var port = Loopback.freePort();
    var first = process(directory, port);
    try {
      try (var admin = admin("127.0.0.1:" + port)) {
        admin.createTopics(List.of(new NewTopic("survived", 1, (short) 1))).all().get();
      }
      send("127.0.0.1:" + port, "survived", "one");
    } finally {
      first.destroyForcibly().onExit().join();
    }

    var second = process(directory, port);
    try {
      assertThat(consumeOne("127.0.0.1:" + port, "survived")).isEqualTo("one");
    } finally {
      second.destroy();
      second.onExit().join();
    }
  }

  @Test
  void does_not_make_a_topic_out_of_a_misspelt_name() {
    var broker = TestPlatform.kafka();

    assertThatThrownBy(() -> send(broker, "mispelt", "hello"))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TimeoutException.class);
  }

  private static Process process(Path directory, int port) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-Djava.util.logging.config.file="
                + System.getProperty("java.util.logging.config.file"),
            "-cp",
            System.getProperty("java.class.path"),
            KafkaBroker.class.getName(),
            directory.toString(),
            String.valueOf(port))
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("kafka.log").toFile())
        .start();
  }

  private static void createTopic(Kafka broker, String name) throws Exception {
    try (var admin = admin(broker.bootstrapServers())) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    }
  }

  private static Admin admin(String servers) {
    return Admin.create(Map.of("bootstrap.servers", servers));
  }

  private static void send(Kafka broker, String topic, String value) throws Exception {
    send(broker.bootstrapServers(), topic, value);
  }

  private static void send(String servers, String topic, String value) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "max.block.ms", 5_000),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, "key", value)).get();
    }
  }

  private static String consumeOne(Kafka broker, String topic) {
    return consumeOne(broker.bootstrapServers(), topic);
  }

  private static String consumeOne(String servers, String topic) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "group.id",
                "readers-of-" + topic,
                "auto.offset.reset",
                "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      var values = new ArrayList<String>();
      var end = System.nanoTime() + PATIENCE.toNanos();
      while (values.isEmpty() && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
      return values.getFirst();
    }
  }
}
