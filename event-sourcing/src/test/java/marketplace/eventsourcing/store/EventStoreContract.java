package marketplace.eventsourcing.store;

import static marketplace.eventsourcing.sample.SteppedTime.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.RenderedAnswer;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import marketplace.eventsourcing.sample.Neighbour;
import marketplace.eventsourcing.sample.Pot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store promises: all of a batch or nothing, and nobody's work overwritten.
abstract class EventStoreContract {
  private final StreamId ana = Pot.pot(UUID.randomUUID());
  private final StreamId lin = Pot.pot(UUID.randomUUID());
  private EventStore store;

  abstract EventStore newStore();

  @BeforeEach
  void open() {
    store = newStore();
  }

  private static StoredEvent<Pot.Event> taken(StreamId stream, int version) {
    return new StoredEvent<>(
        0,
        StoredEvent.eventId(stream, version),
        stream,
        version,
        version - 1,
        true,
        "pot.taken.v1",
        new Pot.Event.Taken(version),
        new Trace(stream.id(), stream.id(), "COOK:1", Origin.SERVICE, "run", null),
        MONDAY,
        MONDAY);
  }

  private static Writes events(StoredEvent<?>... events) {
    return new Writes(
        List.of(events).stream().map(event -> new Writes.Appended(event, null)).toList(),
        List.of(),
        List.of(),
        Set.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static Writes foreign(Set<UUID> facts, Writes.ForeignVersion... versions) {
    return new Writes(
        List.of(), List.of(), List.of(), facts, List.of(versions), List.of(), List.of(), List.of());
  }

  private static Writes aside(List<SetAside> added, List<SetAside> released) {
    return new Writes(
        List.of(), List.of(), List.of(), Set.of(), List.of(), added, released, List.of());
  }

  private void commit(Writes writes) {
    try (var transaction = store.begin()) {
      transaction.write(writes);
      transaction.commit();
    }
  }

  private Loaded read(Wanted wanted) {
    try (var transaction = store.begin()) {
      return transaction.read(wanted);
    }
  }

  private int version(StreamId stream) {
    var history = read(Wanted.streams(Set.of(stream))).histories().get(stream);
    return history == null ? 0 : history.version();
  }

  @Test
  void gives_back_what_was_appended() {
    commit(events(taken(ana, 1), taken(ana, 2), taken(lin, 1)));
    var history =
        Objects.requireNonNull(read(Wanted.streams(Set.of(ana, lin))).histories().get(ana));
    assertThat(history.events())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("position")
        .isEqualTo(List.of(taken(ana, 1), taken(ana, 2)));
    assertThat(history.publishedVersion()).isEqualTo(2);
    assertThat(version(lin)).isEqualTo(1);
  }

  @Test
  void keeps_nothing_of_what_is_not_committed() {
    try (var transaction = store.begin()) {
      transaction.write(events(taken(ana, 1)));
    }
    assertThat(version(ana)).isZero();
  }

  @Test
  void names_the_streams_that_were_lost_and_stores_nothing() {
    commit(events(taken(ana, 1)));
    assertThatThrownBy(() -> commit(events(taken(ana, 1), taken(ana, 2), taken(lin, 1))))
        .isInstanceOfSatisfying(
            ConcurrentAppendException.class, lost -> assertThat(lost.lost()).containsExactly(ana));
    assertThat(version(ana)).isEqualTo(1);
    assertThat(version(lin)).isZero();
  }

  @Test
  void handles_a_fact_once() {
    var fact = UUID.randomUUID();
    commit(foreign(Set.of(fact)));
    assertThat(read(wanted(Set.of(fact), Set.of())).knownFacts()).containsExactly(fact);
    assertThatThrownBy(() -> commit(foreign(Set.of(fact, UUID.randomUUID()))))
        .isInstanceOfSatisfying(
            ConcurrentAppendException.class, lost -> assertThat(lost.lost()).containsExactly(fact));
  }

  private static Wanted wanted(Set<UUID> facts, Set<String> foreignStreams) {
    return new Wanted(Set.of(), Set.of(), facts, foreignStreams, Set.of());
  }

  @Test
  void raises_a_foreign_version_only_from_the_one_that_was_read() {
    commit(foreign(Set.of(), new Writes.ForeignVersion("far-1", 0, 3)));
    commit(foreign(Set.of(), new Writes.ForeignVersion("far-1", 3, 4)));
    assertThatThrownBy(() -> commit(foreign(Set.of(), new Writes.ForeignVersion("far-1", 3, 5))))
        .isInstanceOfSatisfying(
            ConcurrentAppendException.class,
            lost -> assertThat(lost.lost()).containsExactly("far-1"));
    assertThat(read(wanted(Set.of(), Set.of("far-1"))).foreignVersions())
        .isEqualTo(Map.of("far-1", 4));
  }

  @Test
  void keeps_a_record_whole_until_it_is_released_once() {
    var delivery = new Neighbour().says(ana.id(), 1, 0, "Took", "1");
    var record =
        new SetAside(
            -1,
            SetAside.Kind.PARKED,
            UUID.randomUUID(),
            ana.toString(),
            "why",
            delivery,
            MONDAY,
            0,
            null);
    commit(aside(List.of(record), List.of()));
    var kept = read(Wanted.streams(Set.of(ana))).setAside().getFirst();
    assertThat(kept).usingRecursiveComparison().ignoringFields("id").isEqualTo(record);
    commit(aside(List.of(), List.of(kept)));
    assertThat(store.setAside(9)).isEmpty();
    assertThatThrownBy(() -> commit(aside(List.of(), List.of(kept))))
        .isInstanceOf(ConcurrentAppendException.class);
  }

  @Test
  void looks_again_at_what_fails_when_its_time_has_come() {
    var delivery = new Neighbour().says(ana.id(), 1, 0, "Took", "1");
    var record =
        new SetAside(
            -1,
            SetAside.Kind.FAULTY,
            UUID.randomUUID(),
            "far-1",
            "why",
            delivery,
            MONDAY,
            1,
            MONDAY);
    commit(aside(List.of(record), List.of()));
    var due = store.dueForRetry(MONDAY, MONDAY, 9);
    assertThat(due).hasSize(1);
    store.postpone(due.getFirst().postponed("again", MONDAY.plusSeconds(60)));
    assertThat(store.dueForRetry(MONDAY, MONDAY, 9)).isEmpty();
    assertThat(store.dueForRetry(MONDAY, MONDAY.plusSeconds(60), 9))
        .extracting(SetAside::attempts)
        .containsExactly(2);
  }

  @Test
  void keeps_answers_until_they_are_forgotten() {
    var slot = new AnswerSlot("COOK:1", "POST /pots", "key");
    var answer =
        new KeptAnswer(slot, "hash", new RenderedAnswer(200, Map.of("ETag", "\"1\""), "{}"));
    commit(
        new Writes(
            List.of(),
            List.of(),
            List.of(),
            Set.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(answer)));
    var wanted = new Wanted(Set.of(), Set.of(slot), Set.of(), Set.of(), Set.of());
    assertThat(read(wanted).answers()).usingRecursiveComparison().isEqualTo(Map.of(slot, answer));
    store.tidy(MONDAY.plusSeconds(400_000_000), MONDAY);
    assertThat(read(wanted).answers()).isEmpty();
  }
}
