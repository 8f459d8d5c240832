package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// One parcel.
public record ShipmentId(@JsonValue UUID value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ShipmentId {}

  /// Reads the text form; throws IllegalArgumentException for what is not a UUID.
  public static ShipmentId of(String text) {
    return new ShipmentId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
