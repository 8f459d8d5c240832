package marketplace.order.domain;

import java.util.List;
import marketplace.kernel.Units;

/// What units are worth (domain, section 4.1). Cancellations count from the front of a line, so the
/// value of all its units always adds up to what was paid for it.
final class Amounts {
  private Amounts() {}

  /// What taking `units` away is worth, after `before` have been taken away already.
  static long valueOf(List<OrderEvent.Line> lines, Units before, Units units) {
    var value = 0L;
    for (var line : lines) {
      var from = before.of(line.lineId());
      value += share(line, from + units.of(line.lineId())) - share(line, from);
    }
    return value;
  }

  /// `floor(paid × units ÷ quantity)`, without the product that could overflow.
  static long share(OrderEvent.Line line, int units) {
    var perUnit = line.paidMinor() / line.quantity();
    var rest = line.paidMinor() % line.quantity();
    return perUnit * units + rest * units / line.quantity();
  }
}
