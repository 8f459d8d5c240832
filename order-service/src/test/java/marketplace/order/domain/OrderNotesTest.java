package marketplace.order.domain;

import static marketplace.order.domain.OrderFixtures.ALL;
import static marketplace.order.domain.OrderFixtures.ALL_SHIPPED;
import static marketplace.order.domain.OrderFixtures.ANOTHER;
import static marketplace.order.domain.OrderFixtures.ARRIVED;
import static marketplace.order.domain.OrderFixtures.AUTHORIZED;
import static marketplace.order.domain.OrderFixtures.CABLES;
import static marketplace.order.domain.OrderFixtures.CAPTURED;
import static marketplace.order.domain.OrderFixtures.MONDAY;
import static marketplace.order.domain.OrderFixtures.MUGS;
import static marketplace.order.domain.OrderFixtures.OFFER;
import static marketplace.order.domain.OrderFixtures.OFFERED;
import static marketplace.order.domain.OrderFixtures.ONE_CABLE;
import static marketplace.order.domain.OrderFixtures.ON_DELIVERY;
import static marketplace.order.domain.OrderFixtures.ORDER;
import static marketplace.order.domain.OrderFixtures.PAID;
import static marketplace.order.domain.OrderFixtures.PARCEL;
import static marketplace.order.domain.OrderFixtures.PAYMENT;
import static marketplace.order.domain.OrderFixtures.PLACED;
import static marketplace.order.domain.OrderFixtures.READY;
import static marketplace.order.domain.OrderFixtures.REFUND;
import static marketplace.order.domain.OrderFixtures.REQUEST;
import static marketplace.order.domain.OrderFixtures.REQUESTED;
import static marketplace.order.domain.OrderFixtures.REST;
import static marketplace.order.domain.OrderFixtures.TOTAL;
import static marketplace.order.domain.OrderFixtures.TWO_CABLES;
import static marketplace.order.domain.OrderFixtures.after;
import static marketplace.order.domain.OrderFixtures.allCancelled;
import static marketplace.order.domain.OrderFixtures.cancelled;
import static marketplace.order.domain.OrderFixtures.dispatched;
import static marketplace.order.domain.OrderFixtures.granted;
import static marketplace.order.domain.OrderFixtures.id;
import static marketplace.order.domain.OrderFixtures.note;
import static marketplace.order.domain.OrderFixtures.noted;
import static marketplace.order.domain.OrderFixtures.refundIssued;
import static marketplace.order.domain.OrderFixtures.refundRequested;
import static marketplace.order.domain.OrderFixtures.request;
import static marketplace.order.domain.OrderFixtures.sellerCancels;
import static marketplace.order.domain.OrderFixtures.settlementOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.CancellationId;
import marketplace.kernel.CaseType;
import marketplace.kernel.Fault;
import marketplace.kernel.LineId;
import marketplace.kernel.OfferId;
import marketplace.kernel.PaymentId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundId;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.Units;
import marketplace.order.domain.OrderEvent.CancellationWithdrawalAsked;
import marketplace.order.domain.OrderEvent.DeliveredBecause;
import marketplace.order.domain.OrderEvent.OrderCancelled;
import marketplace.order.domain.OrderEvent.OrderCompleted;
import marketplace.order.domain.OrderEvent.OrderDelivered;
import marketplace.order.domain.OrderEvent.OrderUnitsCancelled;
import marketplace.order.domain.OrderEvent.ReceiptConfirmed;
import marketplace.order.domain.OrderRejection.AmountMismatch;
import marketplace.order.domain.OrderRejection.CaseOpen;
import marketplace.order.domain.OrderRejection.FactContradicts;
import marketplace.order.domain.OrderRejection.FactRepeated;
import marketplace.order.domain.OrderRejection.OrderUnknown;
import marketplace.order.domain.OrderRejection.UnitsUnknown;
import marketplace.testkit.DeciderFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What the facts of other services do to an order, row by row (domain, section 8.1).
class OrderNotesTest {
  private final DeciderFixture<OrderCommand, Order, OrderEvent, OrderRejection> order =
      DeciderFixture.of(new OrderDecider());

  private static final OrderCancelled UNPAID_CANCELLED =
      new OrderCancelled(
          ORDER, CancellationCause.BUYER_BEFORE_PAYMENT, Fault.BUYER, true, after(1));
  private static final OrderCancelled PAY_BY_MISSED =
      new OrderCancelled(
          ORDER, CancellationCause.PAYMENT_DEADLINE_MISSED, Fault.BUYER, true, after(500));
  private static final List<OrderEvent> SHIPPED =
      List.of(PLACED, noted(AUTHORIZED), noted(CAPTURED), READY, noted(ALL_SHIPPED));

  @Nested
  class A_payment {
    @Test
    void holds_the_last_day_to_pay_while_it_is_authorised() {
      order
          .given(PLACED)
          .when(note(AUTHORIZED), after(1))
          .thenEmits(noted(AUTHORIZED))
          .thenNoDeadline();
    }

