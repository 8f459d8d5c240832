package marketplace.eventsourcing.time;

/// Nobody has told yet what time it is, so nothing can be decided: ask again.
public final class UnknownTimeException extends IllegalStateException {
  public UnknownTimeException() {
    super("no clock record was read yet");
  }
}
