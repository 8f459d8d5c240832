package marketplace.order.view;

import java.time.Instant;
import java.util.List;
import marketplace.kernel.CouponId;
import marketplace.kernel.CouponIssuer;
import marketplace.kernel.ProductId;
import marketplace.kernel.SellerId;
import marketplace.order.domain.coupon.CouponWallet;
import org.jspecify.annotations.Nullable;

/// A coupon as its buyer sees it.
///
/// @param sellerId whose orders it is for; null for one of the platform
/// @param appliesToProductIds empty for all
public record CouponView(
    CouponId couponId,
    String code,
    CouponIssuer issuer,
    @Nullable SellerId sellerId,
    String currency,
    long discountMinor,
    long minSpendMinor,
    List<ProductId> appliesToProductIds,
    State state,
    Instant expiresAt) {

  public enum State {
    USABLE,
    USED,
    FORFEITED,
    EXPIRED
  }

  public static CouponView of(CouponWallet.Held held, Instant now) {
    var coupon = held.coupon();
    return new CouponView(
        coupon.couponId(),
        coupon.code(),
        coupon.issuer(),
        coupon.sellerId(),
        coupon.currency(),
        coupon.discountMinor(),
        coupon.minSpendMinor(),
        coupon.appliesTo(),
        switch (held.state()) {
          case USABLE -> coupon.hasExpired(now) ? State.EXPIRED : State.USABLE;
          case USED -> State.USED;
          case FORFEITED -> State.FORFEITED;
        },
        coupon.expiresAt());
  }
}