    @Test
    void makes_the_order_ready_to_ship_when_it_is_captured_in_full() {
      order
          .given(PLACED, noted(AUTHORIZED))
          .when(note(CAPTURED), MONDAY)
          .thenEmits(noted(CAPTURED), READY);
    }

    @Test
    void of_another_amount_is_refused() {
      order
          .given(PLACED)
          .when(note(new Effect.PaymentCaptured(PAYMENT, PaymentMethod.CARD, TOTAL - 1)), after(1))
          .thenRefuses(new AmountMismatch());
      order
          .given(PLACED)
          .when(
              note(new Effect.PaymentAuthorized(PAYMENT, PaymentMethod.CARD, TOTAL + 1)), after(1))
          .thenRefuses(new AmountMismatch());
    }

    @Test
    void that_fails_or_is_voided_leaves_the_order_waiting_until_the_last_day() {
      for (var end :
          List.of(new Effect.PaymentFailed(PAYMENT), new Effect.PaymentVoided(PAYMENT))) {
        order
            .given(PLACED, noted(AUTHORIZED))
            .when(note(end), after(1))
            .thenEmits(noted(end))
            .thenDeadline("payBy", after(480));
      }
    }

    @Test
    void that_fails_after_the_last_day_cancels_the_order_then() {
      var failed = new Effect.PaymentFailed(PAYMENT);
      order
          .given(PLACED, noted(AUTHORIZED))
          .when(note(failed), after(500))
          .thenEmits(noted(failed), PAY_BY_MISSED);
      var voided = new Effect.PaymentVoided(PAYMENT);
      order
          .given(PLACED, noted(AUTHORIZED))
          .when(note(voided), after(480))
          .thenEmits(
              noted(voided),
              new OrderCancelled(
                  ORDER, CancellationCause.PAYMENT_DEADLINE_MISSED, Fault.BUYER, true, after(480)));
    }

    @Test
    void of_which_another_one_is_still_authorised_keeps_the_order_waiting() {
      var second =
          new Effect.PaymentAuthorized(new PaymentId(id("second")), PaymentMethod.CARD, TOTAL);
      var failed = new Effect.PaymentFailed(PAYMENT);
      order
          .given(PLACED, noted(AUTHORIZED), noted(second))
          .when(note(failed), after(500))
          .thenEmits(noted(failed));
    }

    @Test
    void for_a_cancelled_order_is_noted_and_what_was_captured_is_due_back() {
      for (Effect late :
          List.of(
              AUTHORIZED,
              CAPTURED,
              new Effect.PaymentFailed(PAYMENT),
              new Effect.PaymentVoided(PAYMENT))) {
        order.given(PLACED, UNPAID_CANCELLED).when(note(late), after(2)).thenEmits(noted(late));
      }
      order
          .given(PLACED, UNPAID_CANCELLED)
          .when(note(new Effect.PaymentCaptured(PAYMENT, PaymentMethod.CARD, 1)), after(2))
          .thenRefuses(new AmountMismatch());
    }

    @Test
    void on_delivery_is_noted_in_every_state() {
      var cash = new Effect.PaymentCaptured(PAYMENT, PaymentMethod.CASH_ON_DELIVERY, TOTAL);
      order
          .given(ON_DELIVERY)
          .and(noted(ALL_SHIPPED), noted(ARRIVED))
          .when(note(cash), after(201))
          .thenEmits(noted(cash));
    }

    @Test
    void changes_nothing_when_it_is_told_again() {
      order.given(PAID).when(note(CAPTURED), after(1)).thenRefuses(new FactRepeated());
      order.given(PAID).when(note(AUTHORIZED), after(1)).thenRefuses(new FactRepeated());
      var failed = new Effect.PaymentFailed(PAYMENT);
      order
          .given(PLACED, noted(AUTHORIZED), noted(failed))
          .when(note(failed), after(1))
          .thenRefuses(new FactRepeated());
    }

    @Test
    void contradicts_an_order_that_is_paid_or_an_end_that_was_told() {
      var other = new PaymentId(id("second"));
      order
          .given(PAID)
          .when(note(new Effect.PaymentAuthorized(other, PaymentMethod.CARD, TOTAL)), after(1))
          .thenRefuses(new FactContradicts());
      order
          .given(PAID)
          .when(note(new Effect.PaymentCaptured(other, PaymentMethod.CARD, TOTAL)), after(1))
          .thenRefuses(new FactContradicts());
      order
          .given(PAID)
          .when(note(new Effect.PaymentFailed(other)), after(1))
          .thenRefuses(new FactContradicts());
      order
          .given(PAID)
          .when(note(new Effect.PaymentVoided(PAYMENT)), after(1))
          .thenRefuses(new FactContradicts());
      order
          .given(PLACED, noted(AUTHORIZED), noted(new Effect.PaymentFailed(PAYMENT)))
          .when(note(CAPTURED), after(1))
          .thenRefuses(new FactContradicts());
    }
  }

