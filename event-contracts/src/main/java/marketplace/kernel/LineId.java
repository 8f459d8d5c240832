package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// One line of an order: one product, a unit price and a quantity.
public record LineId(@JsonValue UUID value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public LineId {}

  /// Reads the text form; throws IllegalArgumentException for what is not a UUID.
  public static LineId of(String text) {
    return new LineId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
