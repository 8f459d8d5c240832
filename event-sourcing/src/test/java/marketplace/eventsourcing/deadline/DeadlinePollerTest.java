package marketplace.eventsourcing.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import marketplace.eventsourcing.ClockRecord;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.control.FaultRules;
import marketplace.eventsourcing.time.Patience;
import marketplace.eventsourcing.time.SettableWall;
import marketplace.eventsourcing.time.SimulatedClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadlinePollerTest {
  private static final Instant WALL = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");
  private static final PollerSettings IMPATIENT =
      new PollerSettings(Duration.ofMillis(20), 500, 1_500, Duration.ofMillis(300));

  private final TestDatabase database;
  private final DueDeadlines deadlines;
  private final SimulatedClock clock = new SimulatedClock(new SettableWall(WALL));
  private final FaultRules faults = new FaultRules();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private long epoch;

  DeadlinePollerTest() throws Exception {
    database = new TestDatabase();
    deadlines = new DueDeadlines(database.app());
  }

  @BeforeEach
  void start() {
    set(MONDAY, null);
  }

  @AfterEach
  void close() throws Exception {
    for (var one : opened.reversed()) one.close();
  }

  @Test
  void wakes_due_streams_in_the_order_of_instant_rank_and_id() throws Exception {
    var third = database.deadline("note", MONDAY, 2);
    var same = List.of(database.deadline("note", MONDAY, 1), database.deadline("note", MONDAY, 1));
    var first = database.deadline("note", MONDAY.minusSeconds(1), 9);
    var woken = new Streams();
    poll(woken, PollerSettings.DEFAULT);
    Patience.until("all are woken", () -> woken.size() == 4);
    var middle = same.stream().sorted().toList();
    assertThat(woken).containsExactly(first, middle.get(0), middle.get(1), third);
  }

  @Test
  void wakes_nobody_early_and_everybody_as_soon_as_the_clock_says_so() throws Exception {
    var stream = database.deadline("note", MONDAY.plusMillis(1), 1);
    var other = database.deadline("note", MONDAY, 1);
    var woken = new Streams();
    // Only a change of the clock can bring it to look again in time.
    poll(woken, new PollerSettings(Duration.ofHours(1), 500, 1_500, Duration.ofHours(1)));
    Patience.until("what is due is woken", () -> woken.size() == 1);
    assertThat(woken).containsExactly(other);
    set(MONDAY.plusMillis(1), null);
    Patience.until("the other is woken", () -> woken.size() == 2);
    assertThat(woken).containsExactly(other, stream);
  }

  @Test
  void lets_two_instances_wake_each_stream_once() throws Exception {
    database.deadlines(3_000, MONDAY);
    var woken = new Streams();
    var applied = new Applying(woken);
    opened.add(applied);
    poll(applied, PollerSettings.DEFAULT);
    poll(applied, PollerSettings.DEFAULT);
    Patience.until("none is due", () -> deadlines.backlog(clock.moment()).count() == 0);
    assertThat(woken).hasSize(3_000);
    assertThat(new HashSet<>(woken)).hasSize(3_000);
  }

  @Test
  void goes_no_further_than_the_step_bound() throws Exception {
    var inOrder = new ArrayList<StreamId>();
    for (var i = 0; i < 3; i++) inOrder.add(database.deadline("note", MONDAY, 2));
    inOrder.sort(null);
    inOrder.addFirst(database.deadline("other", MONDAY, 1));
    database.deadline("note", MONDAY, 3);
    var woken = new Streams();
    set(MONDAY, new ClockRecord.Bound(MONDAY, 1, inOrder.getFirst().id().toString()));
    var poller = poll(woken, PollerSettings.DEFAULT);
    Patience.until("the first is woken", () -> woken.size() == 1);
    set(MONDAY, new ClockRecord.Bound(MONDAY, 2, inOrder.get(2).id().toString()));
    Patience.until("two more are woken", () -> woken.size() == 3);
    poller.close();
    assertThat(woken).isEqualTo(inOrder.subList(0, 3));
    assertThat(deadlines.backlog(clock.moment())).isEqualTo(new DueDeadlines.Backlog(3, MONDAY));
    set(MONDAY, null);
    assertThat(deadlines.backlog(clock.moment()).count()).isEqualTo(5);
  }

  @Test
  void holds_back_on_purpose() throws Exception {
    fault("{\"kind\": \"HOLD_DEADLINES\"}");
    database.deadline("note", MONDAY, 1);
    var woken = new Streams();
    poll(woken, IMPATIENT);
    Patience.until(
        "the gauge shows it", () -> meters.get("marketplace.deadlines.due").gauge().value() == 1);
    assertThat(woken).isEmpty();
    fault("");
    Patience.until("it is woken", () -> woken.size() == 1);
  }

  @Test
  void tries_again_after_the_lease_when_nothing_has_come_of_it() throws Exception {
    database.deadline("note", MONDAY.minusSeconds(5), 1);
    var woken = new Streams();
    poll(
        stream -> {
          woken.add(stream);
          return CompletableFuture.failedFuture(new IllegalStateException("database away"));
        },
        IMPATIENT);
    Patience.until("it was woken three times", () -> woken.size() == 3);
    assertThat(meters.get("marketplace.deadlines.lateness.seconds").gauge().value()).isEqualTo(5);
  }

  @Test
  void waits_while_too_many_are_on_their_way() throws Exception {
    database.deadlines(30, MONDAY);
    var woken = new LinkedBlockingQueue<CompletableFuture<Void>>();
    poll(
        _ -> {
          var done = new CompletableFuture<Void>();
          woken.add(done);
          return done;
        },
        new PollerSettings(Duration.ofMillis(5), 10, 20, Duration.ofHours(1)));
    Patience.until("as many as may be are on their way", () -> woken.size() == 20);
    for (var i = 0; i < 9; i++) woken.take().complete(null);
    assertThat(woken).hasSize(11);
    woken.take().complete(null);
    Patience.until("the next are on their way", () -> woken.size() == 20);
  }

  @Test
  void keeps_up_with_a_crowd() throws Exception {
    database.deadlines(20_000, MONDAY);
    var woken = new Streams();
    var applied = new Applying(woken);
    opened.add(applied);
    poll(applied, PollerSettings.DEFAULT);
    Patience.until("none is due", () -> deadlines.backlog(clock.moment()).count() == 0);
    assertThat(new HashSet<>(woken)).hasSize(20_000);
  }

  @Test
  void shows_the_next_ones_first() throws Exception {
    var later = database.deadline("note", MONDAY.plusSeconds(9), 1);
    var second = database.deadline("note", MONDAY, 2);
    var first = database.deadline("other", MONDAY, 1);
    assertThat(deadlines.upcoming(2))
        .containsExactly(
            new DueDeadlines.Upcoming(MONDAY, "d1", 1, first),
            new DueDeadlines.Upcoming(MONDAY, "d2", 2, second));
    assertThat(deadlines.upcoming(10)).extracting(DueDeadlines.Upcoming::stream).endsWith(later);
  }

  private DeadlinePoller poll(
      Function<StreamId, CompletableFuture<Void>> wake, PollerSettings settings) {
    var poller = new DeadlinePoller(deadlines, wake, clock, faults, settings, meters);
    opened.add(poller);
    poller.start();
    return poller;
  }

  private void set(Instant simulated, ClockRecord.@Nullable Bound bound) {
    clock.apply(new ClockRecord(++epoch, WALL, simulated, 0, bound));
  }

  private void fault(String rules) throws Exception {
    faults.replace("test", new ObjectMapper().readTree("{\"rules\": [" + rules + "]}"));
  }

  /// Notes who was woken, and does nothing about it: the lease stays.
  private static final class Streams extends CopyOnWriteArrayList<StreamId>
      implements Function<StreamId, CompletableFuture<Void>> {
    @Override
    public CompletableFuture<Void> apply(StreamId stream) {
      add(stream);
      return CompletableFuture.completedFuture(null);
    }
  }

  /// Applies deadlines in batches, as the handler does.
  private final class Applying
      implements Function<StreamId, CompletableFuture<Void>>, AutoCloseable {
    private final Streams woken;
    private final LinkedBlockingQueue<Member> waiting = new LinkedBlockingQueue<>();
    private final Thread thread = Thread.ofVirtual().start(this::run);

    private record Member(StreamId stream, CompletableFuture<Void> done) {}

    Applying(Streams woken) {
      this.woken = woken;
    }

    @Override
    public CompletableFuture<Void> apply(StreamId stream) {
      var member = new Member(stream, new CompletableFuture<>());
      waiting.add(member);
      return member.done();
    }

    private void run() {
      try {
        while (true) {
          List<Member> batch = new ArrayList<>();
          batch.add(waiting.take());
          waiting.drainTo(batch, 500);
          var streams = batch.stream().map(Member::stream).toList();
          database.applied(streams);
          woken.addAll(streams);
          batch.forEach(member -> member.done().complete(null));
        }
      } catch (InterruptedException | SQLException _) {
        // the test is over
      }
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }
}
