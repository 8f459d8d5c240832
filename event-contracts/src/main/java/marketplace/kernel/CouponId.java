package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// One coupon of one buyer.
public record CouponId(@JsonValue UUID value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public CouponId {}

  /// Reads the text form; throws IllegalArgumentException for what is not a UUID.
  public static CouponId of(String text) {
    return new CouponId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
