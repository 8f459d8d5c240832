package marketplace.kernel;

/// A number of units of one line, at least one.
public record LineUnits(LineId lineId, int quantity) {
  public LineUnits {
    if (quantity < 1) {
      throw new IllegalArgumentException("quantity must be >= 1, was " + quantity);
    }
  }
}
