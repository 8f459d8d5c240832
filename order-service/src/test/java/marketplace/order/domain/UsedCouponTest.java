package marketplace.order.domain;

import static marketplace.order.domain.OrderFixtures.ALL;
import static marketplace.order.domain.OrderFixtures.ANA;
import static marketplace.order.domain.OrderFixtures.AUTHORIZED;
import static marketplace.order.domain.OrderFixtures.CABLE;
import static marketplace.order.domain.OrderFixtures.CABLES;
import static marketplace.order.domain.OrderFixtures.LIN;
import static marketplace.order.domain.OrderFixtures.MONDAY;
import static marketplace.order.domain.OrderFixtures.MUGS;
import static marketplace.order.domain.OrderFixtures.ONE_CABLE;
import static marketplace.order.domain.OrderFixtures.ORDER;
import static marketplace.order.domain.OrderFixtures.PARCEL;
import static marketplace.order.domain.OrderFixtures.PAYMENT;
import static marketplace.order.domain.OrderFixtures.PLACED;
import static marketplace.order.domain.OrderFixtures.READY;
import static marketplace.order.domain.OrderFixtures.REST;
import static marketplace.order.domain.OrderFixtures.after;
import static marketplace.order.domain.OrderFixtures.dispatched;
import static marketplace.order.domain.OrderFixtures.id;
import static marketplace.order.domain.OrderFixtures.note;
import static marketplace.order.domain.OrderFixtures.noted;
import static marketplace.order.domain.OrderFixtures.place;
import static marketplace.order.domain.OrderFixtures.request;
import static marketplace.order.domain.OrderFixtures.sellerCancels;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import marketplace.eventsourcing.Decision;
import marketplace.kernel.CaseType;
import marketplace.kernel.CouponId;
import marketplace.kernel.CouponIssuer;
import marketplace.kernel.CouponLoss;
import marketplace.kernel.LineId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.ProductId;
import marketplace.kernel.SellerId;
import marketplace.kernel.Units;
import marketplace.order.domain.OrderCommand.PlaceOrder;
import marketplace.order.domain.OrderCommand.WantedCoupon;
import marketplace.order.domain.OrderEvent.CouponForfeited;
import marketplace.order.domain.OrderEvent.CouponRestored;
import marketplace.order.domain.OrderEvent.Line;
import marketplace.order.domain.OrderEvent.OrderPlaced;
import marketplace.order.domain.OrderRejection.CouponNotUsable;
import marketplace.order.domain.coupon.Coupon;
import marketplace.testkit.DeciderFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What an order does with a coupon (domain, sections 4.1 and 4.6).
class UsedCouponTest {
  private static final CouponId COUPON = new CouponId(id("coupon"));
  private static final Instant EXPIRES = after(1_000);

  private final OrderDecider decider = new OrderDecider();
  private final DeciderFixture<OrderCommand, Order, OrderEvent, OrderRejection> order =
      DeciderFixture.of(decider);

  @Nested
  class Placing_with_a_coupon {
    @Test
    void takes_it_off_the_lines_it_covers_and_never_off_the_shipping() {
      var placed = placed(coupon(999, 0, List.of()));
      assertThat(placed.lines()).extracting(Line::paidMinor).containsExactly(2123L, 1575L);
      assertThat(placed.totalMinor()).isEqualTo(4697 - 999 + 350);
      assertThat(placed.coupon())
          .isEqualTo(
              new UsedCoupon(
                  COUPON, "PART", CouponIssuer.PLATFORM, List.of(CABLES, MUGS), EXPIRES));
    }

    @Test
    void leaves_the_lines_that_it_is_not_for() {
      var placed = placed(coupon(999, 0, List.of(CABLE)));
      assertThat(placed.lines()).extracting(Line::paidMinor).containsExactly(1698L, 2000L);
    }

    @Test
    void takes_off_no_more_than_the_lines_cost() {
      var placed = placed(coupon(1_000_000, 0, List.of(CABLE)));
      assertThat(placed.lines()).extracting(Line::paidMinor).containsExactly(0L, 2000L);
    }

