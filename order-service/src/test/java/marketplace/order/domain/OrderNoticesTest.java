package marketplace.order.domain;

import static marketplace.order.domain.OrderFixtures.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import marketplace.eventsourcing.Echoing;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.CouponId;
import marketplace.kernel.CouponLoss;
import marketplace.kernel.NoticeDetails;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.RefundChannel;
import marketplace.order.domain.OrderCommand.ConfirmReceipt;
import marketplace.order.domain.OrderCommand.LetPaymentTimePass;
import marketplace.order.domain.OrderCommand.TakeNote;
import marketplace.order.domain.OrderEvent.BuyerNotified;
import marketplace.testkit.DeciderFixture;
import org.junit.jupiter.api.Test;

/// The rows of the domain, section 12, that follow from the order's own events; and how often.
class OrderNoticesTest {
  private static final NoticeDetails NONE = NoticeDetails.NONE;

  private final DeciderFixture<OrderCommand, Order, OrderEvent, OrderRejection> order =
      DeciderFixture.of(new Echoing<>(new OrderDecider(), OrderNotices::echo));

  @Test
  void an_order_is_placed() {
    assertThat(order.given(List.<OrderEvent>of()).when(place(PaymentMethod.CARD), MONDAY).emitted())
        .containsExactly(
            PLACED,
            told(
                BuyerTemplate.ORDER_PLACED,
                new Notice(BuyerTemplate.ORDER_PLACED, ORDER.value(), NONE),
                NONE.amount(TOTAL).in("USD").until(PLACED.payBy()),
                MONDAY));
  }

  @Test
  void an_order_is_closed_unpaid_by_its_buyer_or_by_time() {
    assertThat(toldOf(order.given(PLACED).when(request(null), after(1)).emitted()))
        .extracting(BuyerNotified::template, told -> told.details().why())
        .containsExactly(tuple(BuyerTemplate.ORDER_CLOSED_UNPAID, "BUYER_BEFORE_PAYMENT"));
    assertThat(toldOf(order.given(PLACED).when(new LetPaymentTimePass(), after(20 * 24)).emitted()))
        .extracting(BuyerNotified::template, told -> told.details().why())
        .containsExactly(tuple(BuyerTemplate.ORDER_CLOSED_UNPAID, "PAYMENT_DEADLINE_MISSED"));
  }

  @Test
  void a_request_is_sent() {
    assertThat(toldOf(order.given(PAID).when(request(null), after(1)).emitted()))
        .singleElement()
        .satisfies(told -> {
          assertThat(told.template()).isEqualTo(BuyerTemplate.REQUEST_RECEIVED);
          assertThat(told.subject()).contains(ORDER.number());
          assertThat(told.details().amountMinor()).isEqualTo(TOTAL);
          assertThat(told.details().until()).isEqualTo(after(73));
        });
  }

  @Test
  void the_whole_order_or_a_part_of_it_is_cancelled_with_amount_and_channel() {
    var whole =
        toldOf(
            order.given(PAID).and(REQUESTED).when(note(granted(REQUEST, ALL)), after(5)).emitted());
    assertThat(whole)
        .extracting(BuyerNotified::template)
        .containsExactly(BuyerTemplate.ORDER_CANCELLED);
    assertThat(whole.getFirst().details())
        .isEqualTo(
            NONE.because(CancellationCause.SELLER_APPROVED)
                .amount(TOTAL)
                .in("USD")
                .by(RefundChannel.ORIGINAL_METHOD));

    var part =
        toldOf(order.given(PAID).when(note(sellerCancels(ONE_CABLE, null, 3)), after(5)).emitted());
    assertThat(part)
        .extracting(BuyerNotified::template)
        .containsExactly(BuyerTemplate.UNITS_CANCELLED);
    assertThat(part.getFirst().details().amountMinor()).isPositive();
  }

  @Test
  void nothing_is_said_of_money_where_none_was_paid() {
    var told =
        toldOf(
            order.given(ON_DELIVERY).when(note(sellerCancels(ALL, null, 3)), after(5)).emitted());
    assertThat(told)
        .extracting(BuyerNotified::template)
        .containsExactly(BuyerTemplate.ORDER_CANCELLED);
    assertThat(told.getFirst().details())
        .isEqualTo(NONE.because(CancellationCause.SELLER_CANCELLED));
  }

  @Test
  void an_order_is_delivered() {
    assertThat(
            toldOf(
                order
                    .given(PAID)
                    .and(noted(ALL_SHIPPED))
                    .when(new ConfirmReceipt(ANA), after(100))
                    .emitted()))
        .extracting(BuyerNotified::template)
        .containsExactly(BuyerTemplate.DELIVERED);
  }

  @Test
  void a_coupon_comes_back_or_not() {
    var coupon = new CouponId(id("coupon"));
    assertThat(echo(new OrderEvent.CouponRestored(ORDER, coupon, ANA, after(1_000), after(5))))
        .extracting(BuyerNotified::template, told -> told.details().until())
        .containsExactly(tuple(BuyerTemplate.COUPON_BACK, after(1_000)));
    assertThat(
            echo(
                new OrderEvent.CouponForfeited(
                    ORDER, coupon, ANA, CouponLoss.SELLER_COUPON, after(5))))
        .extracting(BuyerNotified::template, told -> told.details().why())
        .containsExactly(tuple(BuyerTemplate.COUPON_NOT_BACK, "SELLER_COUPON"));
  }

  @Test
  void what_was_told_is_not_told_again_even_under_another_id() {
    var notice =
        new Notice(
            BuyerTemplate.REFUND_REROUTED, REFUND.value(), NONE.by(RefundChannel.WALLET_CREDIT));
    var first = order.given(PAID).when(seen("first", notice), after(5));
    assertThat(toldOf(first.emitted())).hasSize(1);
    var again =
        order
            .given(PAID)
            .and(first.emitted().toArray(OrderEvent[]::new))
            .when(seen("second", notice), after(6));
    assertThat(toldOf(again.emitted())).isEmpty();
  }

  @Test
  void a_fact_that_is_refused_is_told_to_nobody() {
    var notice = new Notice(BuyerTemplate.REFUND_ARRIVED, REFUND.value(), NONE);
    order
        .given(PAID)
        .when(
            new TakeNote(
                id("fact"), "RefundSettled", new Effect.RefundSettled(REFUND), List.of(notice)),
            after(5))
        .thenRefuses(new OrderRejection.FactContradicts());
  }

  private static TakeNote seen(String fact, Notice notice) {
    return new TakeNote(id(fact), "RefundRerouted", new Effect.Seen(), List.of(notice));
  }

  private List<BuyerNotified> echo(OrderEvent event) {
    var state = order.given(PAID).state();
    return OrderNotices.echo(new LetPaymentTimePass(), List.of(event), state, after(5));
  }

  private static BuyerNotified told(
      BuyerTemplate template, Notice notice, NoticeDetails details, Instant at) {
    return new BuyerNotified(
        ORDER, notice.id(), ANA, template, template.subject(ORDER), details, at);
  }

  private static List<BuyerNotified> toldOf(List<OrderEvent> events) {
    return events.stream()
        .filter(BuyerNotified.class::isInstance)
        .map(BuyerNotified.class::cast)
        .toList();
  }
}
