package marketplace.eventsourcing.store;

import org.jspecify.annotations.Nullable;

/// The database cannot be reached. Whether the last commit took place is not known.
public final class StoreUnavailableException extends RuntimeException {
  public StoreUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
