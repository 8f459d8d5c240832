package marketplace.kernel;

import java.util.Objects;

/// A number of units of one line, at least one.
public record LineUnits(LineId lineId, int quantity) {
  public LineUnits {
    Objects.requireNonNull(lineId, "lineId");
    if (quantity < 1) {
      throw new IllegalArgumentException("quantity must be >= 1, was " + quantity);
    }
  }
}
