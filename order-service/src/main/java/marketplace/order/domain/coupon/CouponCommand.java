package marketplace.order.domain.coupon;

import marketplace.kernel.BuyerId;
import marketplace.kernel.CouponId;
import marketplace.kernel.CouponLoss;
import marketplace.kernel.OrderId;

/// All that can be asked of a buyer's coupons.
public sealed interface CouponCommand {

  record GrantCoupon(BuyerId buyerId, Coupon coupon) implements CouponCommand {}

  record UseCoupon(CouponId couponId, OrderId orderId) implements CouponCommand {}

  /// Never refused: the order has decided.
  record GiveBackCoupon(CouponId couponId, OrderId orderId) implements CouponCommand {}

  /// Never refused: the order has decided.
  record ForfeitCoupon(CouponId couponId, OrderId orderId, CouponLoss why)
      implements CouponCommand {}
}
