package marketplace.order.domain;

import static marketplace.order.domain.OrderFixtures.ALL;
import static marketplace.order.domain.OrderFixtures.ALL_SHIPPED;
import static marketplace.order.domain.OrderFixtures.ANA;
import static marketplace.order.domain.OrderFixtures.ANOTHER;
import static marketplace.order.domain.OrderFixtures.ARRIVED;
import static marketplace.order.domain.OrderFixtures.AUTHORIZED;
import static marketplace.order.domain.OrderFixtures.CABLE;
import static marketplace.order.domain.OrderFixtures.CABLES;
import static marketplace.order.domain.OrderFixtures.CABLE_ON_SALE;
import static marketplace.order.domain.OrderFixtures.CAPTURED;
import static marketplace.order.domain.OrderFixtures.HOME;
import static marketplace.order.domain.OrderFixtures.LIN;
import static marketplace.order.domain.OrderFixtures.MONDAY;
import static marketplace.order.domain.OrderFixtures.MUG_ON_SALE;
import static marketplace.order.domain.OrderFixtures.OFFER;
import static marketplace.order.domain.OrderFixtures.OFFERED;
import static marketplace.order.domain.OrderFixtures.ONE_CABLE;
import static marketplace.order.domain.OrderFixtures.ON_DELIVERY;
import static marketplace.order.domain.OrderFixtures.ORDER;
import static marketplace.order.domain.OrderFixtures.PAID;
import static marketplace.order.domain.OrderFixtures.PARCEL;
import static marketplace.order.domain.OrderFixtures.PAYMENT;
import static marketplace.order.domain.OrderFixtures.PLACED;
import static marketplace.order.domain.OrderFixtures.PLACED_ON_DELIVERY;
import static marketplace.order.domain.OrderFixtures.READY_ON_DELIVERY;
import static marketplace.order.domain.OrderFixtures.REQUEST;
import static marketplace.order.domain.OrderFixtures.REQUESTED;
import static marketplace.order.domain.OrderFixtures.SOMEBODY;
import static marketplace.order.domain.OrderFixtures.TOTAL;
import static marketplace.order.domain.OrderFixtures.after;
import static marketplace.order.domain.OrderFixtures.dispatched;
import static marketplace.order.domain.OrderFixtures.id;
import static marketplace.order.domain.OrderFixtures.noted;
import static marketplace.order.domain.OrderFixtures.place;
import static marketplace.order.domain.OrderFixtures.refundIssued;
import static marketplace.order.domain.OrderFixtures.request;
import static marketplace.order.domain.OrderFixtures.requested;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.CancellationId;
import marketplace.kernel.CancellationReason;
import marketplace.kernel.Fault;
import marketplace.kernel.OfferAnswer;
import marketplace.kernel.OfferId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.Policies;
import marketplace.kernel.PolicySet;
import marketplace.kernel.ProductId;
import marketplace.kernel.ReturnPolicy;
import marketplace.kernel.SellerId;
import marketplace.kernel.SellerStanding;
import marketplace.kernel.SellerType;
import marketplace.kernel.Units;
import marketplace.order.domain.OrderCommand.AnswerOffer;
import marketplace.order.domain.OrderCommand.AskWithdrawal;
import marketplace.order.domain.OrderCommand.ConfirmReceipt;
import marketplace.order.domain.OrderCommand.LetPaymentTimePass;
import marketplace.order.domain.OrderCommand.NotSold;
import marketplace.order.domain.OrderCommand.PlaceOrder;
import marketplace.order.domain.OrderCommand.RequestCancellation;
import marketplace.order.domain.OrderCommand.Review;
import marketplace.order.domain.OrderCommand.Sold;
import marketplace.order.domain.OrderCommand.Wanted;
import marketplace.order.domain.OrderEvent.CancellationOfferAnswered;
import marketplace.order.domain.OrderEvent.CancellationWithdrawalAsked;
import marketplace.order.domain.OrderEvent.DeliveredBecause;
import marketplace.order.domain.OrderEvent.OrderCancelled;
import marketplace.order.domain.OrderEvent.OrderCompleted;
import marketplace.order.domain.OrderEvent.OrderDelivered;
import marketplace.order.domain.OrderEvent.OrderPlaced;
import marketplace.order.domain.OrderEvent.ReceiptConfirmed;
import marketplace.order.domain.OrderEvent.SellerReviewed;
import marketplace.order.domain.OrderRejection.AlreadyCancelled;
import marketplace.order.domain.OrderRejection.AlreadyConfirmed;
import marketplace.order.domain.OrderRejection.AlreadyShipped;
import marketplace.order.domain.OrderRejection.CommentRequired;
import marketplace.order.domain.OrderRejection.CurrenciesMixed;
import marketplace.order.domain.OrderRejection.NotShipped;
import marketplace.order.domain.OrderRejection.NotTheBuyer;
import marketplace.order.domain.OrderRejection.OfferClosed;
import marketplace.order.domain.OrderRejection.OrderUnknown;
import marketplace.order.domain.OrderRejection.PolicyUnknown;
import marketplace.order.domain.OrderRejection.ProductUnknown;
import marketplace.order.domain.OrderRejection.RequestClosed;
import marketplace.order.domain.OrderRejection.RequestPending;
import marketplace.order.domain.OrderRejection.ReviewNotPossible;
import marketplace.order.domain.OrderRejection.SellerNotAccepting;
import marketplace.order.domain.OrderRejection.SellersMixed;
import marketplace.order.domain.OrderRejection.TooManyRequests;
import marketplace.order.domain.OrderRejection.TotalOutOfRange;
import marketplace.order.domain.OrderRejection.UnitsNotOpen;
import marketplace.order.domain.OrderRejection.WholeOrderOnly;
import marketplace.testkit.DeciderFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the buyer may do, row by row (domain, section 8.1); what others' facts do stands in
/// `OrderNotesTest`.
class OrderDeciderTest {
  private final DeciderFixture<OrderCommand, Order, OrderEvent, OrderRejection> order =
      DeciderFixture.of(new OrderDecider());

