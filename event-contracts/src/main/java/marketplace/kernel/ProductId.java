package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// What a seller offers.
public record ProductId(@JsonValue UUID value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ProductId {}

  /// Reads the text form; throws IllegalArgumentException for what is not a UUID.
  public static ProductId of(String text) {
    return new ProductId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
