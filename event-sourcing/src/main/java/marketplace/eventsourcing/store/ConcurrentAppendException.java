package marketplace.eventsourcing.store;

import java.util.Set;

/// Somebody else came first. Nothing of the batch is stored.
public final class ConcurrentAppendException extends RuntimeException {
  private final transient Set<Object> lost;

  public ConcurrentAppendException(Set<?> lost) {
    super("written by another meanwhile: " + lost);
    this.lost = Set.copyOf(lost);
  }

  /// Own streams (`StreamId`), foreign ones (by name), ids of facts (`UUID`), `AnswerSlot`s.
  public Set<Object> lost() {
    return lost;
  }
}
