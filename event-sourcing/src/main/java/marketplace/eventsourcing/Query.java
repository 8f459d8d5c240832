package marketplace.eventsourcing;

import java.time.Instant;
import java.util.function.Function;

/// A look at one stream, now or as it was.
public record Query<S, E>(
    StreamId stream, Aggregate<?, S, E, ?> aggregate, Function<Snapshot<S, E>, Answer> answer)
    implements Prepared {

  /// @param history the events that made the state, empty for an unknown stream
  /// @param now simulated; for a look back, the instant that was asked for
  public record Snapshot<S, E>(History<E> history, S state, Instant now) {}
}
