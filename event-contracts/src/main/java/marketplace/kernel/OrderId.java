package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.util.UUID;

/// One order: one buyer, one seller, one currency.
public record OrderId(@JsonValue UUID value) {
  private static final BigInteger NUMBERS = BigInteger.TEN.pow(16);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OrderId {}

  /// Reads the text form; throws IllegalArgumentException for what is not a UUID.
  public static OrderId of(String text) {
    return new OrderId(UUID.fromString(text));
  }

  /// What people call the order: sixteen digits that follow from the id.
  public String number() {
    return "%016d".formatted(new BigInteger(value.toString().replace("-", ""), 16).mod(NUMBERS));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
