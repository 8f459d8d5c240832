package marketplace.order.domain.coupon;

import marketplace.kernel.BuyerId;
import marketplace.kernel.CouponId;
import marketplace.kernel.CouponLoss;
import marketplace.kernel.OrderId;

/// All that can have happened to a buyer's coupons. Private: the world hears of them from orders.
public sealed interface CouponEvent {

  record CouponGranted(BuyerId buyerId, Coupon coupon) implements CouponEvent {}

  record CouponUsed(CouponId couponId, OrderId orderId) implements CouponEvent {}

  record CouponGivenBack(CouponId couponId, OrderId orderId) implements CouponEvent {}

  record CouponForfeited(CouponId couponId, OrderId orderId, CouponLoss why)
      implements CouponEvent {}
}
