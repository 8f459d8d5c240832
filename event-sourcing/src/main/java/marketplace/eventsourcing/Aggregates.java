package marketplace.eventsourcing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All kinds of streams of one service, with that of the facts it refuses.
public final class Aggregates {
  private final Map<String, Aggregate<?, ?, ?, ?>> byCategory = new HashMap<>();

  public Aggregates(List<Aggregate<?, ?, ?, ?>> aggregates) {
    add(RejectedFact.AGGREGATE);
    aggregates.forEach(this::add);
  }

  private void add(Aggregate<?, ?, ?, ?> aggregate) {
    if (byCategory.put(aggregate.category(), aggregate) != null) {
      throw new IllegalArgumentException("two aggregates named " + aggregate.category());
    }
  }

  /// @throws IllegalArgumentException for a stream that is none of this service's
  public Aggregate<?, ?, ?, ?> of(StreamId stream) {
    var aggregate = byCategory.get(stream.category());
    if (aggregate == null) throw new IllegalArgumentException("no aggregate for " + stream);
    return aggregate;
  }
}
