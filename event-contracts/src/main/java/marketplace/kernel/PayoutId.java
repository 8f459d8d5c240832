package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// One payment to a seller.
public record PayoutId(@JsonValue UUID value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PayoutId {}

  /// Reads the text form; throws IllegalArgumentException for what is not a UUID.
  public static PayoutId of(String text) {
    return new PayoutId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
