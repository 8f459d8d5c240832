package marketplace.eventsourcing.handling;

/// Another stream of the service refuses what an event would ask of it.
@SuppressWarnings("serial") // it never leaves the batch
final class RefusedElsewhere extends RuntimeException {
  private final Object reason;

  RefusedElsewhere(Object reason) {
    super(reason.toString(), null, false, false);
    this.reason = reason;
  }

  Object reason() {
    return reason;
  }
}
