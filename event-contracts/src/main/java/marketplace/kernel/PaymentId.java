package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// One attempt of a buyer to pay.
public record PaymentId(@JsonValue UUID value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PaymentId {}

  /// Reads the text form; throws IllegalArgumentException for what is not a UUID.
  public static PaymentId of(String text) {
    return new PaymentId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
