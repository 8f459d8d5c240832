package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// One refund; follows from what caused it.
public record RefundId(@JsonValue UUID value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RefundId {}

  /// Reads the text form; throws IllegalArgumentException for what is not a UUID.
  public static RefundId of(String text) {
    return new RefundId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
