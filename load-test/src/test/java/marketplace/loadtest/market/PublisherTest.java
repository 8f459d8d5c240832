package marketplace.loadtest.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import marketplace.contracts.MessageFamily;
import marketplace.eventsourcing.messaging.Deliveries;
import marketplace.platform.TestPlatform;
import marketplace.simulation.journal.OrderAccount;
import marketplace.simulation.journal.Published;
import marketplace.simulation.run.Expected;
import marketplace.simulation.run.TopicReader;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/// A stream of events on a broker that has never seen the marketplace.
class PublisherTest {
  private static final long SEED = 7;
  private static final int EVENTS_MIN = 1_000;

  private final Map<String, Object> kafka =
      Map.of("bootstrap.servers", TestPlatform.kafka().bootstrapServers());

  @Test
  void everything_stands_there_as_it_was_told_in_memory() {
    var stream = EventStream.of(Mix.of("lifecycle"), SEED, EVENTS_MIN);
    var events = stream.events();
    assertThat(events).hasSizeGreaterThanOrEqualTo(EVENTS_MIN);

    var sent = new Publisher(kafka).publish(events, 2_000);

    assertThat(sent.events()).isEqualTo(events.size());
    assertThat(sent.millis().count()).isEqualTo(events.size());
    assertThat(sent.perSecond()).isBetween(1.0, 2_100.0);
    var read = readAll();
    assertThat(read)
        .extracting(event -> event.envelope().id())
        .containsExactlyInAnyOrderElementsOf(
            events.stream().map(event -> event.envelope().id()).toList());
    assertThat(read)
        .extracting(Published::message)
        .containsExactlyInAnyOrderElementsOf(events.stream().map(Published::message).toList());
    requireWholeStreams(read);
    requireEveryInvariant(read);
    requireTheRightAnswers(read, stream.expected());
  }

  @Test
  void the_same_seed_tells_the_same() {
    var mix = Mix.of("approved=1,silent=1");
    var told = EventStream.of(mix, SEED, 1);
    assertThat(EventStream.of(mix, SEED, 1)).isEqualTo(told);
    assertThat(EventStream.of(mix, SEED + 1, 1)).isNotEqualTo(told);
    assertThat(told.events())
        .extracting(Published::type)
        .contains("SellerApproved", "SellerTimedOut", "RefundSettled");
  }

  @Test
  void readers_leave_nothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> EventStream.of(Mix.of("reads"), 1, 1));
  }

  /// No version is missing in any stream, and times never go back.
  private static void requireWholeStreams(List<Published> read) {
    Map<String, Published> last = new HashMap<>();
    for (var event : read) {
      var envelope = event.envelope();
      var before = last.put(envelope.subject(), event);
      var version = before == null ? Integer.valueOf(0) : before.envelope().streamVersion();
      assertThat(envelope.previousVersion()).as(envelope.toString()).isEqualTo(version);
      if (before != null) {
        assertThat(envelope.time()).isAfterOrEqualTo(before.envelope().time());
      }
    }
  }

  private static void requireEveryInvariant(List<Published> read) {
    Map<UUID, OrderAccount> accounts = new HashMap<>();
    for (var event : read) {
      if (event.topic().equals(MessageFamily.SELLER_ACCOUNTS.topic())) continue;
      accounts.computeIfAbsent(event.key(), OrderAccount::new).watch(event);
    }
    assertThat(accounts.values())
        .allSatisfy(account -> {
          assertThat(account.isFinal()).isTrue();
          assertThat(account.settled()).isEmpty();
        });
  }

  private static void requireTheRightAnswers(List<Published> read, Expected expected) {
    var midnights = expected.moneyHeldAtMidnight();
    var reader =
        new TopicReader(midnights.firstKey().minus(Duration.ofDays(1)), midnights.lastKey());
    read.forEach(reader::read);
    assertThat(expected.requestsOpenFor48Hours()).isNotEmpty();
    assertThat(midnights.values()).anyMatch(held -> held > 0);
    assertThat(reader.answers()).isEqualTo(expected);
  }

  private List<Published> readAll() {
    List<Published> read = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (var family : Published.FAMILIES) {
        var infos = Objects.requireNonNull(consumer.partitionsFor(family.topic()));
        assertThat(infos).hasSize(6);
        infos.forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          read.add(Published.read(Deliveries.of(record, Instant.now())).orElseThrow());
        }
      }
    }
    return read;
  }
}