    @Test
    void is_refused_where_it_cannot_be_used() {
      refused();
      refused(coupon(999, 4_698, List.of()));
      refused(coupon(999, 2_698, List.of(CABLE)));
      refused(coupon(999, 0, List.of(new ProductId(id("book")))));
      refused(of(CouponIssuer.SELLER, new SellerId(id("other")), "USD", EXPIRES));
      refused(of(CouponIssuer.PLATFORM, null, "JPY", EXPIRES));
      refused(of(CouponIssuer.PLATFORM, null, "USD", MONDAY));
    }

    @Test
    void uses_the_first_that_can_be_used() {
      var late = of(CouponIssuer.SELLER, LIN, "USD", EXPIRES.plusSeconds(1));
      assertThat(placed(of(CouponIssuer.PLATFORM, null, "USD", MONDAY), late).coupon())
          .extracting(UsedCoupon::issuer)
          .isEqualTo(CouponIssuer.SELLER);
    }

    private OrderPlaced placed(Coupon... coupons) {
      return switch (decider.decide(wanting(coupons), decider.initialState(), MONDAY)) {
        case Decision.Accepted<OrderEvent, OrderRejection>(var events) ->
            (OrderPlaced) events.getFirst();
        case Decision.Rejected<OrderEvent, OrderRejection>(var reason) ->
            throw new AssertionError(reason);
      };
    }

    private void refused(Coupon... coupons) {
      order.given().when(wanting(coupons), MONDAY).thenRefuses(new CouponNotUsable());
    }

    private PlaceOrder wanting(Coupon... coupons) {
      var c = place(PaymentMethod.CARD);
      return new PlaceOrder(
          c.orderId(),
          c.buyerId(),
          c.sellerId(),
          c.lines(),
          c.shippingFeeMinor(),
          new WantedCoupon("PART", List.of(coupons)),
          c.paymentMethod(),
          c.deliverTo(),
          c.policy(),
          null,
          null);
    }
  }

  @Nested
  class It_comes_to_its_end {
    private final CouponRestored restored =
        new CouponRestored(ORDER, COUPON, ANA, EXPIRES, after(5));

    @Test
    void when_an_unpaid_order_is_cancelled() {
      assertThat(last(List.of(with(CouponIssuer.PLATFORM)), request(null), after(5)))
          .isEqualTo(restored);
    }

    @Test
    void when_nobody_has_paid_in_time() {
      assertThat(
              last(
                  List.of(with(CouponIssuer.PLATFORM)),
                  new OrderCommand.LetPaymentTimePass(),
                  after(480)))
          .isEqualTo(new CouponRestored(ORDER, COUPON, ANA, EXPIRES, after(480)));
    }

    @Test
    void with_the_last_unit_that_it_covers() {
      var paid = paid(CouponIssuer.PLATFORM, CABLES);
      assertThat(last(paid, note(sellerCancels(ONE_CABLE, null, 1)), after(5)))
          .isInstanceOf(OrderEvent.OrderUnitsCancelled.class);
      var two = Units.of(CABLES, 2);
      var events = new ArrayList<>(paid);
      events.addAll(decided(paid, note(sellerCancels(ONE_CABLE, null, 1)), after(5)));
      assertThat(last(events, note(sellerCancels(two, null, 2)), after(5))).isEqualTo(restored);
    }

    @Test
    void and_is_lost_where_a_seller_has_granted_it_or_its_time_is_over() {
      assertThat(last(paid(CouponIssuer.SELLER), note(sellerCancels(ALL, null, 1)), after(5)))
          .isEqualTo(lost(CouponLoss.SELLER_COUPON, after(5)));
      assertThat(last(paid(CouponIssuer.PLATFORM), note(sellerCancels(ALL, null, 1)), EXPIRES))
          .isEqualTo(lost(CouponLoss.EXPIRED, EXPIRES));
    }

    @Test
    void with_a_return_of_what_was_not_cancelled() {
      var delivered = delivered();
      var opened =
          new Effect.CaseOpened(CaseType.RETURN, id("return"), false, Cases.State.UNDER_REVIEW);
      delivered.add(noted(opened));
      assertThat(last(delivered, note(new Effect.UnitsReturned(id("return"), REST)), after(300)))
          .isEqualTo(new CouponRestored(ORDER, COUPON, ANA, EXPIRES, after(300)));
    }

