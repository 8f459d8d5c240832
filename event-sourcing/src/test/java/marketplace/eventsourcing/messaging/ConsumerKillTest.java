package marketplace.eventsourcing.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import marketplace.eventsourcing.Delivery;
import marketplace.eventsourcing.messaging.PotService.Place;
import marketplace.eventsourcing.messaging.PotService.Point;
import marketplace.eventsourcing.relay.Stage;
import marketplace.eventsourcing.sample.ChildProcess;
import marketplace.eventsourcing.sample.Kitchen;
import marketplace.eventsourcing.sample.Neighbour;
import marketplace.eventsourcing.sample.SteppedTime;
import marketplace.eventsourcing.time.SystemClock;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A service that consumes is killed again and again while its neighbours talk. Afterwards each
/// fact must have had its effect once, and the whole table is compared with the whole topic.
/// `-Dkill.rounds=50` kills that often at each place, `-Dkill.seed=7` repeats a run.
@Tag("kills")
class ConsumerKillTest {
  private static final int ROUNDS = Integer.getInteger("kill.rounds", 1);
  private static final long SEED = Long.getLong("kill.seed", 20_260_105L);
  private static final int PARTITIONS = 6;
  private static final int FILLED_LITRES = 1_000;

  private final Stage stage = new Stage();
  private final TestTopic neighbours = new TestTopic(PARTITIONS);
  private final Place place =
      new Place(
          stage.service,
          neighbours.name,
          stage.topic,
          stage.database.url(),
          stage.database.app(),
          stage.database.relay(),
          stage.database.password(),
          stage.bootstrapServers);
  private final Random random = new Random(SEED);
  private final Deque<ChildProcess> children = new ArrayDeque<>();

  private final AtomicBoolean talking = new AtomicBoolean(true);
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Thread talk = Thread.ofPlatform().unstarted(this::talk);

  /// What was said about each pot, and about how much of it anybody could care. Touched by the
  /// talking thread alone, until it has ended.
  private final List<UUID> facts = new ArrayList<>();

  private final Map<UUID, Integer> litres = new HashMap<>();

  @BeforeEach
  void furnish() throws SQLException {
    stage.execute(Kitchen.POTS_TABLE);
    stage.execute("grant select, insert, update on pots to " + stage.database.app());
    talk.start();
  }

  @AfterEach
  void end() throws Exception {
    children.forEach(ChildProcess::close);
    endTalk();
    neighbours.close();
    stage.end();
  }

  @ParameterizedTest
  @EnumSource(Point.class)
  void gives_each_fact_one_effect_when_it_is_killed(Point point) throws Exception {
    for (var round = 0; round < ROUNDS; round++) {
      var child = start(point.name(), String.valueOf(1 + random.nextInt(10)));
      awaitLine(child, PotService.AT_POINT);
      child.kill();
    }
    judge();
  }

  @Test
  void gives_each_fact_one_effect_when_one_of_two_instances_is_killed() throws Exception {
    children.add(start());
    awaitLine(children.getFirst(), PotService.HANDLED);
    for (var round = 0; round < ROUNDS; round++) {
      children.add(start());
      awaitLine(children.getLast(), PotService.HANDLED);
      var victim = random.nextBoolean() ? children.removeFirst() : children.removeLast();
      victim.kill();
    }
    for (var child : children) child.kill();
    judge();
  }

  private ChildProcess start(String... standStillAt) {
    var arguments = new ArrayList<>(place.toArguments());
    arguments.addAll(Arrays.asList(standStillAt));
    return ChildProcess.start(PotService.class, arguments);
  }

  private void awaitLine(ChildProcess child, String wanted) throws Exception {
    try {
      child.awaitLine(wanted);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + stage.sessions(), e);
    }
  }

  /// Lets a service that nobody kills catch up first.
  private void judge() throws Exception {
    endTalk();
    if (failure.get() != null) throw new AssertionError("a neighbour fell silent", failure.get());
    try (var _ = new PotService(place, _ -> {}).start();
        var progress =
            new ConsumerProgress(
                place.kafka(), stage.service, List.of(neighbours.name), new SystemClock())) {
      Stage.await("all is consumed", () -> progress.numbers().lag() == 0);
      stage.awaitAllPublished();
    }
    var repeated = stage.judge();
    assertThat(stage.texts("select causation_id from event order by 1"))
        .as("what each fact has caused")
        .containsExactlyInAnyOrderElementsOf(facts.stream().map(UUID::toString).toList());
    assertThat(stage.texts("select pot || ' ' || litres from pots"))
        .containsExactlyInAnyOrderElementsOf(
            litres.entrySet().stream().map(pot -> pot.getKey() + " " + pot.getValue()).toList());
    assertThat(stage.count("select count(*) from set_aside")).isZero();
    System.out.printf(
        "%d kills, %d facts, %d repeated on the topic, seed %d%n",
        ROUNDS, facts.size(), repeated, SEED);
  }

  private void endTalk() throws InterruptedException {
    talking.set(false);
    talk.join();
  }

  /// Fills pots and takes from them, once too often now and then; sings, which nobody minds; and
  /// says things twice.
  private void talk() {
    var dice = new Random(SEED);
    var neighbour = new Neighbour();
    var pots = new ArrayList<UUID>();
    var versions = new HashMap<UUID, Integer>();
    try {
      while (talking.get()) {
        var isNew = pots.size() < 20 || dice.nextInt(50) == 0;
        var pot = isNew ? UUID.randomUUID() : pots.get(dice.nextInt(pots.size()));
        if (isNew) pots.add(pot);
        var version = versions.merge(pot, 1, Integer::sum);
        var said = say(neighbour, dice, pot, version);
        send(pot, said);
        if (dice.nextInt(20) == 0) send(pot, said);
        LockSupport.parkNanos(Duration.ofMillis(dice.nextInt(10)).toNanos());
      }
    } catch (Exception e) {
      failure.set(e);
    }
  }

  private Delivery say(Neighbour neighbour, Random dice, UUID pot, int version) {
    var id = UUID.randomUUID();
    var type = version == 1 ? "Filled" : dice.nextInt(10) == 0 ? "Sang" : "Took";
    if (!type.equals("Sang")) facts.add(id);
    var amount =
        switch (type) {
          case "Filled" -> FILLED_LITRES;
          case "Took" -> dice.nextInt(20) == 0 ? 2 * FILLED_LITRES : 1;
          default -> 0;
        };
    switch (type) {
      case "Filled" -> litres.put(pot, amount);
      case "Took" ->
          litres.computeIfPresent(pot, (_, left) -> amount > left ? left : left - amount);
      default -> {}
    }
    return neighbour.says(
        id, pot, version, version - 1, type, String.valueOf(amount), SteppedTime.MONDAY);
  }

  private void send(UUID pot, Delivery said) throws Exception {
    var value = Objects.requireNonNull(said.value());
    var record = new ProducerRecord<>(neighbours.name, pot.toString().getBytes(UTF_8), value);
    said.headers().forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
    neighbours.sendRaw(record);
  }
}
