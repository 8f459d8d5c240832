package marketplace.order.view;

import java.time.Instant;
import marketplace.kernel.CouponLoss;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.RefundChannel;
import marketplace.kernel.Units;
import marketplace.order.domain.Funds;
import marketplace.order.domain.Order;
import marketplace.order.domain.UsedCoupon;
import org.jspecify.annotations.Nullable;

/// What cancelling would bring back, and how.
///
/// @param coupon null where none was used, or it has come to an end before
public record CancellationPreview(
    long refundMinor,
    long shippingFeePartMinor,
    String currency,
    RefundChannel channel,
    BusinessDays settlesBusinessDays,
    @Nullable Coupon coupon) {

  public record BusinessDays(int min, int typical, int max) {}

  /// @param why null unless it would be forfeited
  public record Coupon(Outcome outcome, @Nullable CouponLoss why) {
    public enum Outcome {
      KEPT,
      RESTORED,
      FORFEITED
    }
  }

  /// A refund goes the way the money came.
  public static CancellationPreview of(Order.Placed order, Units units, Instant now) {
    var worth = order.worthOf(units);
    PaymentMethod method =
        order.funds().captured().map(Funds.Payment::method).orElse(order.terms().paymentMethod());
    return new CancellationPreview(
        worth.fullMinor(),
        worth.shippingFeeMinor(),
        order.terms().currency(),
        method.channel(),
        new BusinessDays(method.settlesMin(), method.settlesTypical(), method.settlesMax()),
        coupon(order, units, now));
  }

  /// It stays with the order until all that it covers has gone back.
  private static @Nullable Coupon coupon(Order.Placed order, Units units, Instant now) {
    var used = order.terms().coupon();
    if (used == null || order.couponState() != UsedCoupon.State.USED) return null;
    if (!order.givenBack(used, order.goods().cancelled().plus(units))) {
      return new Coupon(Coupon.Outcome.KEPT, null);
    }
    return used.loss(now)
        .map(why -> new Coupon(Coupon.Outcome.FORFEITED, why))
        .orElseGet(() -> new Coupon(Coupon.Outcome.RESTORED, null));
  }
}
