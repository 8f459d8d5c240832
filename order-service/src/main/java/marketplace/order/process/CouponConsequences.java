package marketplace.order.process;

import java.util.List;
import marketplace.eventsourcing.Consequences;
import marketplace.eventsourcing.Reaction.Step;
import marketplace.eventsourcing.StreamId;
import marketplace.kernel.BuyerId;
import marketplace.order.domain.OrderEvent;
import marketplace.order.domain.OrderEvent.CouponForfeited;
import marketplace.order.domain.OrderEvent.CouponRestored;
import marketplace.order.domain.OrderEvent.OrderPlaced;
import marketplace.order.domain.OrderRejection;
import marketplace.order.domain.coupon.CouponCommand;
import marketplace.order.domain.coupon.CouponCommand.ForfeitCoupon;
import marketplace.order.domain.coupon.CouponCommand.GiveBackCoupon;
import marketplace.order.domain.coupon.CouponCommand.UseCoupon;

/// What an order asks of its buyer's coupons: both are stored together, or neither is (domain,
/// section 2).
public final class CouponConsequences implements Consequences<OrderEvent, OrderRejection> {
  public static final String COUPONS = "coupons";

  @Override
  public List<Step> of(OrderEvent event) {
    return switch (event) {
      case OrderPlaced e -> use(e);
      case CouponRestored e -> tell(e.buyerId(), new GiveBackCoupon(e.couponId(), e.orderId()));
      case CouponForfeited e ->
          tell(e.buyerId(), new ForfeitCoupon(e.couponId(), e.orderId(), e.why()));
      default -> List.of();
    };
  }

  private static List<Step> use(OrderPlaced placed) {
    var coupon = placed.coupon();
    if (coupon == null) return List.of();
    return tell(placed.buyerId(), new UseCoupon(coupon.couponId(), placed.orderId()));
  }

  private static List<Step> tell(BuyerId buyerId, CouponCommand command) {
    return List.of(new Step(stream(buyerId), command, false));
  }

  public static StreamId stream(BuyerId buyerId) {
    return new StreamId(COUPONS, buyerId.value());
  }

  @Override
  public OrderRejection inOwnWords(Object refusal) {
    return new OrderRejection.CouponNotUsable();
  }
}
