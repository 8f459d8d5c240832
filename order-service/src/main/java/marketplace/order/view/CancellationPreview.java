package marketplace.order.view;

import marketplace.kernel.PaymentMethod;
import marketplace.kernel.RefundChannel;
import marketplace.kernel.Units;
import marketplace.order.domain.Funds;
import marketplace.order.domain.Order;
import org.jspecify.annotations.Nullable;

/// What cancelling would bring back, and how.
///
/// @param coupon null: orders are placed without one
public record CancellationPreview(
    long refundMinor,
    long shippingFeePartMinor,
    String currency,
    RefundChannel channel,
    BusinessDays settlesBusinessDays,
    @Nullable Object coupon) {

  public record BusinessDays(int min, int typical, int max) {}

  /// A refund goes the way the money came.
  public static CancellationPreview of(Order.Placed order, Units units) {
    var worth = order.worthOf(units);
    PaymentMethod method =
        order.funds().captured().map(Funds.Payment::method).orElse(order.terms().paymentMethod());
    return new CancellationPreview(
        worth.fullMinor(),
        worth.shippingFeeMinor(),
        order.terms().currency(),
        method.channel(),
        new BusinessDays(method.settlesMin(), method.settlesTypical(), method.settlesMax()),
        null);
  }
}
