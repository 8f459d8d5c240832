package marketplace.simulation.doctor;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// All that the services have told, as it stands on Kafka.
final class Topics {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final String OF_THE_BROKER = "__";
  private static final String NEVER_COMMITTED = "marketplace-doctor";
  private static final int EXAMPLES_MAX = 5;

  private Topics() {}

  /// What one service has told.
  static final class Told {
    private final Set<UUID> ids = new HashSet<>();
    private final Map<String, Integer> lastOfStream = new HashMap<>();
    private final List<String> gaps = new ArrayList<>();
    private long repeated;

    /// Ids of its events.
    Set<UUID> ids() {
      return ids;
    }

    /// Where an event of a stream did not first follow the one that it says it follows: the first
    /// ones.
    List<String> gaps() {
      return gaps;
    }

    /// Records that repeat an event, as after a crash.
    long repeated() {
      return repeated;
    }

    private void read(UUID id, String stream, int version, int previous) {
      if (!ids.add(id)) {
        repeated++;
        return;
      }
      var last = lastOfStream.getOrDefault(stream, 0);
      if (last != previous && gaps.size() < EXAMPLES_MAX) {
        gaps.add("%s: version %d after %d, not %d".formatted(stream, version, last, previous));
      }
      lastOfStream.put(stream, version);
    }
  }

  /// Reads all topics from their beginning to where they end now.
  ///
  /// @return by the service's name
  /// @throws org.apache.kafka.common.KafkaException where the brokers do not answer
  static Map<String, Told> read(Map<String, Object> kafka) {
    Map<String, Told> told = new HashMap<>();
    var settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, NEVER_COMMITTED);
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          consumer.listTopics().values().stream()
              .flatMap(List::stream)
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .filter(partition -> !partition.topic().startsWith(OF_THE_BROKER))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(record -> read(record, told));
      }
    }
    return told;
  }

  /// What others have written to the topics has no place in a stream.
  private static void read(ConsumerRecord<byte[], byte[]> record, Map<String, Told> told) {
    var id = header(record, "ce_id");
    var version = header(record, "ce_streamversion");
    var previous = header(record, "ce_previousversion");
    if (id.isEmpty() || version.isEmpty() || previous.isEmpty()) return;
    var service = header(record, "ce_source").substring(1);
    told.computeIfAbsent(service, _ -> new Told())
        .read(
            UUID.fromString(id),
            header(record, "ce_subject"),
            Integer.parseInt(version),
            Integer.parseInt(previous));
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
