package marketplace.dispute.domain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import marketplace.kernel.BuyerId;
import marketplace.kernel.LineId;
import marketplace.kernel.LineUnits;
import marketplace.kernel.OrderId;
import marketplace.kernel.PolicySet;
import marketplace.kernel.ReturnPolicy;
import marketplace.kernel.SellerId;
import marketplace.kernel.Units;

/// What was agreed when the order was placed; it never changes.
public record Sale(
    OrderId orderId,
    BuyerId buyerId,
    SellerId sellerId,
    String currency,
    List<Line> lines,
    long shippingFeeMinor,
    long totalMinor,
    boolean cashOnDelivery,
    Terms terms) {

  public Sale {
    lines = List.copyOf(lines);
  }

  /// @param paidMinor of all units of the line
  public record Line(LineId lineId, int quantity, long paidMinor, ReturnPolicy returnPolicy) {

    /// `floor(paid × units ÷ quantity)`, without the product that could overflow.
    long share(int units) {
      var perUnit = paidMinor / quantity;
      var rest = paidMinor % quantity;
      return perUnit * units + rest * units / quantity;
    }
  }

  /// What later decisions need of the policy set that is pinned to the order.
  public record Terms(
      Duration deliverWithin,
      Duration disputeSellerReplyWithin,
      Duration disputeNegotiateFor,
      Duration disputeEscalateFrom,
      Duration disputeRuleWithin,
      boolean disputeNeedsContact,
      boolean disputeAfterDecline,
      int maxDisputesPerOrder,
      Duration returnReviewWithin,
      boolean autoApproveFreeReturns,
      Duration returnShipWithin,
      Duration returnConfirmWithin) {
    public static Terms of(PolicySet policy) {
      return new Terms(
          policy.deliverWithin(),
          policy.disputeSellerReplyWithin(),
          policy.disputeNegotiateFor(),
          policy.disputeEscalateFrom(),
          policy.disputeRuleWithin(),
          policy.disputeNeedsContact(),
          policy.disputeAfterDecline(),
          policy.maxDisputesPerOrder(),
          policy.returnReviewWithin(),
          policy.autoApproveFreeReturns(),
          policy.returnShipWithin(),
          policy.returnConfirmWithin());
    }
  }

  public Units units() {
    return new Units(
        lines.stream().map(line -> new LineUnits(line.lineId(), line.quantity())).toList());
  }

  Optional<Line> line(LineId id) {
    return lines.stream().filter(line -> line.lineId().equals(id)).findFirst();
  }

  /// The same units, in the order of the lines.
  Units inLineOrder(Units units) {
    return new Units(
        lines.stream()
            .filter(line -> units.of(line.lineId()) > 0)
            .map(line -> new LineUnits(line.lineId(), units.of(line.lineId())))
            .toList());
  }

  /// What cancelling `units` is worth after `before` were cancelled: counted from the front of each
  /// line (domain, section 4.1).
  long valueFromFront(Units before, Units units) {
    var value = 0L;
    for (var line : lines) {
      var from = before.of(line.lineId());
      value += line.share(from + units.of(line.lineId())) - line.share(from);
    }
    return value;
  }

  /// What giving `units` back is worth after `before` were given back: counted from the end, so
  /// that it never meets the cancelled ones.
  long valueFromEnd(Units before, Units units) {
    var value = 0L;
    for (var line : lines) {
      var to = line.quantity() - before.of(line.lineId());
      value += line.share(to) - line.share(to - units.of(line.lineId()));
    }
    return value;
  }
}
