package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// One dispute.
public record DisputeId(@JsonValue UUID value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public DisputeId {}

  /// Reads the text form; throws IllegalArgumentException for what is not a UUID.
  public static DisputeId of(String text) {
    return new DisputeId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
