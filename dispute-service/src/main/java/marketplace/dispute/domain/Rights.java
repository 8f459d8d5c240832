package marketplace.dispute.domain;

import java.time.Instant;
import java.util.Optional;
import marketplace.dispute.domain.AfterSale.Closed;
import marketplace.dispute.domain.AfterSale.NoSale;
import marketplace.dispute.domain.AfterSale.Open;
import marketplace.dispute.domain.AfterSale.Opened;
import marketplace.dispute.domain.AfterSale.Overdue;
import marketplace.dispute.domain.AfterSaleRejection.CaseOpen;
import marketplace.dispute.domain.AfterSaleRejection.ContactSellerFirst;
import marketplace.dispute.domain.AfterSaleRejection.NoDeclinedRequest;
import marketplace.dispute.domain.AfterSaleRejection.ReturnNotAvailable;
import marketplace.dispute.domain.AfterSaleRejection.TooEarly;
import marketplace.dispute.domain.AfterSaleRejection.TooManyDisputes;
import marketplace.dispute.domain.AfterSaleRejection.UnitsNotDelivered;
import marketplace.dispute.domain.AfterSaleRejection.WindowClosed;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.LineUnits;
import marketplace.kernel.ReturnPolicy;
import marketplace.kernel.ReturnReason;
import marketplace.kernel.Units;

/// What a buyer may dispute or return, and why not (domain, sections 8.4 and 8.5). The guards stand
/// in the order in which the domain names the codes: the first one that applies is told.
public final class Rights {
  private Rights() {}

  public static Optional<AfterSaleRejection> whyNoDispute(
      Opened o, DisputeReason reason, Units units, Instant now) {
    var terms = o.sale().terms();
    return whyNoCase(o)
        .or(() ->
            when(
                o.disputes().size() >= terms.maxDisputesPerOrder(),
                new TooManyDisputes(terms.maxDisputesPerOrder())))
        .or(() ->
            when(terms.disputeNeedsContact() && !o.file().contacted(), new ContactSellerFirst()))
        .or(() -> whyNotThese(o, reason, units, now));
  }

  private static Optional<AfterSaleRejection> whyNotThese(
      Opened o, DisputeReason reason, Units units, Instant now) {
    return switch (reason) {
      case NOT_RECEIVED ->
          o.goods().missing(now).covers(units)
              ? Optional.empty()
              : o.goods()
                  .missingFrom(units)
                  .<AfterSaleRejection>map(TooEarly::new)
                  .or(() -> Optional.of(new UnitsNotDelivered()));
      case DAMAGED, NOT_AS_DESCRIBED, INCOMPLETE, WRONG_ITEM ->
          when(!o.goods().delivered().covers(units), new UnitsNotDelivered());
      case CANCELLATION_REFUSED ->
          when(!o.goods().open().covers(units), new UnitsNotDelivered())
              .or(() ->
                  when(
                      !o.sale().terms().disputeAfterDecline() || !o.file().requestRefused(),
                      new NoDeclinedRequest()));
    };
  }

  /// The most that a dispute about these units can be about.
  public static long maxClaimMinor(Opened o, DisputeReason reason, Units units) {
    var sale = o.sale();
    var goods = o.goods();
    if (reason == DisputeReason.CANCELLATION_REFUSED) {
      var whole = goods.cancelled().plus(units).covers(goods.ordered());
      return sale.valueFromFront(goods.cancelled(), units) + (whole ? sale.shippingFeeMinor() : 0);
    }
    return Math.min(valueMinor(o, units, true), o.file().refundableMinor());
  }

  /// Which units a dispute for this reason could be about, at most.
  public static Units disputable(Opened o, DisputeReason reason, Instant now) {
    var goods = o.goods();
    return switch (reason) {
      case NOT_RECEIVED -> {
        var missing = goods.missing(now);
        // None yet: then it is too early, which has to be said of something.
        yield missing.isEmpty() ? goods.shipped().minus(goods.givenBack()) : missing;
      }
      case DAMAGED, NOT_AS_DESCRIBED, INCOMPLETE, WRONG_ITEM -> goods.delivered();
      case CANCELLATION_REFUSED -> goods.open();
    };
  }

  public static Optional<AfterSaleRejection> whyNoReturn(
      Opened o, ReturnReason reason, Units units) {
    var agreed = o.file().agreed().minus(o.goods().returned());
    var available =
        reason.sellersFault()
            || units.lines().stream()
                .allMatch(line ->
                    policyOf(o, line) != ReturnPolicy.NONE
                        || agreed.of(line.lineId()) >= line.quantity());
    return when(!available, new ReturnNotAvailable())
        .or(() -> whyNoCase(o))
        .or(() -> when(!o.goods().delivered().covers(units), new UnitsNotDelivered()));
  }

  /// The first return of an order is free where the seller has said so of all its lines.
  public static boolean isFree(Opened o, Units units) {
    return o.returns().stream().noneMatch(earlier -> earlier.requested().free())
        && units.lines().stream().allMatch(line -> policyOf(o, line) == ReturnPolicy.FREE);
  }

  /// A change of mind never brings the shipping fee back (domain, section 4.1).
  static long refundIfAcceptedMinor(Opened o, ReturnReason reason, Units units) {
    return valueMinor(o, units, reason.sellersFault());
  }

  private static long valueMinor(Opened o, Units units, boolean withShippingFee) {
    var value = o.sale().valueFromEnd(o.goods().givenBack(), units);
    return withShippingFee && o.goods().isAllLeft(units)
        ? value + o.sale().shippingFeeMinor()
        : value;
  }

  private static ReturnPolicy policyOf(Opened o, LineUnits units) {
    return o.sale().line(units.lineId()).map(Sale.Line::returnPolicy).orElse(ReturnPolicy.NONE);
  }

  private static Optional<AfterSaleRejection> whyNoCase(Opened o) {
    return whyWindowClosed(o).or(() -> when(o.caseOpen(), new CaseOpen()));
  }

  private static Optional<AfterSaleRejection> whyWindowClosed(Opened o) {
    return switch (o.window()) {
      case Open _ -> Optional.empty();
      case Overdue(var until) -> Optional.of(new WindowClosed(until));
      case Closed closed -> Optional.of(new WindowClosed(closed.until()));
      case NoSale() -> Optional.of(new WindowClosed(null));
    };
  }

  private static Optional<AfterSaleRejection> when(boolean applies, AfterSaleRejection reason) {
    return applies ? Optional.of(reason) : Optional.empty();
  }
}
