package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// One return.
public record ReturnId(@JsonValue UUID value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ReturnId {}

  /// Reads the text form; throws IllegalArgumentException for what is not a UUID.
  public static ReturnId of(String text) {
    return new ReturnId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
