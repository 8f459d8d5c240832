package marketplace.eventsourcing.store;

import java.util.Set;

/// Somebody else came first. Nothing of the batch is stored.
public final class ConcurrentAppendException extends RuntimeException {
  private final transient Set<String> lost;

  public ConcurrentAppendException(Set<String> lost) {
    super("written by another meanwhile: " + lost);
    this.lost = Set.copyOf(lost);
  }

  /// The names of own streams, foreign streams, facts or keys that were lost.
  public Set<String> lost() {
    return lost;
  }
}
