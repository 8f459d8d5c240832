package marketplace.eventsourcing.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import marketplace.eventsourcing.control.FaultRules;
import marketplace.eventsourcing.time.Patience;
import marketplace.eventsourcing.time.SystemClock;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicConsumerTest {
  private static final String SERVICE = "note-service";

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final FaultRules faults = new FaultRules();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TestInbox inbox = new TestInbox();

  @AfterEach
  void close() throws Exception {
    for (var one : opened.reversed()) one.close();
  }

  @Test
  void hands_on_the_records_of_a_partition_in_their_order() throws Exception {
    var topic = topic(3);
    topic.send(300);
    consume(topic, inbox, 50);
    Patience.until("all are taken", () -> inbox.size() == 300);
    for (var partition = 0; partition < 3; partition++) {
      var offsets = inbox.offsets(partition);
      assertThat(offsets).isEqualTo(upTo(offsets.size()));
    }
    awaitProgress(topic, 300, 0);
  }

  @Test
  void commits_what_the_inbox_has_dealt_with_and_not_before() throws Exception {
    var topic = topic(1);
    inbox.keep();
    topic.send(10);
    consume(topic, inbox, 500);
    Patience.until("all are taken", () -> inbox.size() == 10);
    topic.send(1);
    assertThat(progress(topic).numbers()).isEqualTo(new ConsumerProgress.Numbers(0, 11));
    inbox.release();
    awaitProgress(topic, 11, 0);
    assertThat(inbox.offsets(0)).isEqualTo(upTo(11));
  }

  @Test
  void reads_on_in_other_partitions_only_while_one_is_waited_for() throws Exception {
    var topic = topic(2);
    inbox.keep();
    topic.send(0, Map.of(), "{}");
    var consumer = consume(topic, inbox, 1);
    Patience.until("the first is taken", () -> inbox.size() == 1);
    topic.send(0, Map.of(), "{}");
    topic.send(1, Map.of(), "{}");
    Patience.until("the other partition's is taken", () -> inbox.size() == 2);
    assertThat(inbox.offsets(0)).containsExactly(0L);
    assertThat(inbox.offsets(1)).containsExactly(0L);
    assertThat(consumer.lag()).isPositive();
    inbox.release();
    Patience.until("all are taken", () -> inbox.size() == 3);
    awaitProgress(topic, 3, 0);
    Patience.until("no lag is left", () -> consumer.lag() == 0);
  }

  @Test
  void repeats_what_was_not_committed_when_an_instance_went_away() throws Exception {
    var topic = topic(1);
    topic.send(5);
    var first = consume(topic, inbox, 500);
    awaitProgress(topic, 5, 0);
    inbox.keep();
    topic.send(4);
    Patience.until("all are taken", () -> inbox.size() == 9);
    first.close();
    var after = new TestInbox();
    consume(topic, after, 500);
    Patience.until("the rest is taken again", () -> after.size() == 4);
    assertThat(after.offsets(0)).containsExactly(5L, 6L, 7L, 8L);
    awaitProgress(topic, 9, 0);
  }

  @Test
  void shares_the_partitions_with_a_second_instance_and_loses_nothing() throws Exception {
    var topic = topic(6);
    var other = new TestInbox();
    var first = consume(topic, inbox, 20);
    topic.send(200);
    Patience.until("it has begun", () -> inbox.size() > 0);
    var second = consume(topic, other, 20);
    while (other.size() == 0) topic.send(50);
    var inTheMiddle = other.size();
    topic.send(200);
    first.close();
    topic.send(200);
    Patience.until("the second goes on", () -> other.size() > inTheMiddle);
    Patience.until("all is committed", () -> progress(topic).numbers().lag() == 0);
    Set<String> seen = new HashSet<>();
    Stream.concat(inbox.taken().stream(), other.taken().stream())
        .forEach(delivery -> seen.add(delivery.partition() + ":" + delivery.offset()));
    assertThat(seen).hasSize((int) progress(topic).numbers().consumed());
    for (var partition = 0; partition < 6; partition++) {
      assertThat(inbox.offsets(partition)).isSorted();
      assertThat(other.offsets(partition)).isSorted();
    }
    assertThat(second.lag()).isZero();
  }

  @Test
  void tries_again_in_order_for_as_long_as_the_inbox_fails() throws Exception {
    var topic = topic(1);
    inbox.failNext(12);
    topic.send(5);
    consume(topic, inbox, 500);
    Patience.until("it fails no more", () -> !inbox.isFailing());
    Patience.until("all are taken", () -> new HashSet<>(inbox.offsets(0)).size() == 5);
    awaitProgress(topic, 5, 0);
    // What came behind a failed one may have passed at first; it is handed on again.
    assertThat(inbox.offsets(0).reversed().subList(0, 5).reversed()).isEqualTo(upTo(5));
  }

  @Test
  void hands_on_what_nobody_can_read() throws Exception {
    var topic = topic(1);
    var nonsense = new byte[] {(byte) 0xC3, 0x28, 0};
    topic.sendRaw(new ProducerRecord<>(topic.name, null, null));
    topic.sendRaw(new ProducerRecord<>(topic.name, nonsense, nonsense));
    var foreign = new ProducerRecord<>(topic.name, nonsense, new byte[900_000]);
    for (var i = 0; i < 200; i++) foreign.headers().add("h" + i, nonsense);
    foreign.headers().add("none", null);
    topic.sendRaw(foreign);
    topic.send(0, Map.of("ce_type", "Said", "again", "x\0y"), "{}");
    consume(topic, inbox, 500);
    Patience.until("all are taken", () -> inbox.size() == 4);
    awaitProgress(topic, 4, 0);
    var taken = inbox.taken();
    assertThat(taken.get(0).value()).isNull();
    assertThat(taken.get(1).key()).isNull();
    assertThat(taken.get(2).headers())
        .hasSize(Deliveries.HEADERS_MAX)
        .containsEntry("h0", "\uFFFD(\uFFFD");
    assertThat(taken.get(3).headers())
        .containsOnly(Map.entry("ce_type", "Said"), Map.entry("again", "x\uFFFDy"));
    assertThat(taken.get(3).value()).isEqualTo("{}".getBytes(UTF_8));
    assertThat(count("Said")).isEqualTo(1);
    assertThat(count("other")).isEqualTo(3);
  }

  @Test
  void holds_what_it_was_told_to_hold() throws Exception {
    var topic = topic(1);
    fault("{'kind': 'HOLD_CONSUMING', 'topic': '%s'}".formatted(topic.name));
    topic.send(4);
    var consumer = consume(topic, inbox, 500);
    Patience.until("they are held", () -> consumer.lag() == 4);
    assertThat(inbox.size()).isZero();
    fault();
    awaitProgress(topic, 4, 0);
    assertThat(inbox.offsets(0)).isEqualTo(upTo(4));
  }

  @Test
  void hands_on_twice_what_it_was_told_to() throws Exception {
    var topic = topic(1);
    fault("{'kind': 'CONSUME_TWICE', 'topic': '%s', 'every': 2}".formatted(topic.name));
    topic.send(4);
    consume(topic, inbox, 500);
    awaitProgress(topic, 4, 0);
    assertThat(inbox.offsets(0)).containsExactly(0L, 1L, 1L, 2L, 3L, 3L);
  }

  @Test
  void lets_a_delayed_record_hold_up_its_partition_until_its_time_or_the_rules_end()
      throws Exception {
    var topic = topic(1);
    fault("{'kind': 'CONSUME_DELAY', 'millis': 700, 'type': 'Said'}");
    consume(topic, inbox, 500);
    var before = new SystemClock().instant();
    topic.send(0, Map.of("ce_type", "Said"), "{}");
    topic.send(0, Map.of("ce_type", "Sung"), "{}");
    Patience.until("both are taken", () -> inbox.size() == 2);
    assertThat(inbox.offsets(0)).isEqualTo(upTo(2));
    assertThat(Duration.between(before, inbox.taken().getFirst().receivedAt()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(700));

    fault("{'kind': 'CONSUME_DELAY', 'millis': 3600000}");
    topic.send(1);
    var progress = progress(topic);
    Patience.until("it is late", () -> progress.numbers().lag() == 1);
    fault();
    awaitProgress(topic, 3, 0);
  }

  @Test
  void lets_other_keys_overtake_a_record_and_never_its_own() throws Exception {
    var topic = topic(1);
    fault("{'kind': 'CONSUME_REORDER', 'millis': 3600000, 'type': 'Said', 'times': 1}");
    for (var key : List.of("a", "b", "a", "c")) {
      var record = new ProducerRecord<>(topic.name, 0, key.getBytes(UTF_8), "{}".getBytes(UTF_8));
      record.headers().add("ce_type", "Said".getBytes(UTF_8));
      topic.sendRaw(record);
    }
    consume(topic, inbox, 500);
    Patience.until("the others have passed", () -> inbox.size() == 2);
    assertThat(inbox.offsets(0)).containsExactly(1L, 3L);
    assertThat(progress(topic).numbers()).isEqualTo(new ConsumerProgress.Numbers(0, 4));
    fault();
    awaitProgress(topic, 4, 0);
    assertThat(inbox.offsets(0)).containsExactly(1L, 3L, 0L, 2L);
  }

  @Test
  void loses_a_record_and_starts_again_from_it() throws Exception {
    var topic = topic(1);
    topic.send(1);
    topic.send(0, Map.of("ce_type", "Said"), "{}");
    topic.send(2);
    fault("{'kind': 'CONSUME_LOSS', 'type': 'Said', 'millis': 300}");
    consume(topic, inbox, 500);
    awaitProgress(topic, 4, 0);
    assertThat(inbox.offsets(0)).containsExactly(0L, 2L, 3L, 1L, 2L, 3L);
    var taken = inbox.taken();
    assertThat(Duration.between(taken.get(2).receivedAt(), taken.get(3).receivedAt()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));
  }

  @Test
  void reads_a_lost_record_again_in_another_instance() throws Exception {
    var topic = topic(1);
    topic.send(3);
    fault("{'kind': 'CONSUME_LOSS', 'millis': 3600000, 'times': 1}");
    var first = consume(topic, inbox, 500);
    Patience.until("the others have passed", () -> inbox.size() == 2);
    first.close();
    var after = new TestInbox();
    consume(topic, after, 500);
    awaitProgress(topic, 3, 0);
    assertThat(after.offsets(0)).isEqualTo(upTo(3));
  }

  @Test
  void shows_how_long_it_has_not_moved_while_there_was_something_to_read() throws Exception {
    var topic = topic(1);
    var consumer = consume(topic, inbox, 500);
    inbox.keep();
    topic.send(1);
    Patience.until("it stands", () -> consumer.stalledFor().compareTo(Duration.ofSeconds(2)) > 0);
    inbox.release();
    Patience.until("it moves", () -> consumer.stalledFor().compareTo(Duration.ofSeconds(2)) < 0);
  }

  @Test
  void reads_nothing_before_it_may() throws Exception {
    var topic = topic(1);
    topic.send(1);
    var asked = new AtomicInteger();
    var ready = new AtomicBoolean();
    consumer(topic.name, inbox, 500)
        .start(() -> {
          asked.incrementAndGet();
          return ready.get();
        });
    Patience.until("it has asked for a while", () -> asked.get() > 10);
    assertThat(inbox.size()).isZero();
    ready.set(true);
    Patience.until("it is taken", () -> inbox.size() == 1);
  }

  @Test
  void waits_for_a_topic_that_is_not_there_yet() throws Exception {
    var name = "late-" + UUID.randomUUID();
    consume(name, inbox, 500);
    TopicCreator.create(TestTopic.kafka(), List.of(TopicCreator.events(name, 1)));
    TopicCreator.create(TestTopic.kafka(), List.of(TopicCreator.events(name, 1)));
    var topic = opened(new TestTopic(1));
    topic.sendRaw(new ProducerRecord<>(name, null, "{}".getBytes(UTF_8)));
    Patience.until("it is taken", () -> inbox.size() == 1);
  }

  private TestTopic topic(int partitions) {
    return opened(new TestTopic(partitions));
  }

  private TopicConsumer consume(TestTopic topic, TestInbox into, int pollRecordsMax) {
    return consume(topic.name, into, pollRecordsMax);
  }

  private TopicConsumer consume(String topic, TestInbox into, int pollRecordsMax) {
    var consumer = consumer(topic, into, pollRecordsMax);
    consumer.start(() -> true);
    return consumer;
  }

  private TopicConsumer consumer(String topic, TestInbox into, int pollRecordsMax) {
    var settings = new ConsumerSettings(TestTopic.kafka(), pollRecordsMax, Duration.ofSeconds(10));
    return opened(
        new TopicConsumer(
            settings, SERVICE, topic, "Said"::equals, into, faults, new SystemClock(), meters));
  }

  private ConsumerProgress progress(TestTopic topic) {
    return opened(
        new ConsumerProgress(TestTopic.kafka(), SERVICE, List.of(topic.name), new SystemClock()));
  }

  private void awaitProgress(TestTopic topic, long consumed, long lag) throws Exception {
    var progress = progress(topic);
    var expected = new ConsumerProgress.Numbers(consumed, lag);
    Patience.until(expected.toString(), () -> progress.numbers().equals(expected));
  }

  private <T extends AutoCloseable> T opened(T one) {
    opened.add(one);
    return one;
  }

  /// Rules, with single quotes for double ones.
  private void fault(String... rules) throws Exception {
    var list = String.join(",", rules).replace('\'', '"');
    faults.replace("test", new ObjectMapper().readTree("{\"rules\": [" + list + "]}"));
  }

  private double count(String type) {
    return meters.get("marketplace.consumer.records").tag("type", type).counter().count();
  }

  private static List<Long> upTo(long end) {
    return LongStream.range(0, end).boxed().toList();
  }
}
