package marketplace.order.view;

import static marketplace.order.domain.OrderFixtures.ALL;
import static marketplace.order.domain.OrderFixtures.ALL_SHIPPED;
import static marketplace.order.domain.OrderFixtures.ARRIVED;
import static marketplace.order.domain.OrderFixtures.AUTHORIZED;
import static marketplace.order.domain.OrderFixtures.OFFERED;
import static marketplace.order.domain.OrderFixtures.ONE_CABLE;
import static marketplace.order.domain.OrderFixtures.ORDER;
import static marketplace.order.domain.OrderFixtures.PAID;
import static marketplace.order.domain.OrderFixtures.PARCEL;
import static marketplace.order.domain.OrderFixtures.PAYMENT;
import static marketplace.order.domain.OrderFixtures.PLACED;
import static marketplace.order.domain.OrderFixtures.REFUND;
import static marketplace.order.domain.OrderFixtures.REQUEST;
import static marketplace.order.domain.OrderFixtures.REQUESTED;
import static marketplace.order.domain.OrderFixtures.TOTAL;
import static marketplace.order.domain.OrderFixtures.after;
import static marketplace.order.domain.OrderFixtures.allCancelled;
import static marketplace.order.domain.OrderFixtures.cancelled;
import static marketplace.order.domain.OrderFixtures.dispatched;
import static marketplace.order.domain.OrderFixtures.noted;
import static marketplace.order.domain.OrderFixtures.refundIssued;
import static marketplace.order.domain.OrderFixtures.refundRequested;
import static marketplace.order.domain.OrderFixtures.settlementOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import marketplace.eventsourcing.Change;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import marketplace.eventsourcing.ViewRow;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.Fault;
import marketplace.kernel.Policies;
import marketplace.order.domain.Effect;
import marketplace.order.domain.Order;
import marketplace.order.domain.OrderDecider;
import marketplace.order.domain.OrderEvent;
import marketplace.order.domain.OrderEvent.CancellationWithdrawalAsked;
import marketplace.order.domain.OrderEvent.OrderCompleted;
import marketplace.order.domain.OrderEvent.ReceiptConfirmed;
import marketplace.order.domain.OrderFixtures;
import marketplace.order.domain.OrderStatus;
import marketplace.order.domain.Parcel;
import marketplace.order.domain.Request;
import org.junit.jupiter.api.Test;

class OrderViewTest {
  private static final OrderDecider DECIDER = new OrderDecider();

  @Test
  void a_line_says_where_its_units_are() {
    var order =
        paidThen(
            noted(dispatched(PARCEL, ONE_CABLE, null)),
            cancelled(REQUEST, ONE_CABLE, 899, 0, after(5)));
    assertThat(view(order, 30).lines())
        .extracting(
            OrderView.Line::quantity,
            OrderView.Line::open,
            OrderView.Line::cancelled,
            OrderView.Line::shipped,
            OrderView.Line::delivered)
        .containsExactly(tuple(3, 1, 1, 1, 0), tuple(1, 1, 0, 0, 0));
  }

  @Test
  void every_state_has_its_words() {
    assertThat(view(order(PLACED), 1).label()).isEqualTo("Awaiting payment");
    assertThat(view(paidThen(), 1).label()).isEqualTo("Awaiting shipment");
    assertThat(view(paidThen(noted(new Effect.ProcessingStarted())), 1).label())
        .isEqualTo("Pending shipping");
    assertThat(view(paidThen(noted(dispatched(PARCEL, ONE_CABLE, null))), 21).label())
        .isEqualTo("Partly sent");
    assertThat(view(paidThen(noted(ALL_SHIPPED)), 21).label()).isEqualTo("Sent");
    var moving = new Effect.ParcelReported(PARCEL, Parcel.State.IN_TRANSIT, after(30));
    assertThat(view(paidThen(noted(ALL_SHIPPED), noted(moving)), 31).label())
        .isEqualTo("In transit");
    assertThat(view(paidThen(noted(ALL_SHIPPED), noted(ARRIVED)), 201).label())
        .isEqualTo("Delivered");
    assertThat(
            view(paidThen(noted(ALL_SHIPPED), new OrderCompleted(ORDER, after(900))), 901).label())
        .isEqualTo("Completed");
    assertThat(view(paidThen(allCancelled(after(5))), 6).label()).isEqualTo("Cancelled");
  }

