package marketplace.eventsourcing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A stream as it was read, oldest event first.
public final class History<E> {
  private final StreamId stream;
  private final List<StoredEvent<E>> events;

  /// What those rules make of it that were asked last. Folding is pure, so once is enough; and a
  /// store that has read a stream goes on from there. Null until somebody asks.
  private @Nullable Folded<?, E> folded;

  private record Folded<S, E>(Decider<?, S, E, ?> decider, S state) {
    Folded<S, E> and(StoredEvent<E> next) {
      return new Folded<>(decider, decider.evolve(state, next.event()));
    }
  }

  public History(StreamId stream, List<StoredEvent<E>> events) {
    this(stream, List.copyOf(events), null);
  }

  private History(StreamId stream, List<StoredEvent<E>> events, @Nullable Folded<?, E> folded) {
    this.stream = stream;
    this.events = events;
    this.folded = folded;
  }

  public StreamId stream() {
    return stream;
  }

  public List<StoredEvent<E>> events() {
    return events;
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

  /// With what was appended to it.
  public History<E> and(StoredEvent<E> next) {
    List<StoredEvent<E>> longer = new ArrayList<>(events.size() + 1);
    longer.addAll(events);
    longer.add(next);
    var before = folded;
    return new History<>(stream, List.copyOf(longer), before == null ? null : before.and(next));
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

  @SuppressWarnings("unchecked") // one decider, one type of state
  public <S> S fold(Decider<?, S, E, ?> decider) {
    var known = folded;
    if (known != null && known.decider().equals(decider)) return (S) known.state();
    var state = decider.initialState();
    for (var stored : events) state = decider.evolve(state, stored.event());
    folded = new Folded<>(decider, state);
    return state;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof History<?> that
        && stream.equals(that.stream)
        && events.equals(that.events);
  }

  @Override
  public int hashCode() {
    return Objects.hash(stream, events);
  }

  @Override
  public String toString() {
    return stream + " " + events;
  }
}
