package marketplace.simulation.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import marketplace.platform.Database;
import marketplace.simulation.live.InsistentPeople.Asked;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Compares what the services have stored with what stands on Kafka and with what callers were
/// told.
final class StoresAndTopics {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final String OF_THE_BROKER = "__";

  private final List<ConsumerRecord<byte[], byte[]>> records;

  /// @param events that have a message
  /// @param repeated records that repeat one
  record Count(int events, int repeated) {
    Count plus(Count other) {
      return new Count(events + other.events, repeated + other.repeated);
    }
  }

  StoresAndTopics(String bootstrapServers) {
    records = read(bootstrapServers);
  }

  /// Each event of this service that has a message is on Kafka, nothing else of it is, and each
  /// stream's events first appear in their order without a gap.
  Count requireSameEvents(String service, Database database) throws SQLException {
    Set<String> seen = new HashSet<>();
    Map<String, Integer> last = new HashMap<>();
    var repeated = 0;
    for (var read : records) {
      if (!header(read, "ce_source").equals("/" + service)) continue;
      if (!seen.add(header(read, "ce_id"))) {
        repeated++;
        continue;
      }
      var stream = header(read, "ce_subject");
      assertThat(Integer.parseInt(header(read, "ce_previousversion")))
          .as("%s is followed by version %s", stream, header(read, "ce_streamversion"))
          .isEqualTo(last.getOrDefault(stream, 0));
      last.put(stream, Integer.parseInt(header(read, "ce_streamversion")));
    }
    var stored = new HashSet<>(texts(database, "select event_id from event where has_message"));
    assertThat(without(stored, seen)).as("events that %s never published", service).isEmpty();
    assertThat(without(seen, stored)).as("events that %s has published only", service).isEmpty();
    return new Count(seen.size(), repeated);
  }

  /// What was accepted was decided once, and what was refused not at all. Each attempt of a caller
  /// has a correlation of its own, but all have the same `traceparent`.
  static void requireOneDecision(String service, Database database, Collection<Asked> asked)
      throws SQLException {
    var decided =
        texts(
            database,
            """
            select traceparent from event
            where causation_id = correlation_id and traceparent is not null
            group by traceparent, correlation_id
            """);
    Set<String> accepted =
        asked.stream()
            .filter(one -> one.service().equals(service) && one.isAccepted())
            .map(Asked::traceparent)
            .collect(Collectors.toSet());
    assertThat(decided).as("decisions of %s", service).doesNotHaveDuplicates();
    assertThat(without(accepted, Set.copyOf(decided)))
        .as("accepted by %s and not stored", service)
        .isEmpty();
    assertThat(without(Set.copyOf(decided), accepted))
        .as("stored by %s and not accepted", service)
        .isEmpty();
  }

  /// A foreign fact has its effect on a stream in one transaction, however often it came.
  static void requireOneEffect(String service, Database database) throws SQLException {
    assertThat(
            texts(
                database,
                """
                select stream || ' because of ' || causation_id from event
                where causation_id <> correlation_id and actor <> 'DEADLINE'
                group by stream, causation_id having count(distinct xid) > 1
                """))
        .as("facts that had their effect on %s twice", service)
        .isEmpty();
  }

  /// Nobody waits for anything any more.
  static void requireNothingSetAside(String service, Database database) throws SQLException {
    assertThat(texts(database, "select kind || ': ' || reason from set_aside"))
        .as("records that %s has set aside", service)
        .isEmpty();
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    Set<String> rest = new HashSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  private static List<String> texts(Database database, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (var connection =
            DriverManager.getConnection(database.url(), database.reader(), database.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      while (rows.next()) texts.add(rows.getString(1));
    }
    return texts;
  }

  private static String header(ConsumerRecord<byte[], byte[]> read, String name) {
    var header = read.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String bootstrapServers) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
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
        consumer.poll(POLL).forEach(records::add);
      }
    }
    return records;
  }
}
