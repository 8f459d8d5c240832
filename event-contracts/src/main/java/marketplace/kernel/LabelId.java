package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// One label for a parcel that goes back to its seller.
public record LabelId(@JsonValue UUID value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public LabelId {}

  /// Reads the text form; throws IllegalArgumentException for what is not a UUID.
  public static LabelId of(String text) {
    return new LabelId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
