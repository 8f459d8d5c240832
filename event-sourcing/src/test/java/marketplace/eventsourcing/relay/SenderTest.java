package marketplace.eventsourcing.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import marketplace.eventsourcing.tracing.Collected;
import marketplace.eventsourcing.tracing.Tracing;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SenderTest {
  /// So many that the broker is still busy making them when the first records come.
  private static final int PARTITIONS = 100;

  private static final int RECORDS_EACH = 100;

  private final Stage stage = new Stage();

  @AfterEach
  void end() throws Exception {
    stage.end();
  }

  @Test
  @Timeout(120)
  void keeps_the_order_on_a_topic_that_is_just_being_made() throws Exception {
    try (var sender = new Sender(settings(), Tracing.OFF)) {
      for (var number = 0; number < RECORDS_EACH; number++) {
        for (var partition = 0; partition < PARTITIONS; partition++) {
          var value = String.valueOf(number).getBytes(UTF_8);
          sender.send(new ProducerRecord<>(stage.topic, partition, "key", value));
        }
      }
      sender.awaitAcknowledged();
    }
    Map<Integer, List<Integer>> numbers = new HashMap<>();
    for (var read : stage.published()) {
      numbers
          .computeIfAbsent(read.partition(), _ -> new ArrayList<>())
          .add(Integer.valueOf(new String(read.value(), UTF_8)));
    }
    assertThat(numbers).hasSize(PARTITIONS);
    assertThat(numbers.values())
        .allMatch(IntStream.range(0, RECORDS_EACH).boxed().toList()::equals);
  }

  @Test
  @Timeout(120)
  void sends_on_from_the_step_of_the_publication() {
    var stored = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    try (var collected = new Collected();
        var sender = new Sender(settings(), collected.tracing())) {
      var sent = new ProducerRecord<>(stage.topic, "key", "{}".getBytes(UTF_8));
      sent.headers().add("ce_type", "NoteSaid".getBytes(UTF_8));
      sent.headers().add("traceparent", stored.getBytes(UTF_8));
      sender.send(sent);
      sender.awaitAcknowledged();

      var step = collected.only("publish NoteSaid");
      assertThat(step.getParentSpanId()).isEqualTo("b7ad6b7169203331");
      assertThat(stage.published())
          .singleElement()
          .satisfies(read -> {
            assertThat(read.headers().headers("traceparent")).hasSize(1);
            assertThat(Stage.header(read, "traceparent")).isEqualTo(Collected.traceparent(step));
          });
    }
  }

  private RelaySettings settings() {
    var usual = stage.settings();
    return new RelaySettings(
        usual.service(),
        usual.jdbcUrl(),
        usual.user(),
        usual.password(),
        usual.kafka(),
        PARTITIONS,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1));
  }
}
