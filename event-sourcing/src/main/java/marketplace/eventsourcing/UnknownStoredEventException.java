package marketplace.eventsourcing;

/// A stored name that this build does not know: it was written by a newer one. The relay stops on
/// it and leaves its slot to a newer instance; it is never skipped.
public final class UnknownStoredEventException extends RuntimeException {
  public UnknownStoredEventException(String name) {
    super("stored event " + name + " is not known to this build");
  }
}