  @Nested
  class A_seller_who_prepares {
    private final Effect begun = new Effect.ProcessingStarted();

    @Test
    void is_noted_before_and_between_parcels() {
      order.given(PAID).when(note(begun), after(1)).thenEmits(noted(begun));
      order
          .given(PAID)
          .and(noted(dispatched(PARCEL, ONE_CABLE, null)))
          .when(note(begun), after(21))
          .thenEmits(noted(begun));
    }

    @Test
    void begins_once_and_never_on_what_is_unpaid_or_gone() {
      order
          .given(PAID)
          .and(noted(begun))
          .when(note(begun), after(2))
          .thenRefuses(new FactRepeated());
      order.given(PLACED).when(note(begun), after(1)).thenRefuses(new FactContradicts());
      order.given(SHIPPED).when(note(begun), after(21)).thenRefuses(new FactContradicts());
    }
  }

  @Nested
  class A_granted_request {
    @Test
    void cancels_its_units_and_with_all_of_them_the_order() {
      order
          .given(PAID)
          .and(REQUESTED)
          .when(note(granted(REQUEST, ALL)), after(5))
          .thenEmits(
              noted(granted(REQUEST, ALL)),
              cancelled(REQUEST, ALL, TOTAL, 350, after(5)),
              allCancelled(after(5)));
    }

    @Test
    void for_a_part_leaves_the_rest_and_the_shipping_fee() {
      order
          .given(PAID)
          .and(OrderFixtures.requested(REQUEST, ONE_CABLE, 1))
          .when(note(granted(REQUEST, ONE_CABLE)), after(5))
          .thenEmits(
              noted(granted(REQUEST, ONE_CABLE)), cancelled(REQUEST, ONE_CABLE, 899, 0, after(5)));
    }

    @Test
    void for_an_agreed_amount_leaves_the_rest_to_the_seller() {
      var agreed = new Effect.RequestGranted(REQUEST, CancellationCause.OFFER_ACCEPTED, ALL, 4000L);
      order
          .given(PAID)
          .and(REQUESTED)
          .when(note(agreed), after(5))
          .thenEmits(
              noted(agreed),
              new OrderUnitsCancelled(
                  ORDER,
                  settlementOf(REQUEST.value()),
                  REQUEST,
                  CancellationCause.OFFER_ACCEPTED,
                  Fault.BUYER,
                  ALL,
                  4000,
                  0,
                  TOTAL - 4000,
                  true,
                  after(5)),
              new OrderCancelled(
                  ORDER, CancellationCause.OFFER_ACCEPTED, Fault.BUYER, false, after(5)));
    }

    @Test
    void for_an_agreed_amount_above_the_value_gives_back_the_value() {
      var agreed = new Effect.RequestGranted(REQUEST, CancellationCause.OFFER_ACCEPTED, ALL, 9999L);
      var last = settled(order.given(PAID).and(REQUESTED).when(note(agreed), after(5)).emitted());
      assertThat(last.refundMinor()).isEqualTo(TOTAL);
      assertThat(last.keptBySellerMinor()).isZero();
      var negative = new Effect.RequestGranted(REQUEST, CancellationCause.OFFER_ACCEPTED, ALL, -1L);
      order
          .given(PAID)
          .and(REQUESTED)
          .when(note(negative), after(5))
          .thenRefuses(new AmountMismatch());
    }

    @Test
    void gives_nothing_back_where_nothing_was_captured() {
      var last =
          settled(
              order
                  .given(ON_DELIVERY)
                  .and(REQUESTED)
                  .when(note(granted(REQUEST, ALL)), after(5))
                  .emitted());
      assertThat(last.refundMinor()).isZero();
      assertThat(last.shippingFeePartMinor()).isZero();
      assertThat(last.keptBySellerMinor()).isZero();
    }

    @Test
    void that_this_order_never_sent_is_nobodys_fault_and_granted_once() {
      var emitted = order.given(PAID).when(note(granted(ANOTHER, ONE_CABLE)), after(5)).emitted();
      assertThat(settled(emitted).fault()).isEqualTo(Fault.NONE);
      assertThat(settled(emitted).settlementId()).isEqualTo(settlementOf(ANOTHER.value()));
      order
          .given(PAID)
          .and(emitted.toArray(new OrderEvent[0]))
          .when(note(granted(ANOTHER, ONE_CABLE)), after(6))
          .thenRefuses(new FactRepeated());
    }

    @Test
    void that_this_order_never_sent_leaves_a_pending_one_open() {
      var grown =
          order
              .given(PAID)
              .and(OrderFixtures.requested(REQUEST, ONE_CABLE, 1))
              .when(note(granted(ANOTHER, ONE_CABLE)), after(5))
              .after();
      assertThat(((Order.Placed) grown.state()).requests().open()).isPresent();
    }