  @Nested
  class Placing_an_order {
    @Test
    void leaves_twenty_days_to_pay() {
      order.given().when(place(PaymentMethod.CARD), MONDAY).thenEmits(PLACED);
      order.given(PLACED).thenDeadline("payBy", after(20 * 24));
    }

    @Test
    void makes_it_ready_to_ship_at_once_where_it_is_paid_on_delivery() {
      order
          .given()
          .when(place(PaymentMethod.CASH_ON_DELIVERY), MONDAY)
          .thenEmits(PLACED_ON_DELIVERY, READY_ON_DELIVERY);
      order.given(ON_DELIVERY).thenNoDeadline();
    }

    @Test
    void is_done_once() {
      order.given(PLACED).when(place(PaymentMethod.CARD), after(1)).thenNothing();
    }

    @Test
    void is_refused_for_a_product_that_nobody_sells_before_anything_else() {
      var others = sold(by(new SellerId(id("other"))), 1);
      basket(List.of(others, new NotSold(new ProductId(id("nothing")))), null)
          .thenRefuses(new ProductUnknown(1));
    }

    @Test
    void is_refused_for_products_of_two_sellers() {
      basket(List.of(sold(CABLE_ON_SALE, 1), sold(by(new SellerId(id("other"))), 1)), null)
          .thenRefuses(new SellersMixed(1));
    }

    @Test
    void is_refused_in_two_currencies() {
      var inEuro =
          new Product(
              new ProductId(id("book")), LIN, SellerType.STANDARD, "B", 1, "EUR", Set.of(), true);
      basket(List.of(sold(CABLE_ON_SALE, 1), sold(inEuro, 1)), Policies.STANDARD_72H)
          .thenRefuses(new CurrenciesMixed(1));
    }

    @Test
    void is_refused_under_a_policy_that_nobody_knows() {
      basket(List.of(sold(CABLE_ON_SALE, 1)), null).thenRefuses(new PolicyUnknown());
    }

    @Test
    void costs_at_least_one_minor_unit_and_not_more_than_the_limit() {
      var tooDear = priced(OrderDecider.TOTAL_MINOR_MAX + 1);
      basket(List.of(sold(tooDear, 1)), Policies.STANDARD_72H).thenRefuses(new TotalOutOfRange());
      var dear = priced(OrderDecider.TOTAL_MINOR_MAX / 2);
      basket(List.of(sold(dear, 3)), Policies.STANDARD_72H).thenRefuses(new TotalOutOfRange());
      var free =
          new PlaceOrder(
              ORDER,
              ANA,
              LIN,
              List.of(sold(priced(0), 1)),
              0,
              null,
              PaymentMethod.CARD,
              HOME,
              Policies.STANDARD_72H,
              null,
              null);
      order.given().when(free, MONDAY).thenRefuses(new TotalOutOfRange());
    }

