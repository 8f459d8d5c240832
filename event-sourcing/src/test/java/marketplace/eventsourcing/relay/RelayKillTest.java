package marketplace.eventsourcing.relay;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.relay.RelayProbe.Step;
import marketplace.eventsourcing.relay.RelayStatus.State;
import marketplace.eventsourcing.sample.ChildProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A relay is killed again and again while others write. Afterwards the whole table is compared
/// with the whole topic. `-Dkill.rounds=50` kills that often at each place, `-Dkill.seed=7` repeats
/// a run.
@Tag("kills")
class RelayKillTest {
  private static final int ROUNDS = Integer.getInteger("kill.rounds", 1);
  private static final long SEED = Long.getLong("kill.seed", 20_260_105L);
  private static final int WRITERS = 3;
  private static final int EVENTS_OF_A_TRANSACTION_MAX = 12;
  private static final Duration ALIVE_MAX = Duration.ofSeconds(3);

  private final Stage stage = new Stage();
  private final Random random = new Random(SEED);
  private final AtomicBoolean writing = new AtomicBoolean(true);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final List<Thread> writers = new ArrayList<>();

  @AfterEach
  void end() throws Exception {
    stopWriters();
    stage.end();
  }

  private void stopWriters() throws InterruptedException {
    writing.set(false);
    for (var writer : writers) writer.join();
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void loses_nothing_when_it_is_killed_at(Step step) throws Exception {
    publishSome();
    startWriters();
    var closesGap = step == Step.SLOT_CREATED || step == Step.REPUBLISHED;
    for (var round = 0; round < ROUNDS; round++) {
      if (closesGap) stage.dropSlot();
      var times = closesGap ? 1 : 1 + random.nextInt(20);
      var child = child(step.name(), String.valueOf(times));
      awaitLine(child, RelayChild.AT_STEP);
      child.kill();
      // Otherwise each round would publish again what all rounds before it have written.
      if (closesGap) publishSome();
    }
    compare();
  }

  @Test
  void loses_nothing_when_it_is_killed_at_any_time() throws Exception {
    publishSome();
    startWriters();
    for (var round = 0; round < ROUNDS; round++) {
      var child = child();
      if (round == 0 || random.nextInt(4) > 0) awaitLine(child, RelayChild.PUBLISHING);
      child.leaveAlone(Duration.ofMillis(random.nextLong(ALIVE_MAX.toMillis())));
      child.kill();
    }
    compare();
  }

  @Test
  void loses_no_transaction_that_is_open_while_it_is_killed() throws Exception {
    publishSome();
    for (var round = 0; round < ROUNDS; round++) {
      var child = child();
      var open = Stage.newStream();
      var quick = Stage.newStream();
      try (var writer = stage.writer()) {
        for (var version = 1; version <= 5; version++) writer.said(open, version);
        stage.say(quick, 1);
        Stage.await("the quick one is out", () -> stage.versions().containsKey(quick.toString()));
        for (var version = 6; version <= 10; version++) writer.said(open, version);
        child.kill();
        writer.commit();
      }
    }
    compare();
  }

  @Test
  void leaves_its_work_to_an_instance_that_waits() throws Exception {
    publishSome();
    startWriters();
    for (var round = 0; round < ROUNDS; round++) {
      var child = child();
      awaitLine(child, RelayChild.PUBLISHING);
      try (var relay = relay()) {
        relay.start();
        awaitState(relay, State.WAITING);
        child.kill();
        awaitState(relay, State.PUBLISHING);
      }
    }
    compare();
  }

  private static void awaitState(Relay relay, State state) {
    Stage.await("the relay is " + state, () -> relay.status().state() == state);
  }

  /// At first also because a slot waits for every open transaction.
  private void publishSome() {
    try (var relay = relay()) {
      relay.start();
      awaitState(relay, State.PUBLISHING);
    }
  }

  private void compare() throws Exception {
    stopWriters();
    if (failure.get() != null) throw new AssertionError("a writer failed", failure.get());
    try (var relay = relay()) {
      relay.start();
      stage.awaitAllPublished();
    }
    var repeated = stage.judge();
    System.out.printf(
        "%d kills, %d events, %d repeated, seed %d%n",
        ROUNDS, stage.count("select count(*) from event where has_message"), repeated, SEED);
  }

  private Relay relay() {
    return new Relay(
        stage.settings(), List.of(Notes.publishedOn(stage.topic)), new SimpleMeterRegistry());
  }

  private ChildProcess child(String... standStillAt) {
    var settings = stage.settings();
    var arguments =
        new ArrayList<>(
            List.of(
                settings.service(),
                stage.topic,
                settings.jdbcUrl(),
                settings.user(),
                settings.password(),
                String.valueOf(settings.kafka().get("bootstrap.servers"))));
    arguments.addAll(List.of(standStillAt));
    return ChildProcess.start(RelayChild.class, arguments);
  }

  private void awaitLine(ChildProcess child, String wanted) throws Exception {
    try {
      child.awaitLine(wanted);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + stage.sessions(), e);
    }
  }

  private void startWriters() {
    for (var number = 0; number < WRITERS; number++) {
      var seed = random.nextLong();
      writers.add(Thread.ofPlatform().start(() -> write(new Random(seed))));
    }
  }

  /// Each writer has streams of its own; some transactions stay open for a while, some roll back.
  private void write(Random dice) {
    var streams = new ArrayList<StreamId>();
    var versions = new ArrayList<Integer>();
    try (var writer = stage.writer()) {
      while (writing.get()) {
        if (streams.size() < 20) {
          streams.add(Stage.newStream());
          versions.add(0);
        }
        writeOnce(writer, dice, streams, versions);
        LockSupport.parkNanos(Duration.ofMillis(dice.nextInt(10)).toNanos());
      }
    } catch (SQLException | RuntimeException e) {
      failure.set(e);
    }
  }

  private static void writeOnce(
      Stage.Writer writer, Random dice, List<StreamId> streams, List<Integer> versions)
      throws SQLException {
    var before = List.copyOf(versions);
    var events = 1 + dice.nextInt(EVENTS_OF_A_TRANSACTION_MAX);
    for (var event = 0; event < events; event++) {
      var which = dice.nextInt(streams.size());
      var version = versions.get(which) + 1;
      writer.said(streams.get(which), version);
      versions.set(which, version);
      if (dice.nextInt(50) == 0) LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
    if (dice.nextInt(20) == 0) {
      writer.rollBack();
      versions.clear();
      versions.addAll(before);
    } else {
      writer.commit();
    }
  }
}