    @Test
    void is_decided_once() {
      var decided =
          order
              .given(PAID)
              .and(OrderFixtures.requested(REQUEST, ONE_CABLE, 1))
              .when(note(granted(REQUEST, ONE_CABLE)), after(5))
              .after();
      decided.when(note(granted(REQUEST, ONE_CABLE)), after(6)).thenRefuses(new FactRepeated());
      decided
          .when(note(ended(REQUEST, Request.Outcome.DECLINED)), after(6))
          .thenRefuses(new FactContradicts());
      order
          .given(PAID)
          .and(REQUESTED, noted(ended(REQUEST, Request.Outcome.DECLINED)))
          .when(note(granted(REQUEST, ALL)), after(6))
          .thenRefuses(new FactContradicts());
    }

    @Test
    void must_name_units_that_are_neither_shipped_nor_cancelled() {
      order
          .given(PAID)
          .when(note(granted(ANOTHER, Units.of(CABLES, 4))), after(5))
          .thenRefuses(new UnitsUnknown());
      order
          .given(PAID)
          .when(note(granted(ANOTHER, Units.of(new LineId(id("none")), 1))), after(5))
          .thenRefuses(new UnitsUnknown());
      order
          .given(PAID)
          .when(note(granted(ANOTHER, Units.NONE)), after(5))
          .thenRefuses(new UnitsUnknown());
      order
          .given(SHIPPED)
          .when(note(granted(ANOTHER, ALL)), after(21))
          .thenRefuses(new UnitsUnknown());
    }

    @Test
    void contradicts_a_cancelled_order() {
      order
          .given(PLACED, UNPAID_CANCELLED)
          .when(note(granted(ANOTHER, ALL)), after(5))
          .thenRefuses(new FactContradicts());
    }

    @Test
    void of_an_unpaid_order_sends_back_whatever_comes_in_later() {
      var emitted = order.given(PLACED).when(note(granted(ANOTHER, ALL)), after(5)).emitted();
      assertThat(emitted)
          .last()
          .isInstanceOfSatisfying(
              OrderCancelled.class, event -> assertThat(event.refundAllCaptures()).isTrue());
    }

    @Test
    void of_the_last_open_units_delivers_what_has_arrived_already() {
      var arrived = new Effect.ParcelReported(PARCEL, Parcel.State.DELIVERED, after(100));
      var grant = granted(REQUEST, REST);
      order
          .given(PAID)
          .and(noted(dispatched(PARCEL, ONE_CABLE, null)), noted(arrived))
          .and(OrderFixtures.requested(REQUEST, REST, 1))
          .when(note(grant), after(110))
          .thenEmits(
              noted(grant),
              cancelled(REQUEST, REST, 2697 - 899 + 2000, 0, after(110)),
              new OrderDelivered(
                  ORDER, DeliveredBecause.CARRIER, after(110), after(110 + 15 * 24), ONE_CABLE, 0));
    }

    @Test
    void by_silence_closes_the_request_as_timed_out() {
      var silence =
          new Effect.RequestGranted(REQUEST, CancellationCause.SELLER_TIMED_OUT, ALL, null);
      var state =
          (Order.Placed)
              order.given(PAID).and(REQUESTED).when(note(silence), after(74)).after().state();
      assertThat(state.requests().sent())
          .singleElement()
          .extracting(Request::stage)
          .isEqualTo(new Request.Closed(Request.Outcome.TIMED_OUT, after(74), TOTAL));
    }
  }

  @Nested
  class A_request_that_ends {
    @Test
    void frees_the_order_for_another_one_in_whatever_way_it_ends() {
      for (var outcome :
          List.of(
              Request.Outcome.DECLINED,
              Request.Outcome.TIMED_OUT,
              Request.Outcome.WITHDRAWN,
              Request.Outcome.LAPSED)) {
        var end = ended(REQUEST, outcome);
        var state =
            (Order.Placed)
                order
                    .given(PAID)
                    .and(REQUESTED)
                    .when(note(end), after(5))
                    .thenEmits(noted(end))
                    .state();
        assertThat(state.requests().open()).isEmpty();
      }
    }

    @Test
    void may_have_been_offered_or_withdrawn_and_the_order_shipped() {
      var end = ended(REQUEST, Request.Outcome.DECLINED);
      order
          .given(PAID)
          .and(REQUESTED, noted(OFFERED))
          .when(note(end), after(5))
          .thenEmits(noted(end));
      order
          .given(PAID)
          .and(REQUESTED, new CancellationWithdrawalAsked(ORDER, REQUEST, after(3)))
          .when(note(end), after(5))
          .thenEmits(noted(end));
      order
          .given(PAID)
          .and(REQUESTED, noted(ALL_SHIPPED))
          .when(note(end), after(21))
          .thenEmits(noted(end));
    }

