package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// Who ships an order and answers its cancellation requests.
public record SellerId(@JsonValue UUID value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SellerId {}

  /// Reads the text form; throws IllegalArgumentException for what is not a UUID.
  public static SellerId of(String text) {
    return new SellerId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
