package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// One economic outcome of a cancellation; causes at most one refund.
public record SettlementId(@JsonValue UUID value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SettlementId {}

  /// Reads the text form; throws IllegalArgumentException for what is not a UUID.
  public static SettlementId of(String text) {
    return new SettlementId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
