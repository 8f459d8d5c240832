package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// One piece of evidence.
public record EvidenceId(@JsonValue UUID value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public EvidenceId {}

  /// Reads the text form; throws IllegalArgumentException for what is not a UUID.
  public static EvidenceId of(String text) {
    return new EvidenceId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
