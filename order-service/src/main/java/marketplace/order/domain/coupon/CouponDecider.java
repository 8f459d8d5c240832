package marketplace.order.domain.coupon;

import static marketplace.eventsourcing.Decision.accept;
import static marketplace.eventsourcing.Decision.alreadySo;
import static marketplace.eventsourcing.Decision.reject;

import java.time.Instant;
import java.util.Optional;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.Decider;
import marketplace.eventsourcing.Decision;
import marketplace.kernel.CouponId;
import marketplace.kernel.OrderId;
import marketplace.order.domain.coupon.CouponCommand.ForfeitCoupon;
import marketplace.order.domain.coupon.CouponCommand.GiveBackCoupon;
import marketplace.order.domain.coupon.CouponCommand.GrantCoupon;
import marketplace.order.domain.coupon.CouponCommand.UseCoupon;
import marketplace.order.domain.coupon.CouponEvent.CouponForfeited;
import marketplace.order.domain.coupon.CouponEvent.CouponGivenBack;
import marketplace.order.domain.coupon.CouponEvent.CouponGranted;
import marketplace.order.domain.coupon.CouponEvent.CouponUsed;
import marketplace.order.domain.coupon.CouponRejection.Expired;
import marketplace.order.domain.coupon.CouponRejection.ExpiredAlready;
import marketplace.order.domain.coupon.CouponRejection.NotUsable;
import marketplace.order.domain.coupon.CouponWallet.Held;
import marketplace.order.domain.coupon.CouponWallet.State;

/// Whether a coupon can be used: once, until it is given back (domain, section 4.6).
public final class CouponDecider
    implements Decider<CouponCommand, CouponWallet, CouponEvent, CouponRejection> {

  @Override
  public CouponWallet initialState() {
    return CouponWallet.EMPTY;
  }

  @Override
  public Decision<CouponEvent, CouponRejection> decide(
      CouponCommand command, CouponWallet wallet, Instant at) {
    return switch (command) {
      case GrantCoupon c when wallet.find(c.coupon().couponId()).isPresent() -> alreadySo();
      case GrantCoupon c when c.coupon().hasExpired(at) -> reject(new ExpiredAlready());
      case GrantCoupon c -> accept(new CouponGranted(c.buyerId(), c.coupon()));
      case UseCoupon c -> use(c, wallet, at);
      case GiveBackCoupon c ->
          isUsed(wallet, c.couponId(), c.orderId())
              ? accept(new CouponGivenBack(c.couponId(), c.orderId()))
              : alreadySo();
      case ForfeitCoupon c ->
          isUsed(wallet, c.couponId(), c.orderId())
              ? accept(new CouponForfeited(c.couponId(), c.orderId(), c.why()))
              : alreadySo();
    };
  }

  private static Decision<CouponEvent, CouponRejection> use(
      UseCoupon c, CouponWallet wallet, Instant at) {
    var held = wallet.find(c.couponId());
    if (held.isEmpty()) return reject(new NotUsable());
    if (held.get().isUsedFor(c.orderId())) return alreadySo();
    if (held.get().state() != State.USABLE) return reject(new NotUsable());
    if (held.get().coupon().hasExpired(at)) return reject(new Expired());
    return accept(new CouponUsed(c.couponId(), c.orderId()));
  }

  private static boolean isUsed(CouponWallet wallet, CouponId couponId, OrderId by) {
    return wallet.find(couponId).filter(held -> held.isUsedFor(by)).isPresent();
  }

  /// Nothing happens when a coupon expires: whoever looks sees it.
  @Override
  public Optional<Deadline<CouponCommand>> nextDeadline(CouponWallet wallet) {
    return Optional.empty();
  }

  @Override
  public CouponWallet evolve(CouponWallet wallet, CouponEvent event) {
    return switch (event) {
      case CouponGranted e -> wallet.with(new Held(e.coupon(), State.USABLE, null));
      case CouponUsed e -> wallet.change(e.couponId(), State.USED, e.orderId());
      case CouponGivenBack e -> wallet.change(e.couponId(), State.USABLE, e.orderId());
      case CouponForfeited e -> wallet.change(e.couponId(), State.FORFEITED, e.orderId());
    };
  }
}
