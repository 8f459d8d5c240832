package marketplace.eventsourcing.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import marketplace.eventsourcing.ClockRecord;
import marketplace.eventsourcing.deadline.DueDeadlines;
import marketplace.eventsourcing.deadline.TestDatabase;
import marketplace.eventsourcing.messaging.ConsumerProgress;
import marketplace.eventsourcing.messaging.ConsumerSettings;
import marketplace.eventsourcing.messaging.TestTopic;
import marketplace.eventsourcing.messaging.TopicConsumer;
import marketplace.eventsourcing.time.Patience;
import marketplace.eventsourcing.time.SettableWall;
import marketplace.eventsourcing.time.SimulatedClock;
import marketplace.eventsourcing.time.SystemClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuiescenceTest {
  private static final Instant WALL = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");
  private static final String SERVICE = "quiet-service";

  @Test
  void is_there_when_nothing_is_due_unread_or_unpublished() throws Exception {
    var database = new TestDatabase();
    var deadlines = new DueDeadlines(database.app());
    var clock = new SimulatedClock(new SettableWall(WALL));
    clock.apply(new ClockRecord(4, WALL, MONDAY, 0, null));
    var outbox = new AtomicLong();
    var follower = new AtomicLong();
    try (var topic = new TestTopic(2);
        var other = new TestTopic(1);
        var progress =
            new ConsumerProgress(
                TestTopic.kafka(),
                SERVICE,
                List.of(topic.name, other.name, "not-there-yet"),
                new SystemClock())) {
      var quiescence =
          new Quiescence(database.app(), deadlines, progress, outbox::get, follower::get, clock);
      assertThat(quiescence.report())
          .isEqualTo(new Quiescence.Report(0, 0, 0, 0, 0, 0, 0, 0, 4, true));

      outbox.set(2);
      assertThat(quiescence.report())
          .isEqualTo(new Quiescence.Report(0, 0, 2, 0, 0, 0, 0, 0, 4, false));
      outbox.set(0);

      follower.set(5);
      assertThat(quiescence.report())
          .isEqualTo(new Quiescence.Report(0, 5, 0, 0, 0, 0, 0, 0, 4, false));
      follower.set(0);

      topic.send(3);
      assertThat(quiescence.report())
          .isEqualTo(new Quiescence.Report(0, 0, 0, 0, 3, 0, 0, 0, 4, false));
      try (var consumer = consumer(topic)) {
        consumer.start(() -> true);
        Patience.until("all is read", () -> quiescence.report().consumerLag() == 0);
      }
      assertThat(quiescence.report())
          .isEqualTo(new Quiescence.Report(0, 0, 0, 3, 0, 0, 0, 0, 4, true));

      var due = database.deadline("note", MONDAY, 2);
      clock.apply(new ClockRecord(5, WALL, MONDAY, 0, new ClockRecord.Bound(MONDAY, 1, "x")));
      assertThat(quiescence.report())
          .isEqualTo(new Quiescence.Report(0, 0, 0, 3, 0, 0, 0, 0, 5, true));
      clock.apply(
          new ClockRecord(
              6, WALL, MONDAY, 0, new ClockRecord.Bound(MONDAY, 2, due.id().toString())));
      assertThat(quiescence.report())
          .isEqualTo(new Quiescence.Report(0, 0, 0, 3, 0, 0, 0, 1, 6, false));
      database.applied(List.of(due));

      database.execute(
          """
          insert into event (event_id, stream, version, previous_published, has_message, type,
            data, correlation_id, causation_id, actor, origin, time)
          values (gen_random_uuid(), 'note-1', 1, 0, true, 'note.said.v1', '{}',
            gen_random_uuid(), gen_random_uuid(), 'HARNESS', 'SERVICE', now())
          """);
      setAside(database, "PARKED", 1);
      setAside(database, "AWAITING", 2);
      setAside(database, "HELD", 3);
      setAside(database, "UNREADABLE", 4);
      assertThat(quiescence.report())
          .isEqualTo(new Quiescence.Report(1, 0, 0, 3, 0, 2, 1, 0, 6, true));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind': 'HOLD_CONSUMING'}",
        "{'kind': 'CONSUME_DELAY', 'millis': 3600000}",
        "{'kind': 'CONSUME_REORDER', 'millis': 3600000, 'times': 1}",
        "{'kind': 'CONSUME_LOSS', 'millis': 3600000, 'times': 1}"
      })
  void is_not_there_while_a_fault_keeps_a_record_away(String rule) throws Exception {
    var database = new TestDatabase();
    var clock = new SimulatedClock(new SettableWall(WALL));
    clock.apply(new ClockRecord(1, WALL, MONDAY, 0, null));
    var faults = new FaultRules();
    faults.replace("test", rules(rule));
    var taken = new AtomicLong();
    try (var topic = new TestTopic(1);
        var consumer = consumer(topic, faults, taken);
        var progress =
            new ConsumerProgress(
                TestTopic.kafka(), SERVICE, List.of(topic.name), new SystemClock())) {
      var quiescence =
          new Quiescence(
              database.app(),
              new DueDeadlines(database.app()),
              progress,
              () -> 0L,
              () -> 0L,
              clock);
      topic.send(3);
      consumer.start(() -> true);
      var kept = rule.contains("times") ? 2 : 0;
      Patience.until("the rest has passed", () -> consumer.lag() == 3 && taken.get() == kept);
      assertThat(quiescence.report().quiet()).isFalse();
      assertThat(quiescence.report().consumerLag()).isEqualTo(3);
      faults.replace("test", rules(""));
      Patience.until("all is taken", () -> quiescence.report().quiet());
      assertThat(taken.get()).isGreaterThanOrEqualTo(3);
    }
  }

  private static JsonNode rules(String rule) throws JsonProcessingException {
    return new ObjectMapper().readTree("{\"rules\": [" + rule.replace('\'', '"') + "]}");
  }

  @Test
  void comes_with_knowing_up_to_when_all_topics_were_read() throws Exception {
    var wall = new SettableWall(WALL);
    try (var topic = new TestTopic(2);
        var progress =
            new ConsumerProgress(TestTopic.kafka(), SERVICE, List.of(topic.name), wall)) {
      topic.send(3);
      progress.refresh();
      wall.pass(Duration.ofSeconds(1));
      progress.refresh();
      assertThat(progress.test(WALL.minusSeconds(1))).isFalse();
      try (var consumer = consumer(topic)) {
        consumer.start(() -> true);
        Patience.until("all is read", () -> progress.numbers().lag() == 0);
      }
      // What comes later does not matter to what was noted before.
      topic.send(5);
      progress.refresh();
      assertThat(progress.test(WALL.minusMillis(1))).isTrue();
      assertThat(progress.test(WALL)).isFalse();
      progress.refresh();
      assertThat(progress.test(WALL)).isFalse();
    }
  }

  private static TopicConsumer consumer(TestTopic topic) {
    return consumer(topic, new FaultRules(), new AtomicLong());
  }

  private static TopicConsumer consumer(TestTopic topic, FaultRules faults, AtomicLong taken) {
    return new TopicConsumer(
        ConsumerSettings.of(TestTopic.kafka()),
        SERVICE,
        topic.name,
        _ -> true,
        _ -> {
          taken.incrementAndGet();
          return CompletableFuture.completedFuture(null);
        },
        faults,
        new SystemClock(),
        new SimpleMeterRegistry());
  }

  private static void setAside(TestDatabase database, String kind, int offset) throws Exception {
    database.execute(
        """
        insert into set_aside (kind, awaits, reason, topic, partition_number, record_offset,
          headers, received_at, recorded_at)
        values ('%s', 'x', 'y', 't', 0, %d, '{}', now(), now())
        """
            .formatted(kind, offset));
  }
}