    @Test
    void ends_once_and_is_one_of_ours() {
      var end = ended(REQUEST, Request.Outcome.DECLINED);
      order
          .given(PAID)
          .and(REQUESTED, noted(end))
          .when(note(end), after(6))
          .thenRefuses(new FactRepeated());
      order
          .given(PAID)
          .and(REQUESTED, noted(end))
          .when(note(ended(REQUEST, Request.Outcome.LAPSED)), after(6))
          .thenRefuses(new FactContradicts());
      order.given(PAID).when(note(end), after(6)).thenRefuses(new FactContradicts());
    }
  }

  @Nested
  class An_offer {
    private final Effect.OfferRejected rejected =
        new Effect.OfferRejected(REQUEST, OFFER, after(76));

    @Test
    void stands_until_it_is_rejected_and_the_seller_has_longer_then() {
      order
          .given(PAID)
          .and(REQUESTED)
          .when(note(OFFERED), after(10))
          .thenEmits(noted(OFFERED))
          .when(note(rejected), after(12))
          .thenEmits(noted(rejected));
      var state =
          (Order.Placed) order.given(PAID).and(REQUESTED, noted(OFFERED), noted(rejected)).state();
      assertThat(state.requests().open())
          .hasValueSatisfying(request -> {
            assertThat(request.stage()).isEqualTo(new Request.Pending());
            assertThat(request.replyBy()).isEqualTo(after(76));
          });
    }

    @Test
    void may_be_rejected_at_once_so_that_the_time_does_not_move() {
      var atOnce = new Effect.OfferRejected(REQUEST, OFFER, REQUESTED.replyBy());
      order
          .given(PAID)
          .and(REQUESTED, noted(OFFERED))
          .when(note(atOnce), after(10))
          .thenEmits(noted(atOnce))
          .when(note(atOnce), after(11))
          .thenRefuses(new FactRepeated());
    }

    @Test
    void does_not_bring_back_a_request_that_the_buyer_wants_withdrawn() {
      var asked = new CancellationWithdrawalAsked(ORDER, REQUEST, after(3));
      var state =
          (Order.Placed)
              order
                  .given(PAID)
                  .and(REQUESTED, asked)
                  .when(note(OFFERED), after(10))
                  .after()
                  .when(note(rejected), after(12))
                  .after()
                  .state();
      assertThat(state.requests().open())
          .map(Request::stage)
          .hasValue(new Request.WithdrawalAsked());
    }

    @Test
    void is_made_once_at_a_time_for_an_open_request() {
      order
          .given(PAID)
          .and(REQUESTED, noted(OFFERED))
          .when(note(OFFERED), after(11))
          .thenRefuses(new FactRepeated());
      order
          .given(PAID)
          .and(REQUESTED, noted(OFFERED))
          .when(
              note(new Effect.OfferMade(REQUEST, new OfferId(id("second")), 1, null, after(90))),
              after(11))
          .thenRefuses(new FactContradicts());
      order.given(PAID).when(note(OFFERED), after(11)).thenRefuses(new FactContradicts());
    }

    @Test
    void is_rejected_once_and_only_where_it_was_made() {
      order
          .given(PAID)
          .and(REQUESTED, noted(OFFERED), noted(rejected))
          .when(note(rejected), after(13))
          .thenRefuses(new FactRepeated());
      order
          .given(PAID)
          .and(REQUESTED)
          .when(note(rejected), after(13))
          .thenRefuses(new FactContradicts());
      order.given(PAID).when(note(rejected), after(13)).thenRefuses(new FactContradicts());
    }
  }

  @Nested
  class Units_cancelled_without_being_asked_for {
    @Test
    void are_refunded_with_the_fault_and_cause_of_the_fact() {
      for (var cause :
          List.of(
              CancellationCause.SELLER_CANCELLED,
              CancellationCause.SHIP_DEADLINE_MISSED,
              CancellationCause.RULING)) {
        var effect = new Effect.UnitsCancelled(cause, Fault.SELLER, ALL, after(5), REQUEST, 3);
        order
            .given(PAID)
            .and(REQUESTED)
            .when(note(effect), after(5))
            .thenEmits(
                noted(effect),
                new OrderUnitsCancelled(
                    ORDER,
                    settlementOf(note(effect).eventId()),
                    null,
                    cause,
                    Fault.SELLER,
                    ALL,
                    TOTAL,
                    350,
                    0,
                    true,
                    after(5)),
                new OrderCancelled(ORDER, cause, Fault.SELLER, false, after(5)));
      }
    }

    @Test
    void overtake_the_request_that_they_close_and_no_other() {
      assertThat(requestAfter(sellerCancels(ONE_CABLE, REQUEST, 3)).stage())
          .isEqualTo(new Request.Closed(Request.Outcome.OVERTAKEN, after(5), 0));
      assertThat(requestAfter(sellerCancels(ONE_CABLE, ANOTHER, 3)).isOpen()).isTrue();
      assertThat(requestAfter(sellerCancels(ONE_CABLE, null, 3)).isOpen()).isTrue();
    }

