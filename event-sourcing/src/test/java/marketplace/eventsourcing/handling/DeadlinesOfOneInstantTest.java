package marketplace.eventsourcing.handling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Aggregates;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.CommandRequest;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.Decider;
import marketplace.eventsourcing.Decision;
import marketplace.eventsourcing.EventCodec;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import marketplace.eventsourcing.sample.SteppedTime;
import marketplace.eventsourcing.store.InMemoryEventStore;
import marketplace.eventsourcing.store.Wanted;
import marketplace.eventsourcing.tracing.Tracing;
import org.junit.jupiter.api.Test;

/// Two refunds can arrive at one instant, in one order or in two: timers of one name that ring
/// together, each for itself.
final class DeadlinesOfOneInstantTest {
  private static final Instant NOON = SteppedTime.MONDAY.plus(Duration.ofHours(3));
  private static final ObjectMapper JSON = new ObjectMapper();

  private sealed interface Command {
    record Start(String name, Instant ringsAt) implements Command {}

    record Ring(String name) implements Command {}
  }

  private sealed interface Event {
    record Started(String name, String ringsAt) implements Event {}

    record Rang(String name) implements Event {}
  }

  private record Timer(String name, Instant ringsAt) {}

  private record TimerRules() implements Decider<Command, List<Timer>, Event, Void> {
    @Override
    public List<Timer> initialState() {
      return List.of();
    }

    @Override
    public Decision<Event, Void> decide(Command command, List<Timer> running, Instant at) {
      return switch (command) {
        case Command.Start(var name, var ringsAt) ->
            Decision.accept(new Event.Started(name, ringsAt.toString()));
        case Command.Ring(var name) -> Decision.accept(new Event.Rang(name));
      };
    }

    @Override
    public List<Timer> evolve(List<Timer> running, Event event) {
      return switch (event) {
        case Event.Started(var name, var ringsAt) ->
            Stream.concat(running.stream(), Stream.of(new Timer(name, Instant.parse(ringsAt))))
                .toList();
        case Event.Rang(var name) ->
            running.stream().filter(timer -> !timer.name().equals(name)).toList();
      };
    }

    @Override
    public Optional<Deadline<Command>> nextDeadline(List<Timer> running) {
      return running.stream()
          .findFirst()
          .map(
              timer -> new Deadline<>("rings", 1, timer.ringsAt(), new Command.Ring(timer.name())));
    }
  }

  private static final Aggregate<Command, List<Timer>, Event, Void> TIMERS =
      new Aggregate<>(
          "timers",
          new TimerRules(),
          new EventCodec<Event>(JSON)
              .writes("timers.started.v1", Event.Started.class)
              .writes("timers.rang.v1", Event.Rang.class),
          _ -> Optional.empty(),
          _ -> List.of(),
          _ -> "");

  private final SteppedTime clock = new SteppedTime();
  private final InMemoryEventStore store = new InMemoryEventStore(clock);
  private final BatchRunner runner =
      new BatchRunner(
          store,
          Rules.of(
              new Aggregates(List.of(TIMERS)),
              new FactReader(List.of(), clock),
              HandlerSettings.of("kitchen", "UNKNOWN", Set.of()),
              JSON,
              Tracing.OFF),
          clock,
          clock,
          _ -> {});

  private final StreamId kitchen = new StreamId("timers", UUID.randomUUID());
  private final StreamId cellar = new StreamId("timers", UUID.randomUUID());

  @Test
  void of_one_stream_each_decides_once_and_at_that_instant() {
    start(kitchen, "eggs");
    start(kitchen, "tea");
    clock.pass(Duration.ofHours(4));
    wake(kitchen);
    wake(kitchen);
    assertThat(rang(kitchen)).containsExactly("eggs at " + NOON, "tea at " + NOON);
  }

  @Test
  void of_two_streams_each_is_its_own_also_in_one_batch() {
    start(kitchen, "eggs");
    start(cellar, "eggs");
    clock.pass(Duration.ofHours(4));
    runner.run(List.of(new Task.Wake(kitchen), new Task.Wake(cellar)), true);
    assertThat(rang(kitchen)).containsExactly("eggs at " + NOON);
    assertThat(rang(cellar)).containsExactly("eggs at " + NOON);
  }

  @Test
  void a_later_command_finds_both_applied() {
    start(kitchen, "eggs");
    start(kitchen, "tea");
    clock.pass(Duration.ofHours(4));
    start(kitchen, "bread");
    assertThat(rang(kitchen)).containsExactly("eggs at " + NOON, "tea at " + NOON);
  }

  private void start(StreamId stream, String name) {
    var id = UUID.randomUUID();
    var result =
        runner.run(
            List.of(
                new Task.Command(
                    new CommandRequest<Command, List<Timer>, Event, Void>(
                        stream,
                        new Command.Start(name, NOON),
                        new Trace(id, id, "COOK:1", Origin.SERVICE, null, null),
                        null,
                        null,
                        _ -> new Answer(200, Map.of(), Map.of())))),
            true);
    assertThat(result).hasOnlyElementsOfType(Result.Answered.class);
  }

  private void wake(StreamId stream) {
    assertThat(runner.run(List.of(new Task.Wake(stream)), true))
        .containsExactly(new Result.Handled(Result.Handling.APPLIED));
  }

  private List<String> rang(StreamId stream) {
    try (var transaction = store.begin()) {
      var history = transaction.read(Wanted.streams(Set.of(stream))).histories().get(stream);
      return history == null
          ? List.of()
          : history.events().stream().flatMap(DeadlinesOfOneInstantTest::ringing).toList();
    }
  }

  private static Stream<String> ringing(StoredEvent<?> stored) {
    return stored.event() instanceof Event.Rang(var name)
        ? Stream.of(name + " at " + stored.time())
        : Stream.empty();
  }
}