    @ParameterizedTest
    @CsvSource({
      "GOOD, 0, true",
      "WARNED, 0, true",
      "RESTRICTED, 0, false",
      "RESTRICTED, 604799, false",
      "RESTRICTED, 604800, true",
      "CLOSED, 604800, false"
    })
    void is_refused_while_the_seller_may_take_none(
        SellerStanding standing, int secondsLater, boolean taken) {
      var since = MONDAY.minusSeconds(secondsLater);
      var product =
          new Product(
              CABLE,
              LIN,
              SellerType.STANDARD,
              "Cable",
              899,
              "USD",
              Set.of(),
              false,
              new Product.Standing(standing, since));
      var then = basket(List.of(sold(product, 1)), Policies.STANDARD_72H);
      if (taken) assertThat(then.emitted()).isNotEmpty();
      else then.thenRefuses(new SellerNotAccepting());
    }

    @Test
    void fixes_who_pays_the_way_back() {
      assertThat(MUG_ON_SALE.returnPolicyFor("US")).isEqualTo(ReturnPolicy.FREE);
      assertThat(MUG_ON_SALE.returnPolicyFor("DE")).isEqualTo(ReturnPolicy.BUYER_PAYS);
      assertThat(CABLE_ON_SALE.returnPolicyFor("US")).isEqualTo(ReturnPolicy.NONE);
      var ofTopSeller =
          new Product(
              CABLE_ON_SALE.productId(), LIN, SellerType.TOP, "Cable", 1, "USD", Set.of(), false);
      assertThat(ofTopSeller.returnPolicyFor("US")).isEqualTo(ReturnPolicy.BUYER_PAYS);
    }

    private DeciderFixture<OrderCommand, Order, OrderEvent, OrderRejection>.Then basket(
        List<Wanted> lines, @Nullable PolicySet policy) {
      return order
          .given()
          .when(
              new PlaceOrder(
                  ORDER, ANA, LIN, lines, 350, null, PaymentMethod.CARD, HOME, policy, null, null),
              MONDAY);
    }

    private static Wanted sold(Product product, int quantity) {
      return new Sold(product, quantity);
    }

    private static Product by(SellerId seller) {
      return new Product(
          new ProductId(id("book")), seller, SellerType.STANDARD, "B", 1, "USD", Set.of(), true);
    }

    private static Product priced(long minor) {
      return new Product(
          new ProductId(id("book")), LIN, SellerType.STANDARD, "B", minor, "USD", Set.of(), true);
    }
  }

  @Nested
  class An_order_that_nobody_has_placed {
    @Test
    void is_unknown_to_every_other_command() {
      order.given().when(request(null), MONDAY).thenRefuses(new OrderUnknown());
      order.given().when(new ConfirmReceipt(ANA), MONDAY).thenRefuses(new OrderUnknown());
      order.given().thenNoDeadline();
    }
  }

  @Nested
  class Somebody_else {
    @Test
    void may_do_nothing_with_it() {
      var wish =
          new RequestCancellation(
              SOMEBODY, REQUEST, null, CancellationReason.NO_LONGER_NEEDED, null);
      for (var command :
          List.of(
              wish,
              new AskWithdrawal(SOMEBODY, REQUEST),
              new AnswerOffer(SOMEBODY, REQUEST, OFFER, OfferAnswer.ACCEPTED),
              new ConfirmReceipt(SOMEBODY),
              new Review(SOMEBODY, 5, null))) {
        order.given(PAID).when(command, after(1)).thenRefuses(new NotTheBuyer());
      }
    }
  }

  @Nested
  class Cancelling_while_nothing_is_paid {
    @Test
    void cancels_the_whole_order_at_once() {
      order
          .given(PLACED)
          .when(request(null), after(1))
          .thenEmits(cancelledUnpaid(CancellationCause.BUYER_BEFORE_PAYMENT, after(1)))
          .thenNoDeadline();
      order
          .given(PLACED)
          .when(request(ALL), after(1))
          .thenEmits(cancelledUnpaid(CancellationCause.BUYER_BEFORE_PAYMENT, after(1)));
    }

