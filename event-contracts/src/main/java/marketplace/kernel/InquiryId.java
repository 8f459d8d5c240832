package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// A buyer asking where a refund is.
public record InquiryId(@JsonValue UUID value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public InquiryId {}

  /// Reads the text form; throws IllegalArgumentException for what is not a UUID.
  public static InquiryId of(String text) {
    return new InquiryId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
