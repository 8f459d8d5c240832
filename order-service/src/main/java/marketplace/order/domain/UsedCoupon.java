package marketplace.order.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import marketplace.kernel.CouponId;
import marketplace.kernel.CouponIssuer;
import marketplace.kernel.CouponLoss;
import marketplace.kernel.LineId;
import marketplace.order.domain.Order.Placed;
import marketplace.order.domain.OrderEvent.CouponForfeited;
import marketplace.order.domain.OrderEvent.CouponRestored;

/// The coupon that an order was placed with, and what becomes of it (domain, section 4.6).
public record UsedCoupon(
    CouponId couponId,
    String code,
    CouponIssuer issuer,
    List<LineId> appliesToLineIds,
    Instant expiresAt) {
  public UsedCoupon {
    appliesToLineIds = List.copyOf(appliesToLineIds);
  }

  public enum State {
    USED,
    RESTORED,
    FORFEITED
  }

  /// Why it would not be given back at this instant; empty where it would.
  public Optional<CouponLoss> loss(Instant at) {
    if (issuer == CouponIssuer.SELLER) return Optional.of(CouponLoss.SELLER_COUPON);
    return at.isBefore(expiresAt) ? Optional.empty() : Optional.of(CouponLoss.EXPIRED);
  }

  /// The events, and what they mean for the coupon: it comes back with the last unit that it
  /// covers, and is lost where the order ends with only some of them given back. Once for each
  /// order (C1).
  static List<OrderEvent> settle(Placed before, List<OrderEvent> events, Instant at) {
    var coupon = before.terms().coupon();
    if (coupon == null || before.couponState() != State.USED) return events;
    var after = before;
    for (var event : events) after = OrderDecider.evolve(after, event);
    var end = coupon.end(after, at);
    if (end.isEmpty()) return events;
    var all = new ArrayList<>(events);
    all.add(end.get());
    return all;
  }

  private Optional<OrderEvent> end(Placed order, Instant at) {
    var orderId = order.terms().orderId();
    var buyerId = order.terms().buyerId();
    if (order.givenBack(this, order.goods().cancelled())) {
      return Optional.of(
          loss(at)
              .<OrderEvent>map(why -> new CouponForfeited(orderId, couponId, buyerId, why, at))
              .orElseGet(() -> new CouponRestored(orderId, couponId, buyerId, expiresAt, at)));
    }
    return order.ending().completed() && order.partlyGivenBack(this)
        ? Optional.of(new CouponForfeited(orderId, couponId, buyerId, CouponLoss.PARTLY_USED, at))
        : Optional.empty();
  }
}