    @Test
    void is_possible_while_a_payment_is_authorised() {
      order
          .given(PLACED, noted(AUTHORIZED))
          .when(request(null), after(1))
          .thenEmits(cancelledUnpaid(CancellationCause.BUYER_BEFORE_PAYMENT, after(1)));
    }

    @Test
    void is_refused_for_a_part() {
      order.given(PLACED).when(request(ONE_CABLE), after(1)).thenRefuses(new WholeOrderOnly());
    }

    @Test
    void is_refused_for_more_than_there_is() {
      order
          .given(PLACED)
          .when(request(ALL.plus(ONE_CABLE)), after(1))
          .thenRefuses(new UnitsNotOpen());
    }

    @Test
    void needs_a_comment_for_another_reason() {
      order.given(PLACED).when(other(null), after(1)).thenRefuses(new CommentRequired());
      order
          .given(PLACED)
          .when(other("moving house"), after(1))
          .thenEmits(cancelledUnpaid(CancellationCause.BUYER_BEFORE_PAYMENT, after(1)));
    }
  }

  @Nested
  class The_last_day_to_pay {
    @Test
    void cancels_what_is_unpaid_at_exactly_that_instant() {
      order
          .given(PLACED)
          .whenNextDeadlinePasses()
          .thenEmits(cancelledUnpaid(CancellationCause.PAYMENT_DEADLINE_MISSED, after(20 * 24)))
          .thenNoDeadline();
    }

    @Test
    void waits_while_a_payment_is_authorised() {
      order.given(PLACED, noted(AUTHORIZED)).thenNoDeadline();
      order
          .given(PLACED, noted(AUTHORIZED))
          .when(new LetPaymentTimePass(), after(20 * 24))
          .thenNothing();
    }

    @Test
    void comes_back_when_that_payment_fails() {
      order
          .given(PLACED, noted(AUTHORIZED), noted(new Effect.PaymentFailed(PAYMENT)))
          .thenDeadline("payBy", after(20 * 24));
    }

    @Test
    void does_not_come_early_and_not_after_payment() {
      order
          .given(PLACED)
          .when(new LetPaymentTimePass(), after(20 * 24).minusMillis(1))
          .thenNothing();
      order.given(PAID).thenNoDeadline();
    }
  }

  @Nested
  class A_buyer_who_asks_for_cancellation {
    @Test
    void gives_the_seller_72_hours_once_the_order_is_paid() {
      order.given(PAID).when(request(null), after(2)).thenEmits(REQUESTED);
    }

    @Test
    void may_ask_for_a_part_which_is_worth_its_share_without_the_shipping_fee() {
      order
          .given(PAID)
          .when(request(ONE_CABLE), after(2))
          .thenEmits(requested(REQUEST, ONE_CABLE, 1));
    }

    @Test
    void may_ask_while_the_seller_prepares_and_for_what_is_not_shipped_yet() {
      order
          .given(PAID)
          .and(noted(new Effect.ProcessingStarted()))
          .when(request(null), after(2))
          .thenEmits(REQUESTED);
      order
          .given(PAID)
          .and(noted(dispatched(PARCEL, Units.of(CABLES, 3), null)))
          .when(request(null), after(2))
          .thenEmits(requested(REQUEST, Units.of(OrderFixtures.MUGS, 1), 1));
    }

    @Test
    void gets_nothing_back_where_nothing_was_captured() {
      var asked = order.given(ON_DELIVERY).when(request(null), after(2)).emitted();
      assertThat(asked)
          .singleElement()
          .isInstanceOfSatisfying(
              OrderEvent.CancellationRequested.class,
              event -> assertThat(event.refundIfApprovedMinor()).isZero());
    }

    @Test
    void is_refused_a_second_request_while_one_is_pending() {
      order
          .given(PAID)
          .and(REQUESTED)
          .when(another(null), after(3))
          .thenRefuses(new RequestPending(after(74)));
    }

