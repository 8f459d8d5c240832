package marketplace.seller.domain.fulfilment;

import marketplace.kernel.Units;

/// What became of the ordered units: each is open, shipped or cancelled, and never two of them.
public record Counts(Units ordered, Units shipped, Units cancelled) {

  static Counts allOpen(Units ordered) {
    return new Counts(ordered, Units.NONE, Units.NONE);
  }

  public Units open() {
    return ordered.minus(shipped).minus(cancelled);
  }

  Counts ship(Units units) {
    return new Counts(ordered, shipped.plus(units), cancelled);
  }

  Counts cancel(Units units) {
    return new Counts(ordered, shipped, cancelled.plus(units));
  }

  /// Does every line named belong to this order?
  boolean knows(Units units) {
    return units.lines().stream().allMatch(line -> ordered.of(line.lineId()) > 0);
  }
}
