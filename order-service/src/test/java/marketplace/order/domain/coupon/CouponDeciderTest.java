package marketplace.order.domain.coupon;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import marketplace.kernel.BuyerId;
import marketplace.kernel.CouponId;
import marketplace.kernel.CouponIssuer;
import marketplace.kernel.CouponLoss;
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
import marketplace.testkit.DeciderFixture;
import org.junit.jupiter.api.Test;

class CouponDeciderTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00.000Z");
  private static final Instant EXPIRES = NOW.plus(Duration.ofDays(30));
  private static final BuyerId ANA = new BuyerId(new UUID(0, 1));
  private static final CouponId COUPON = new CouponId(new UUID(0, 2));
  private static final OrderId ORDER = new OrderId(new UUID(0, 3));
  private static final OrderId ANOTHER = new OrderId(new UUID(0, 4));
  private static final CouponGranted GRANTED = new CouponGranted(ANA, coupon());
  private static final CouponUsed USED = new CouponUsed(COUPON, ORDER);

  private final DeciderFixture<CouponCommand, CouponWallet, CouponEvent, CouponRejection> wallet =
      DeciderFixture.of(new CouponDecider());

  @Test
  void is_granted_once_and_while_it_can_be_used() {
    wallet.given().when(new GrantCoupon(ANA, coupon()), NOW).thenEmits(GRANTED);
    wallet.given(GRANTED).when(new GrantCoupon(ANA, coupon()), NOW).thenNothing();
    wallet.given().when(new GrantCoupon(ANA, coupon()), EXPIRES).thenRefuses(new ExpiredAlready());
  }

  @Test
  void is_used_for_one_order() {
    var use = new UseCoupon(COUPON, ORDER);
    wallet.given().when(use, NOW).thenRefuses(new NotUsable());
    wallet.given(GRANTED).when(use, EXPIRES.minusMillis(1)).thenEmits(USED);
    wallet.given(GRANTED).when(use, EXPIRES).thenRefuses(new Expired());
    wallet.given(GRANTED, USED).when(use, NOW).thenNothing();
    wallet
        .given(GRANTED, USED)
        .when(new UseCoupon(COUPON, ANOTHER), NOW)
        .thenRefuses(new NotUsable());
  }

  @Test
  void may_be_used_again_when_the_order_gives_it_back() {
    var back = new CouponGivenBack(COUPON, ORDER);
    wallet.given(GRANTED, USED).when(new GiveBackCoupon(COUPON, ORDER), NOW).thenEmits(back);
    wallet
        .given(GRANTED, USED, back)
        .when(new UseCoupon(COUPON, ANOTHER), NOW)
        .thenEmits(new CouponUsed(COUPON, ANOTHER));
  }

  @Test
  void is_gone_when_the_order_forfeits_it() {
    var lost = new CouponForfeited(COUPON, ORDER, CouponLoss.PARTLY_USED);
    wallet
        .given(GRANTED, USED)
        .when(new ForfeitCoupon(COUPON, ORDER, CouponLoss.PARTLY_USED), NOW)
        .thenEmits(lost);
    wallet
        .given(GRANTED, USED, lost)
        .when(new UseCoupon(COUPON, ANOTHER), NOW)
        .thenRefuses(new NotUsable());
  }

  @Test
  void is_given_back_and_forfeited_by_the_order_that_used_it_only_and_once() {
    wallet.given(GRANTED).when(new GiveBackCoupon(COUPON, ORDER), NOW).thenNothing();
    wallet.given(GRANTED, USED).when(new GiveBackCoupon(COUPON, ANOTHER), NOW).thenNothing();
    wallet
        .given(GRANTED, USED, new CouponGivenBack(COUPON, ORDER))
        .when(new ForfeitCoupon(COUPON, ORDER, CouponLoss.EXPIRED), NOW)
        .thenNothing();
  }

  private static Coupon coupon() {
    return new Coupon(
        COUPON, "NEW5", CouponIssuer.PLATFORM, null, "USD", 500, 0, List.of(), EXPIRES);
  }
}