    @Test
    void may_ask_again_after_a_refusal_but_not_more_often_than_the_policy_says() {
      var declinedTwice =
          order
              .given(PAID)
              .and(REQUESTED, declined(REQUEST))
              .and(requested(ANOTHER, ALL, 2), declined(ANOTHER));
      var third = new CancellationId(id("third"));
      declinedTwice
          .when(
              new RequestCancellation(ANA, third, null, CancellationReason.NO_LONGER_NEEDED, null),
              after(2))
          .thenEmits(requested(third, ALL, 3));
      declinedTwice
          .and(requested(third, ALL, 3), declined(third))
          .when(request(null), after(3))
          .thenRefuses(new TooManyRequests());
    }

    @Test
    void is_refused_units_that_are_not_open() {
      order
          .given(PAID)
          .when(request(Units.of(CABLES, 4)), after(2))
          .thenRefuses(new UnitsNotOpen());
      order
          .given(PAID)
          .and(noted(dispatched(PARCEL, Units.of(CABLES, 2), null)))
          .when(request(Units.of(CABLES, 2)), after(2))
          .thenRefuses(new UnitsNotOpen());
    }

    @Test
    void has_to_say_what_another_reason_is() {
      order.given(PAID).when(other(null), after(2)).thenRefuses(new CommentRequired());
    }

    @Test
    void comes_too_late_once_everything_is_shipped() {
      order
          .given(PAID)
          .and(noted(ALL_SHIPPED))
          .when(request(null), after(21))
          .thenRefuses(new AlreadyShipped());
      order
          .given(PAID)
          .and(noted(ALL_SHIPPED), noted(ARRIVED))
          .when(request(null), after(210))
          .thenRefuses(new AlreadyShipped());
      order
          .given(PAID)
          .and(noted(ALL_SHIPPED), new OrderCompleted(ORDER, after(900)))
          .when(request(null), after(910))
          .thenRefuses(new AlreadyShipped());
    }

    @Test
    void is_told_that_a_cancelled_order_is_cancelled() {
      order
          .given(PLACED, cancelledUnpaid(CancellationCause.BUYER_BEFORE_PAYMENT, after(1)))
          .when(request(null), after(2))
          .thenRefuses(new AlreadyCancelled());
    }
  }

  @Nested
  class A_buyer_who_withdraws {
    private final AskWithdrawal withdraw = new AskWithdrawal(ANA, REQUEST);
    private final CancellationWithdrawalAsked asked =
        new CancellationWithdrawalAsked(ORDER, REQUEST, after(3));

    @Test
    void asks_while_the_request_is_pending_or_an_offer_stands() {
      order.given(PAID).and(REQUESTED).when(withdraw, after(3)).thenEmits(asked);
      order.given(PAID).and(REQUESTED, noted(OFFERED)).when(withdraw, after(3)).thenEmits(asked);
    }

    @Test
    void is_refused_without_such_a_request() {
      order.given(PAID).when(withdraw, after(3)).thenRefuses(new RequestClosed());
      order
          .given(PAID)
          .and(REQUESTED, declined(REQUEST))
          .when(withdraw, after(3))
          .thenRefuses(new RequestClosed());
      order
          .given(PAID)
          .and(REQUESTED, asked)
          .when(withdraw, after(4))
          .thenRefuses(new RequestClosed());
    }
  }

  @Nested
  class A_buyer_who_answers_an_offer {
    private final AnswerOffer accept = new AnswerOffer(ANA, REQUEST, OFFER, OfferAnswer.ACCEPTED);
    private final CancellationOfferAnswered accepted =
        new CancellationOfferAnswered(ORDER, REQUEST, OFFER, OfferAnswer.ACCEPTED, after(12));

    @Test
    void answers_before_it_lapses() {
      order.given(PAID).and(REQUESTED, noted(OFFERED)).when(accept, after(12)).thenEmits(accepted);
    }

    @Test
    void comes_too_late_at_the_very_instant() {
      order
          .given(PAID)
          .and(REQUESTED, noted(OFFERED))
          .when(accept, after(82))
          .thenRefuses(new OfferClosed(after(82)));
    }

    @Test
    void is_refused_without_such_an_offer() {
      order.given(PAID).and(REQUESTED).when(accept, after(3)).thenRefuses(new OfferClosed(null));
      order
          .given(PAID)
          .and(REQUESTED, noted(OFFERED))
          .when(
              new AnswerOffer(ANA, REQUEST, new OfferId(id("older")), OfferAnswer.ACCEPTED),
              after(3))
          .thenRefuses(new OfferClosed(null));
      order
          .given(PAID)
          .and(REQUESTED, noted(OFFERED), accepted)
          .when(accept, after(13))
          .thenRefuses(new OfferClosed(null));
      order
          .given(PAID)
          .and(REQUESTED, noted(OFFERED))
          .and(new CancellationWithdrawalAsked(ORDER, REQUEST, after(11)))
          .when(accept, after(12))
          .thenRefuses(new OfferClosed(null));
    }

