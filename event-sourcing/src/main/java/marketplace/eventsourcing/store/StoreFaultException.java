package marketplace.eventsourcing.store;

/// The database refuses something, and does not say whose it is.
public final class StoreFaultException extends RuntimeException {
  StoreFaultException(String message, Throwable cause) {
    super(message, cause);
  }
}
