package marketplace.eventsourcing.store;

/// The database cannot be reached. Whether the last commit took place is not known.
public final class StoreUnavailableException extends RuntimeException {
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