    @Test
    void is_refused_without_such_a_request() {
      order.given(PAID).when(accept, after(3)).thenRefuses(new RequestClosed());
    }
  }

  @Nested
  class A_buyer_who_confirms_the_receipt {
    private final ReceiptConfirmed confirmed = new ReceiptConfirmed(ORDER, after(100));

    @Test
    void makes_a_shipped_order_delivered_and_starts_the_fifteen_days() {
      order
          .given(PAID)
          .and(noted(ALL_SHIPPED))
          .when(new ConfirmReceipt(ANA), after(100))
          .thenEmits(
              confirmed,
              new OrderDelivered(
                  ORDER,
                  DeliveredBecause.BUYER_CONFIRMED,
                  after(100),
                  after(100 + 15 * 24),
                  ALL,
                  0));
    }

    @Test
    void never_lengthens_the_window_beyond_ninety_days_from_placing() {
      var late = MONDAY.plus(Duration.ofDays(80));
      var emitted =
          order.given(PAID).and(noted(ALL_SHIPPED)).when(new ConfirmReceipt(ANA), late).emitted();
      assertThat(emitted)
          .last()
          .isInstanceOfSatisfying(
              OrderDelivered.class,
              event ->
                  assertThat(event.afterSaleUntil()).isEqualTo(MONDAY.plus(Duration.ofDays(90))));
    }

    @Test
    void changes_nothing_else_about_a_delivered_one() {
      order
          .given(PAID)
          .and(noted(ALL_SHIPPED), noted(ARRIVED))
          .when(new ConfirmReceipt(ANA), after(100))
          .thenEmits(confirmed);
    }

    @Test
    void is_refused_before_everything_is_shipped() {
      order.given(PLACED).when(new ConfirmReceipt(ANA), after(1)).thenRefuses(new NotShipped());
      order.given(PAID).when(new ConfirmReceipt(ANA), after(1)).thenRefuses(new NotShipped());
      order
          .given(PAID)
          .and(noted(dispatched(PARCEL, ONE_CABLE, null)))
          .when(new ConfirmReceipt(ANA), after(21))
          .thenRefuses(new NotShipped());
    }

    @Test
    void is_refused_a_second_time_and_after_the_end() {
      order
          .given(PAID)
          .and(noted(ALL_SHIPPED), confirmed)
          .when(new ConfirmReceipt(ANA), after(101))
          .thenRefuses(new AlreadyConfirmed());
      order
          .given(PAID)
          .and(noted(ALL_SHIPPED), new OrderCompleted(ORDER, after(900)))
          .when(new ConfirmReceipt(ANA), after(910))
          .thenRefuses(new AlreadyConfirmed());
      order
          .given(PLACED, cancelledUnpaid(CancellationCause.BUYER_BEFORE_PAYMENT, after(1)))
          .when(new ConfirmReceipt(ANA), after(2))
          .thenRefuses(new AlreadyCancelled());
    }
  }

  @Nested
  class A_buyer_who_reviews {
    private final Review review = new Review(ANA, 4, "As described.");
    private final SellerReviewed reviewed =
        new SellerReviewed(ORDER, LIN, 4, "As described.", after(300));

    @Test
    void says_how_a_delivered_or_completed_order_was() {
      order
          .given(PAID)
          .and(noted(ALL_SHIPPED), noted(ARRIVED))
          .when(review, after(300))
          .thenEmits(reviewed);
      order
          .given(PAID)
          .and(noted(ALL_SHIPPED), new OrderCompleted(ORDER, after(200)))
          .when(review, after(300))
          .thenEmits(reviewed);
    }

    @Test
    void does_so_once() {
      order
          .given(PAID)
          .and(noted(ALL_SHIPPED), noted(ARRIVED), reviewed)
          .when(review, after(301))
          .thenRefuses(new ReviewNotPossible());
    }