  @Test
  void the_payment_shown_is_the_one_that_counts() {
    assertThat(view(order(PLACED), 1).payment().state()).isEqualTo(OrderView.PaymentStage.NONE);
    assertThat(view(order(PLACED, noted(AUTHORIZED)), 1).payment().state())
        .isEqualTo(OrderView.PaymentStage.AUTHORIZED);
    assertThat(view(paidThen(), 1).payment().state()).isEqualTo(OrderView.PaymentStage.CAPTURED);
    assertThat(
            view(order(PLACED, noted(AUTHORIZED), noted(new Effect.PaymentFailed(PAYMENT))), 1)
                .payment()
                .state())
        .isEqualTo(OrderView.PaymentStage.FAILED);
    assertThat(
            view(order(PLACED, noted(AUTHORIZED), noted(new Effect.PaymentVoided(PAYMENT))), 1)
                .payment()
                .state())
        .isEqualTo(OrderView.PaymentStage.VOIDED);
  }

  @Test
  void a_refund_is_pending_until_it_is_sent_and_partial_where_the_seller_kept_something() {
    var cause = settlementOf(REQUEST.value()).value();
    var kept =
        new OrderEvent.OrderUnitsCancelled(
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
            after(5));
    assertThat(view(paidThen(), 1).refund())
        .isEqualTo(new OrderView.Refund(OrderView.RefundStage.NONE, 0, 0, 0, 0));
    var due = List.<OrderEvent>of(REQUESTED, kept, allCancelled(after(5)));
    assertThat(view(paidThen(due), 6).refund())
        .isEqualTo(new OrderView.Refund(OrderView.RefundStage.PENDING, 0, 0, 4000, TOTAL - 4000));
    var issued = new ArrayList<>(due);
    issued.add(noted(refundRequested(cause, 4000)));
    issued.add(noted(refundIssued(cause, 4000)));
    assertThat(view(paidThen(issued), 6).refund())
        .isEqualTo(new OrderView.Refund(OrderView.RefundStage.PARTIAL, 4000, 0, 0, TOTAL - 4000));
    issued.add(noted(new Effect.RefundSettled(REFUND)));
    assertThat(view(paidThen(issued), 120).refund())
        .isEqualTo(
            new OrderView.Refund(OrderView.RefundStage.PARTIAL, 4000, 4000, 0, TOTAL - 4000));
    var full =
        paidThen(
            REQUESTED,
            cancelled(REQUEST, ALL, TOTAL, 350, after(5)),
            allCancelled(after(5)),
            noted(refundIssued(cause, TOTAL)));
    assertThat(view(full, 6).refund().state()).isEqualTo(OrderView.RefundStage.FULL);
  }

  @Test
  void a_request_is_shown_from_its_first_hour_to_its_end() {
    assertThat(view(paidThen(), 1).request()).isNull();
    var pending = CancelView.of(requestOf(paidThen(REQUESTED)), after(3));
    assertThat(pending.state()).isEqualTo(CancelView.State.PENDING);
    assertThat(pending.secondsLeft()).isEqualTo(71 * 3600);
    assertThat(pending.outcome()).isNull();
    var offered = CancelView.of(requestOf(paidThen(REQUESTED, noted(OFFERED))), after(10));
    assertThat(offered.state()).isEqualTo(CancelView.State.OFFERED);
    assertThat(offered.offer())
        .isEqualTo(new CancelView.Offer(OFFERED.offerId(), 4000, null, after(82)));
    var asked = new CancellationWithdrawalAsked(ORDER, REQUEST, after(4));
    assertThat(CancelView.of(requestOf(paidThen(REQUESTED, asked)), after(5)).state())
        .isEqualTo(CancelView.State.WITHDRAWAL_ASKED);
    var ended = new Effect.RequestEnded(REQUEST, Request.Outcome.DECLINED, after(8));
    var closed = CancelView.of(requestOf(paidThen(REQUESTED, noted(ended))), after(9));
    assertThat(closed.state()).isEqualTo(CancelView.State.CLOSED);
    assertThat(closed.outcome()).isEqualTo(Request.Outcome.DECLINED);
    assertThat(closed.decidedAt()).isEqualTo(after(8));
    assertThat(closed.secondsLeft()).isZero();
  }

