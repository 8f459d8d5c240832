package marketplace.eventsourcing.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
    try (var sender = new Sender(settings())) {
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