    @Test
    void are_cancelled_once_for_one_fact() {
      var once = order.given(PAID).when(note(sellerCancels(ONE_CABLE, null, 3)), after(5)).after();
      once.when(note(sellerCancels(ONE_CABLE, null, 3)), after(6)).thenRefuses(new FactRepeated());
      once.when(note(sellerCancels(ONE_CABLE, null, null)), after(6))
          .thenRefuses(new FactRepeated());
    }

    @Test
    void may_be_the_same_number_twice_in_one_instant() {
      var twice =
          order
              .given(PAID)
              .when(note(sellerCancels(ONE_CABLE, null, 3)), after(5))
              .after()
              .when(note(sellerCancels(ONE_CABLE, null, 4)), after(5))
              .after();
      assertThat(((Order.Placed) twice.state()).goods().cancelled()).isEqualTo(TWO_CABLES);
    }

    @Test
    void must_be_open() {
      order
          .given(SHIPPED)
          .when(note(sellerCancels(ALL, null, 3)), after(21))
          .thenRefuses(new UnitsUnknown());
      order
          .given(PLACED, UNPAID_CANCELLED)
          .when(note(sellerCancels(ALL, null, 3)), after(21))
          .thenRefuses(new FactContradicts());
    }

    @Test
    void are_worth_what_is_left_of_the_line() {
      var emitted =
          order
              .given(PAID)
              .when(note(sellerCancels(TWO_CABLES, null, 3)), after(5))
              .after()
              .when(note(sellerCancels(Units.of(MUGS, 1).plus(ONE_CABLE), null, 4)), after(5))
              .emitted();
      assertThat(settled(emitted).refundMinor()).isEqualTo(899 + 2000 + 350);
      assertThat(settled(emitted).units()).isEqualTo(Units.of(CABLES, 1).plus(Units.of(MUGS, 1)));
    }

    private Request requestAfter(Effect effect) {
      var state =
          (Order.Placed)
              order.given(PAID).and(REQUESTED).when(note(effect), after(5)).after().state();
      return state.requests().sent().getFirst();
    }
  }

  @Nested
  class A_parcel {
    @Test
    void is_noted_and_ends_the_request_that_it_closes() {
      var sent = dispatched(PARCEL, ALL, REQUEST);
      var state =
          (Order.Placed)
              order
                  .given(PAID)
                  .and(REQUESTED)
                  .when(note(sent), after(20))
                  .thenEmits(noted(sent))
                  .state();
      assertThat(state.status()).isEqualTo(OrderStatus.SHIPPED);
      assertThat(state.requests().sent().getFirst().stage())
          .isEqualTo(new Request.Closed(Request.Outcome.SHIPPED, after(20), 0));
    }

    @Test
    void is_sent_once_and_holds_only_open_units() {
      order.given(SHIPPED).when(note(ALL_SHIPPED), after(21)).thenRefuses(new FactRepeated());
      var other = new ShipmentId(id("other parcel"));
      order
          .given(PAID)
          .when(note(dispatched(other, Units.of(CABLES, 4), null)), after(20))
          .thenRefuses(new UnitsUnknown());
      order
          .given(PAID)
          .when(note(dispatched(other, Units.NONE, null)), after(20))
          .thenRefuses(new UnitsUnknown());
      order
          .given(SHIPPED)
          .when(note(dispatched(other, ONE_CABLE, null)), after(21))
          .thenRefuses(new FactContradicts());
      order
          .given(PLACED)
          .when(note(dispatched(other, ONE_CABLE, null)), after(21))
          .thenRefuses(new FactContradicts());
    }

    @Test
    void that_arrives_delivers_the_order_when_it_is_the_last_one() {
      order
          .given(SHIPPED)
          .when(note(ARRIVED), after(201))
          .thenEmits(noted(ARRIVED), carrierDelivered(after(200), ALL, 0));
    }

    @Test
    void that_arrives_while_units_are_open_or_under_way_is_only_noted() {
      var second = new ShipmentId(id("second parcel"));
      var some = noted(dispatched(PARCEL, ONE_CABLE, null));
      order.given(PAID).and(some).when(note(ARRIVED), after(201)).thenEmits(noted(ARRIVED));
      order
          .given(PAID)
          .and(some, noted(dispatched(second, REST, null)))
          .when(note(ARRIVED), after(201))
          .thenEmits(noted(ARRIVED));
    }

    @Test
    void on_delivery_is_paid_for_what_was_not_cancelled() {
      var rest = dispatched(PARCEL, REST, null);
      order
          .given(ON_DELIVERY)
          .and(noted(granted(ANOTHER, ONE_CABLE)), cancelled(ANOTHER, ONE_CABLE, 0, 0, after(5)))
          .and(noted(rest))
          .when(note(ARRIVED), after(201))
          .thenEmits(noted(ARRIVED), carrierDelivered(after(200), REST, TOTAL - 899));
    }

