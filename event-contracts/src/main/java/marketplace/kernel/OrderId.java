package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// One order: one buyer, one seller, one currency.
public record OrderId(@JsonValue UUID value) {
  private static final int DIGITS = 16;
  private static final long NUMBERS = 10_000_000_000_000_000L;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OrderId {}

  /// Reads the text form; throws IllegalArgumentException for what is not a UUID.
  public static OrderId of(String text) {
    return new OrderId(UUID.fromString(text));
  }

  /// What people call the order: sixteen digits that follow from the id.
  public String number() {
    var high = remainder(0, value.getMostSignificantBits());
    var digits = Long.toString(remainder(high, value.getLeastSignificantBits()));
    return "0".repeat(DIGITS - digits.length()) + digits;
  }

  /// Of the number that begins with `before` and goes on with these bits.
  private static long remainder(long before, long bits) {
    var remainder = before;
    for (var shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      remainder = ((remainder << Byte.SIZE) | ((bits >>> shift) & 0xFF)) % NUMBERS;
    }
    return remainder;
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
