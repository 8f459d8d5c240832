package marketplace.order.domain.coupon;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import marketplace.kernel.CouponId;
import marketplace.kernel.OrderId;
import org.jspecify.annotations.Nullable;

/// The coupons of one buyer, in the order in which they were granted.
public record CouponWallet(Map<CouponId, Held> held) {
  static final CouponWallet EMPTY = new CouponWallet(Map.of());

  /// @param usedFor the last order that it was used for; null where there was none
  public record Held(Coupon coupon, State state, @Nullable OrderId usedFor) {
    boolean isUsedFor(OrderId orderId) {
      return state == State.USED && orderId.equals(usedFor);
    }
  }

  public enum State {
    USABLE,
    USED,
    FORFEITED
  }

  public Optional<Held> find(CouponId couponId) {
    return Optional.ofNullable(held.get(couponId));
  }

  CouponWallet with(Held next) {
    var all = new LinkedHashMap<>(held);
    all.put(next.coupon().couponId(), next);
    return new CouponWallet(all);
  }

  CouponWallet change(CouponId couponId, State state, OrderId orderId) {
    return find(couponId).map(known -> with(new Held(known.coupon(), state, orderId))).orElse(this);
  }
}
