package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// One request of a buyer to have open units cancelled.
public record CancellationId(@JsonValue UUID value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public CancellationId {}

  /// Reads the text form; throws IllegalArgumentException for what is not a UUID.
  public static CancellationId of(String text) {
    return new CancellationId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
