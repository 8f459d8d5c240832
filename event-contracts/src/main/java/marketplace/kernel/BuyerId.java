package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// Who places and pays an order.
public record BuyerId(@JsonValue UUID value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public BuyerId {}

  /// Reads the text form; throws IllegalArgumentException for what is not a UUID.
  public static BuyerId of(String text) {
    return new BuyerId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