    @Test
    void that_arrives_after_the_buyer_has_confirmed_or_the_order_is_complete_is_noted() {
      var confirmed = new ReceiptConfirmed(ORDER, after(100));
      order.given(SHIPPED).and(confirmed).when(note(ARRIVED), after(201)).thenEmits(noted(ARRIVED));
      order
          .given(SHIPPED)
          .and(noted(new Effect.AfterSaleClosed()), new OrderCompleted(ORDER, after(150)))
          .when(note(ARRIVED), after(201))
          .thenEmits(noted(ARRIVED));
    }

    @Test
    void goes_forward_only() {
      var moving = new Effect.ParcelReported(PARCEL, Parcel.State.IN_TRANSIT, after(30));
      var lost = new Effect.ParcelReported(PARCEL, Parcel.State.LOST, after(40));
      var refused = new Effect.ParcelReported(PARCEL, Parcel.State.REFUSED, after(40));
      order.given(SHIPPED).when(note(moving), after(30)).thenEmits(noted(moving));
      order.given(SHIPPED).and(noted(moving)).when(note(lost), after(40)).thenEmits(noted(lost));
      order.given(SHIPPED).when(note(refused), after(40)).thenEmits(noted(refused));
      order
          .given(SHIPPED)
          .and(noted(moving))
          .when(note(moving), after(41))
          .thenRefuses(new FactRepeated());
      order
          .given(SHIPPED)
          .and(noted(lost))
          .when(note(moving), after(41))
          .thenRefuses(new FactContradicts());
      order.given(PAID).when(note(moving), after(41)).thenRefuses(new FactContradicts());
    }
  }

  @Nested
  class The_closed_after_sale_window {
    private final Effect closed = new Effect.AfterSaleClosed();

    @Test
    void completes_an_order_of_which_everything_is_sent() {
      order
          .given(SHIPPED)
          .when(note(closed), after(900))
          .thenEmits(noted(closed), new OrderCompleted(ORDER, after(900)));
      order
          .given(SHIPPED)
          .and(noted(ARRIVED))
          .when(note(closed), after(900))
          .thenEmits(noted(closed), new OrderCompleted(ORDER, after(900)));
    }

    @Test
    void waits_for_the_parcel_that_is_still_to_be_heard_of() {
      order
          .given(PAID)
          .when(note(closed), after(900))
          .thenEmits(noted(closed))
          .when(note(ALL_SHIPPED), after(901))
          .thenEmits(noted(ALL_SHIPPED), new OrderCompleted(ORDER, after(901)));
    }

    @Test
    void waits_for_the_cancellation_of_the_last_open_units() {
      var effect = sellerCancels(REST, null, 9);
      var emitted =
          order
              .given(PAID)
              .and(noted(dispatched(PARCEL, ONE_CABLE, null)), noted(closed))
              .when(note(effect), after(901))
              .emitted();
      assertThat(emitted).hasSize(3);
      assertThat(emitted).last().isEqualTo(new OrderCompleted(ORDER, after(901)));
    }

    @Test
    void means_nothing_to_a_cancelled_order_and_is_told_once() {
      order.given(PLACED, UNPAID_CANCELLED).when(note(closed), after(900)).thenEmits(noted(closed));
      order
          .given(SHIPPED)
          .and(noted(closed), new OrderCompleted(ORDER, after(900)))
          .when(note(closed), after(901))
          .thenRefuses(new FactRepeated());
    }
  }

  @Nested
  class A_refund {
    private final UUID cause = settlementOf(REQUEST.value()).value();
    private final List<OrderEvent> cancelledOrder =
        List.of(
            PLACED,
            noted(AUTHORIZED),
            noted(CAPTURED),
            READY,
            REQUESTED,
            cancelled(REQUEST, ALL, TOTAL, 350, after(5)),
            allCancelled(after(5)));

    @Test
    void is_followed_until_it_has_arrived() {
      var asked = refundRequested(cause, TOTAL);
      var issued = refundIssued(cause, TOTAL);
      var settled = new Effect.RefundSettled(REFUND);
      var before = order.given(cancelledOrder);
      assertThat(((Order.Placed) before.state()).deleted()).isFalse();
      var arrived =
          before
              .when(note(asked), after(5))
              .thenEmits(noted(asked))
              .when(note(issued), after(5))
              .thenEmits(noted(issued))
              .when(note(settled), after(120))
              .thenEmits(noted(settled));
      assertThat(((Order.Placed) arrived.state()).deleted()).isTrue();
      assertThat(((Order.Placed) arrived.state()).funds().refunds()).hasSize(1);
    }

    @Test
    void that_is_denied_is_not_due_any_more() {
      var denied = new Effect.RefundDenied(RefundCause.CANCELLATION, cause);
      var state =
          (Order.Placed)
              order
                  .given(cancelledOrder)
                  .when(note(denied), after(5))
                  .thenEmits(noted(denied))
                  .state();
      assertThat(state.deleted()).isTrue();
      order.given(PAID).when(note(denied), after(5)).thenEmits(noted(denied));
    }

