package marketplace.eventsourcing.handling;

/// More is waiting than may wait: the caller shall come again in a moment.
public final class QueueFullException extends RuntimeException {
  QueueFullException(int max) {
    super(max + " commands are waiting already");
  }
}
