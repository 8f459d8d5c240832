package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// Where an order goes; the address itself never leaves order-service.
public record AddressId(@JsonValue UUID value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public AddressId {}

  /// Reads the text form; throws IllegalArgumentException for what is not a UUID.
  public static AddressId of(String text) {
    return new AddressId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