    @Test
    void of_another_cause_is_shown_too() {
      var dispute = new Effect.RefundIssued(REFUND, RefundCause.DISPUTE, id("dispute"), 100);
      order.given(SHIPPED).when(note(dispute), after(300)).thenEmits(noted(dispute));
    }

    @Test
    void is_told_once_and_in_order() {
      var story = order.given(cancelledOrder).and(noted(refundRequested(cause, TOTAL)));
      story.when(note(refundRequested(cause, TOTAL)), after(6)).thenRefuses(new FactRepeated());
      story.when(note(refundIssued(cause, 1)), after(6)).thenRefuses(new AmountMismatch());
      story
          .when(note(new Effect.RefundDenied(RefundCause.CANCELLATION, cause)), after(6))
          .thenRefuses(new FactContradicts());
      var issued = story.and(noted(refundIssued(cause, TOTAL)));
      issued.when(note(refundIssued(cause, TOTAL)), after(6)).thenRefuses(new FactRepeated());
      issued
          .and(noted(new Effect.RefundSettled(REFUND)))
          .when(note(new Effect.RefundSettled(REFUND)), after(130))
          .thenRefuses(new FactRepeated());
      order
          .given(PAID)
          .when(note(new Effect.RefundSettled(new RefundId(id("none")))), after(6))
          .thenRefuses(new FactContradicts());
      var denied = new Effect.RefundDenied(RefundCause.CANCELLATION, cause);
      var afterDenial = order.given(cancelledOrder).and(noted(denied));
      afterDenial.when(note(denied), after(6)).thenRefuses(new FactRepeated());
      afterDenial
          .when(note(refundIssued(cause, TOTAL)), after(6))
          .thenRefuses(new FactContradicts());
    }
  }

  @Nested
  class A_case {
    private final Effect opened =
        new Effect.CaseOpened(CaseType.DISPUTE, id("dispute"), true, Cases.State.AWAITING_SELLER);
    private final Effect resolved = new Effect.CaseMoved(id("dispute"), Cases.State.RESOLVED);

    @Test
    void about_a_refused_cancellation_is_in_the_way_of_another_request() {
      var disputed = order.given(PLACED, noted(AUTHORIZED), noted(CAPTURED), READY, noted(opened));
      disputed.when(request(null), after(3)).thenRefuses(new CaseOpen());
      disputed.and(noted(resolved)).when(request(null), after(3)).after();
    }

    @Test
    void is_opened_once_and_ends_once() {
      var disputed = order.given(PLACED, noted(opened));
      disputed.when(note(opened), after(3)).thenRefuses(new FactRepeated());
      disputed
          .when(note(resolved), after(4))
          .thenEmits(noted(resolved))
          .when(note(resolved), after(5))
          .thenRefuses(new FactRepeated());
      disputed
          .and(noted(resolved))
          .when(note(new Effect.CaseMoved(id("dispute"), Cases.State.PLATFORM_REVIEW)), after(5))
          .thenRefuses(new FactContradicts());
      order.given(PLACED).when(note(resolved), after(5)).thenRefuses(new FactContradicts());
    }

    @Test
    void that_is_a_return_takes_its_units_back() {
      var back = new Effect.UnitsReturned(id("return"), ALL);
      var state =
          order
              .given(SHIPPED)
              .and(
                  noted(
                      new Effect.CaseOpened(
                          CaseType.RETURN, id("return"), false, Cases.State.UNDER_REVIEW)))
              .when(note(back), after(300))
              .thenEmits(noted(back))
              .state();
      assertThat(((Order.Placed) state).cases().returned()).isEqualTo(ALL);
      assertThat(((Order.Placed) state).cases().open()).isEmpty();
    }
  }

  @Test
  void a_fact_without_consequence_is_kept_in_every_state() {
    var seen = new Effect.Seen();
    order.given(PLACED).when(note(seen), after(1)).thenEmits(noted(seen));
    order.given(PLACED, UNPAID_CANCELLED).when(note(seen), after(2)).thenEmits(noted(seen));
  }

  @Test
  void a_fact_about_an_order_that_nobody_has_placed_is_refused() {
    order.given().when(note(AUTHORIZED), after(1)).thenRefuses(new OrderUnknown());
  }

  private static Effect.RequestEnded ended(CancellationId id, Request.Outcome outcome) {
    return new Effect.RequestEnded(id, outcome, after(4));
  }

  private static OrderDelivered carrierDelivered(Instant at, Units units, long dueMinor) {
    return new OrderDelivered(
        ORDER,
        DeliveredBecause.CARRIER,
        at,
        at.plus(java.time.Duration.ofDays(15)),
        units,
        dueMinor);
  }

  private static OrderUnitsCancelled settled(List<OrderEvent> events) {
    return events.stream()
        .filter(OrderUnitsCancelled.class::isInstance)
        .map(OrderUnitsCancelled.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