  @Test
  void countdowns_run_for_those_who_wait() {
    assertThat(names(order(PLACED), 0)).containsExactly("payBy");
    assertThat(names(paidThen(REQUESTED), 3)).containsExactly("replyBy", "shipBy");
    assertThat(names(paidThen(REQUESTED, noted(OFFERED)), 10))
        .containsExactly("answerBy", "shipBy");
    assertThat(names(paidThen(noted(ALL_SHIPPED)), 21)).containsExactly("deliverBy");
    assertThat(names(paidThen(noted(ALL_SHIPPED), noted(ARRIVED)), 201))
        .containsExactly("afterSaleUntil");
    assertThat(names(paidThen(allCancelled(after(5))), 6)).isEmpty();
    assertThat(Countdown.secondsBetween(after(2), after(1))).isZero();
  }

  @Test
  void a_buyer_is_told_what_he_may_do_and_why_not() {
    assertThat(actions(order(PLACED), 1))
        .containsExactly("CANCEL", "PAY", "CONTACT_SELLER", "REORDER");
    assertThat(actions(order(PLACED, noted(AUTHORIZED)), 1))
        .containsExactly("CANCEL", "PAY: ALREADY_PAID", "CONTACT_SELLER", "REORDER");
    assertThat(actions(paidThen(), 1))
        .containsExactly(
            "REQUEST_CANCELLATION", "CONFIRM_RECEIPT: NOT_SHIPPED", "CONTACT_SELLER", "REORDER");
    assertThat(actions(paidThen(REQUESTED), 3))
        .contains("REQUEST_CANCELLATION: REQUEST_PENDING", "WITHDRAW_REQUEST");
    assertThat(actions(paidThen(REQUESTED, noted(OFFERED)), 10)).contains("ANSWER_OFFER");
    assertThat(actions(paidThen(REQUESTED, noted(OFFERED)), 82))
        .contains("ANSWER_OFFER: OFFER_CLOSED");
    assertThat(
            actions(
                paidThen(REQUESTED, new CancellationWithdrawalAsked(ORDER, REQUEST, after(4))), 5))
        .contains("WITHDRAW_REQUEST: REQUEST_CLOSED");
    assertThat(actions(paidThen(allCancelled(after(5))), 6))
        .containsExactly("CANCEL: ORDER_CANCELLED", "CONTACT_SELLER", "REORDER");
  }

  @Test
  void after_shipment_he_returns_or_disputes_where_that_can_be_known() {
    assertThat(actions(paidThen(noted(ALL_SHIPPED)), 21))
        .containsExactly(
            "CONFIRM_RECEIPT",
            "REQUEST_RETURN: UNITS_NOT_DELIVERED",
            "OPEN_DISPUTE: TOO_EARLY",
            "CONTACT_SELLER",
            "REORDER");
    assertThat(actions(paidThen(noted(ALL_SHIPPED)), 20 + 30 * 24)).contains("OPEN_DISPUTE");
    var delivered =
        paidThen(noted(ALL_SHIPPED), noted(ARRIVED), new ReceiptConfirmed(ORDER, after(201)));
    assertThat(actions(delivered, 202))
        .contains("CONFIRM_RECEIPT: ALREADY_CONFIRMED", "REQUEST_RETURN", "OPEN_DISPUTE");
    assertThat(actions(paidThen(noted(dispatched(PARCEL, ONE_CABLE, null)), noted(ARRIVED)), 201))
        .contains("REQUEST_RETURN: RETURN_NOT_AVAILABLE");
    assertThat(actions(paidThen(noted(ALL_SHIPPED), new OrderCompleted(ORDER, after(900))), 901))
        .contains("REQUEST_RETURN: WINDOW_CLOSED", "OPEN_DISPUTE: WINDOW_CLOSED");
  }