    @Test
    void when_the_order_is_completed_with_only_some_of_it_given_back() {
      var events = decided(delivered(), note(new Effect.AfterSaleClosed()), after(400));
      assertThat(events).element(events.size() - 2).isInstanceOf(OrderEvent.OrderCompleted.class);
      assertThat(events).last().isEqualTo(lost(CouponLoss.PARTLY_USED, after(400)));
    }

    @Test
    void never_where_everything_was_kept() {
      var events = new ArrayList<>(paid(CouponIssuer.PLATFORM));
      events.addAll(decided(events, note(dispatched(PARCEL, ALL, null)), after(20)));
      assertThat(last(events, note(new Effect.AfterSaleClosed()), after(900)))
          .isInstanceOf(OrderEvent.OrderCompleted.class);
    }

    @Test
    void only_once() {
      var events = new ArrayList<>(paid(CouponIssuer.PLATFORM, CABLES));
      events.addAll(decided(events, note(sellerCancels(Units.of(CABLES, 3), null, 1)), after(5)));
      assertThat(events).last().isEqualTo(restored);
      assertThat(last(events, note(sellerCancels(Units.of(MUGS, 1), null, 2)), after(6)))
          .isInstanceOf(OrderEvent.OrderCancelled.class);
    }

    /// One cable cancelled, the rest with the buyer.
    private List<OrderEvent> delivered() {
      var events = new ArrayList<>(paid(CouponIssuer.PLATFORM));
      events.addAll(decided(events, note(sellerCancels(ONE_CABLE, null, 1)), after(5)));
      events.addAll(decided(events, note(dispatched(PARCEL, REST, null)), after(20)));
      events.addAll(
          decided(
              events,
              note(new Effect.ParcelReported(PARCEL, Parcel.State.DELIVERED, after(200))),
              after(200)));
      return events;
    }

    private CouponForfeited lost(CouponLoss why, Instant at) {
      return new CouponForfeited(ORDER, COUPON, ANA, why, at);
    }
  }

  private OrderEvent last(List<OrderEvent> given, OrderCommand command, Instant at) {
    return decided(given, command, at).getLast();
  }

  private List<OrderEvent> decided(List<OrderEvent> given, OrderCommand command, Instant at) {
    var state = decider.initialState();
    for (var event : given) state = decider.evolve(state, event);
    return switch (decider.decide(command, state, at)) {
      case Decision.Accepted<OrderEvent, OrderRejection>(var events) -> events;
      case Decision.Rejected<OrderEvent, OrderRejection>(var reason) ->
          throw new AssertionError(reason);
    };
  }

  private static List<OrderEvent> paid(CouponIssuer issuer, LineId... lines) {
    var total = with(issuer).totalMinor();
    return List.of(
        with(issuer, lines),
        noted(AUTHORIZED),
        noted(new Effect.PaymentCaptured(PAYMENT, PaymentMethod.CARD, total)),
        READY);
  }

  private static OrderPlaced with(CouponIssuer issuer, LineId... lines) {
    var covered = lines.length == 0 ? List.of(CABLES, MUGS) : List.of(lines);
    return new OrderPlaced(
        PLACED.orderId(),
        PLACED.buyerId(),
        PLACED.sellerId(),
        PLACED.currency(),
        PLACED.lines(),
        PLACED.shippingFeeMinor(),
        new UsedCoupon(COUPON, "PART", issuer, covered, EXPIRES),
        PLACED.paymentMethod(),
        PLACED.deliverTo(),
        PLACED.placedAt(),
        PLACED.payBy(),
        PLACED.terms(),
        null,
        null);
  }

  private static Coupon coupon(long discount, long minSpend, List<ProductId> products) {
    return new Coupon(
        COUPON, "PART", CouponIssuer.PLATFORM, null, "USD", discount, minSpend, products, EXPIRES);
  }

  private static Coupon of(
      CouponIssuer issuer, @Nullable SellerId seller, String currency, Instant expiresAt) {
    return new Coupon(COUPON, "PART", issuer, seller, currency, 999, 0, List.of(), expiresAt);
  }
}
