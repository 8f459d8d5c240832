package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// One offer inside a request or a dispute.
public record OfferId(@JsonValue UUID value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OfferId {}

  /// Reads the text form; throws IllegalArgumentException for what is not a UUID.
  public static OfferId of(String text) {
    return new OfferId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