  @Test
  void only_the_buyer_has_actions() {
    assertThat(OrderView.of(paidThen(), false, 4, 4, after(1)).actions()).isEmpty();
  }

  @Test
  void options_name_the_time_in_which_requests_are_granted_at_once() {
    var generous =
        new OrderEvent.OrderReadyToShip(
            ORDER,
            OrderFixtures.LIN,
            OrderEvent.ReadyBecause.PAID,
            after(0),
            after(168),
            after(5),
            ALL);
    var order = order(PLACED, generous);
    assertThat(options(order, 4).automaticUntil()).isEqualTo(after(5));
    assertThat(options(order, 5).automaticUntil()).isNull();
    var processing = order(PLACED, generous, noted(new Effect.ProcessingStarted()));
    assertThat(options(processing, 4).automaticUntil()).isNull();
  }

  @Test
  void a_row_follows_from_the_whole_stream_as_from_each_event() {
    List<OrderEvent> events = new ArrayList<>(PAID);
    events.add(REQUESTED);
    events.add(cancelled(REQUEST, ALL, TOTAL, 350, after(5)));
    events.add(allCancelled(after(5)));
    List<ViewRow> rows = new ArrayList<>();
    Order before = DECIDER.initialState();
    for (var i = 0; i < events.size(); i++) {
      var after = DECIDER.evolve(before, events.get(i));
      rows.add(row(before, after, List.of(events.get(i)), i + 1));
      before = after;
    }
    assertThat(row(DECIDER.initialState(), before, events, events.size()))
        .isEqualTo(rows.getLast());
    var summary = OrderSummaries.summary(rows.getLast().values());
    assertThat(summary.status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(summary.deleted()).isFalse();
    assertThat(summary.totalMinor()).isEqualTo(TOTAL);
    assertThat(summary.lines()).hasSize(2);
  }

  private static ViewRow row(Order before, Order after, List<OrderEvent> events, int version) {
    var stream = new StreamId("order", ORDER.value());
    var stored = events.stream().map(event -> stored(stream, event, version)).toList();
    var rows =
        new OrderSummaries()
            .rowsFor(new Change<>(stream, before, after, stored, version, version, after(5)));
    return rows.getFirst();
  }

  private static StoredEvent<OrderEvent> stored(StreamId stream, OrderEvent event, int version) {
    var id = OrderFixtures.id("call");
    return new StoredEvent<>(
        0,
        StoredEvent.eventId(stream, version),
        stream,
        version,
        0,
        true,
        "any",
        event,
        new Trace(id, id, "BUYER:" + id, Origin.SERVICE, null, null),
        after(5),
        Instant.EPOCH);
  }

  private static List<String> names(Order.Placed order, int hours) {
    return view(order, hours).countdowns().stream().map(Countdown::name).toList();
  }

  private static List<String> actions(Order.Placed order, int hours) {
    return view(order, hours).actions().stream()
        .map(action -> action.allowed() ? action.name() : action.name() + ": " + action.whyNot())
        .toList();
  }

  private static CancellationOptions options(Order.Placed order, int hours) {
    return CancellationOptions.of(order, Policies.STANDARD_72H, after(hours));
  }

  private static Request requestOf(Order.Placed order) {
    return order.requests().sent().getFirst();
  }

  private static OrderView view(Order.Placed order, int hours) {
    return OrderView.of(order, true, 4, 4, after(hours));
  }

  private static Order.Placed paidThen(OrderEvent... more) {
    return paidThen(List.of(more));
  }

  private static Order.Placed paidThen(List<OrderEvent> more) {
    List<OrderEvent> all = new ArrayList<>(PAID);
    all.addAll(more);
    return order(all.toArray(new OrderEvent[0]));
  }

  private static Order.Placed order(OrderEvent... events) {
    var state = DECIDER.initialState();
    for (var event : events) state = DECIDER.evolve(state, event);
    return (Order.Placed) state;
  }
}
