package marketplace.order.domain.coupon;

/// All reasons to refuse.
public sealed interface CouponRejection {

  /// It would never be usable.
  record ExpiredAlready() implements CouponRejection {}

  /// Not granted, used for another order, or forfeited.
  record NotUsable() implements CouponRejection {}

  record Expired() implements CouponRejection {}
}