    @Test
    void is_refused_before_anything_has_arrived_and_when_nothing_will() {
      order.given(PLACED).when(review, after(1)).thenRefuses(new ReviewNotPossible());
      order.given(PAID).when(review, after(1)).thenRefuses(new ReviewNotPossible());
      order
          .given(PAID)
          .and(noted(ALL_SHIPPED))
          .when(review, after(30))
          .thenRefuses(new ReviewNotPossible());
      order
          .given(PLACED, cancelledUnpaid(CancellationCause.BUYER_BEFORE_PAYMENT, after(1)))
          .when(review, after(2))
          .thenRefuses(new ReviewNotPossible());
    }

    @Test
    void is_refused_when_all_money_has_gone_back_and_not_before() {
      var part = refundIssued(id("part"), TOTAL - 1);
      order
          .given(PAID)
          .and(noted(ALL_SHIPPED), noted(ARRIVED), noted(part))
          .when(review, after(300))
          .thenEmits(reviewed);
      order
          .given(PAID)
          .and(noted(ALL_SHIPPED), noted(ARRIVED), noted(refundIssued(id("all"), TOTAL)))
          .when(review, after(300))
          .thenRefuses(new ReviewNotPossible());
    }

    @Test
    void is_the_one_who_has_bought() {
      order
          .given(PAID)
          .and(noted(ALL_SHIPPED), noted(ARRIVED))
          .when(new Review(SOMEBODY, 1, null), after(300))
          .thenRefuses(new NotTheBuyer());
    }
  }

  @Test
  void the_status_follows_from_the_counters() {
    assertThat(status(PLACED)).isEqualTo(OrderStatus.AWAITING_PAYMENT);
    assertThat(statusAfterPayment()).isEqualTo(OrderStatus.AWAITING_SHIPMENT);
    assertThat(statusAfterPayment(noted(new Effect.ProcessingStarted())))
        .isEqualTo(OrderStatus.PENDING_SHIPPING);
    assertThat(statusAfterPayment(noted(dispatched(PARCEL, ONE_CABLE, null))))
        .isEqualTo(OrderStatus.PARTIALLY_SHIPPED);
    assertThat(statusAfterPayment(noted(ALL_SHIPPED))).isEqualTo(OrderStatus.SHIPPED);
    assertThat(statusAfterPayment(noted(ALL_SHIPPED), noted(ARRIVED)))
        .isEqualTo(OrderStatus.DELIVERED);
    assertThat(statusAfterPayment(noted(ALL_SHIPPED), new OrderCompleted(ORDER, after(9))))
        .isEqualTo(OrderStatus.COMPLETED);
    assertThat(status(PLACED, cancelledUnpaid(CancellationCause.BUYER_BEFORE_PAYMENT, after(1))))
        .isEqualTo(OrderStatus.CANCELLED);
  }

  @Test
  void everything_captured_for_an_unpaid_cancelled_order_is_due_back() {
    var cancelledUnpaid = cancelledUnpaid(CancellationCause.BUYER_BEFORE_PAYMENT, after(1));
    var late = (Order.Placed) order.given(PLACED, cancelledUnpaid, noted(CAPTURED)).state();
    assertThat(late.funds().refunds()).hasSize(1);
    assertThat(late.deleted()).isFalse();
    assertThat(((Order.Placed) order.given(PLACED, cancelledUnpaid).state()).deleted()).isTrue();
  }

  private OrderStatus status(OrderPlaced placed, OrderEvent... more) {
    return ((Order.Placed) order.given(placed).and(more).state()).status();
  }

  private OrderStatus statusAfterPayment(OrderEvent... more) {
    return ((Order.Placed) order.given(PAID).and(more).state()).status();
  }

  private static RequestCancellation other(@Nullable String comment) {
    return new RequestCancellation(ANA, REQUEST, null, CancellationReason.OTHER, comment);
  }

  private static RequestCancellation another(@Nullable Units units) {
    return new RequestCancellation(ANA, ANOTHER, units, CancellationReason.NO_LONGER_NEEDED, null);
  }

  private static OrderEvent declined(CancellationId id) {
    return noted(new Effect.RequestEnded(id, Request.Outcome.DECLINED, after(2)));
  }

  private static OrderCancelled cancelledUnpaid(CancellationCause cause, Instant at) {
    return new OrderCancelled(ORDER, cause, Fault.BUYER, true, at);
  }
}
