package marketplace.eventsourcing;

import java.time.Instant;
import java.util.List;

/// A stream as it was read, oldest event first.
public record History<E>(StreamId stream, List<StoredEvent<E>> events) {
  public History {
    events = List.copyOf(events);
  }

  /// 0 for a stream that does not exist.
  public int version() {
    return events.isEmpty() ? 0 : events.getLast().version();
  }

  public int publishedVersion() {
    if (events.isEmpty()) return 0;
    var last = events.getLast();
    return last.hasMessage() ? last.version() : last.previousPublished();
  }

  /// What it was after all events with a time of `asOf` or earlier.
  public History<E> asOf(Instant asOf) {
    return new History<>(
        stream, events.stream().filter(event -> !event.time().isAfter(asOf)).toList());
  }

  /// What it was at this version.
  public History<E> upTo(int version) {
    return new History<>(
        stream, events.stream().filter(event -> event.version() <= version).toList());
  }

  public <S> S fold(Decider<?, S, E, ?> decider) {
    var state = decider.initialState();
    for (var stored : events) state = decider.evolve(state, stored.event());
    return state;
  }
}
