package marketplace.contracts;

import org.jspecify.annotations.Nullable;

/// A record on a topic that is no message of its family. Its message says what is wrong.
public final class UnreadableMessageException extends RuntimeException {
  public UnreadableMessageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
