package marketplace.edge;

import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.handling.QueueFullException;
import marketplace.eventsourcing.store.ConcurrentAppendException;
import marketplace.eventsourcing.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/// Troubles that pass: nothing was decided, and the caller may ask again.
final class Faults {
  private Faults() {}

  /// Null for a fault that is not known to pass.
  static @Nullable Problem problemOf(Throwable e) {
    return switch (e) {
      case QueueFullException _ ->
          Problem.of(503, "NOT_READY", "too many commands are waiting; try again", null);
      case StoreUnavailableException _ ->
          Problem.of(503, "NOT_READY", "the store is not available; try again", null);
      case ConcurrentAppendException _ ->
          Problem.of(409, "CONFLICT_RETRY", "somebody else was faster each time; try again", null);
      default -> null;
    };
  }
}
