package marketplace.order.domain;

import static marketplace.eventsourcing.Decision.accept;
import static marketplace.eventsourcing.Decision.reject;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import marketplace.eventsourcing.Decision;
import marketplace.eventsourcing.Ids;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.CancellationId;
import marketplace.kernel.Fault;
import marketplace.kernel.PaymentId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.SettlementId;
import marketplace.kernel.Units;
import marketplace.order.domain.Effect.AfterSaleClosed;
import marketplace.order.domain.Effect.CaseMoved;
import marketplace.order.domain.Effect.CaseOpened;
import marketplace.order.domain.Effect.OfferMade;
import marketplace.order.domain.Effect.OfferRejected;
import marketplace.order.domain.Effect.ParcelDispatched;
import marketplace.order.domain.Effect.ParcelReported;
import marketplace.order.domain.Effect.PaymentAuthorized;
import marketplace.order.domain.Effect.PaymentCaptured;
import marketplace.order.domain.Effect.PaymentFailed;
import marketplace.order.domain.Effect.PaymentVoided;
import marketplace.order.domain.Effect.ProcessingStarted;
import marketplace.order.domain.Effect.RefundDenied;
import marketplace.order.domain.Effect.RefundIssued;
import marketplace.order.domain.Effect.RefundRequested;
import marketplace.order.domain.Effect.RefundSettled;
import marketplace.order.domain.Effect.RequestEnded;
import marketplace.order.domain.Effect.RequestGranted;
import marketplace.order.domain.Effect.Seen;
import marketplace.order.domain.Effect.UnitsCancelled;
import marketplace.order.domain.Effect.UnitsReturned;
import marketplace.order.domain.Funds.Payment;
import marketplace.order.domain.Funds.PaymentState;
import marketplace.order.domain.Funds.Refund;
import marketplace.order.domain.Order.Placed;
import marketplace.order.domain.Order.Ready;
import marketplace.order.domain.Order.Unpaid;
import marketplace.order.domain.OrderCommand.TakeNote;
import marketplace.order.domain.OrderEvent.DeliveredBecause;
import marketplace.order.domain.OrderEvent.Noted;
import marketplace.order.domain.OrderEvent.OrderCancelled;
import marketplace.order.domain.OrderEvent.OrderCompleted;
import marketplace.order.domain.OrderEvent.OrderUnitsCancelled;
import marketplace.order.domain.OrderEvent.ReadyBecause;
import marketplace.order.domain.OrderRejection.AmountMismatch;
import marketplace.order.domain.OrderRejection.FactContradicts;
import marketplace.order.domain.OrderRejection.FactRepeated;
import marketplace.order.domain.OrderRejection.UnitsUnknown;
import org.jspecify.annotations.Nullable;

/// What the facts of other services do to an order. Each is noted first, with what it means here;
/// then comes what follows from it. A fact that contradicts the order changes nothing.
final class OrderNotes {
  private OrderNotes() {}

  static Decision<OrderEvent, OrderRejection> decide(TakeNote note, Placed order, Instant at) {
    return switch (note.effect()) {
      case PaymentAuthorized e -> paymentAuthorized(note, e, order, at);
      case PaymentCaptured e -> paymentCaptured(note, e, order, at);
      case PaymentFailed e -> paymentEnded(note, e.paymentId(), PaymentState.FAILED, order, at);
      case PaymentVoided e -> paymentEnded(note, e.paymentId(), PaymentState.VOIDED, order, at);
      case ProcessingStarted _ -> processingStarted(note, order, at);
      case RequestGranted e -> requestGranted(note, e, order, at);
      case RequestEnded e -> requestEnded(note, e, order, at);
      case OfferMade e -> offerMade(note, e, order, at);
      case OfferRejected e -> offerRejected(note, e, order, at);
      case UnitsCancelled e -> unitsCancelled(note, e, order, at);
      case ParcelDispatched e -> parcelDispatched(note, e, order, at);
      case ParcelReported e -> parcelReported(note, e, order, at);
      case RefundRequested e -> refundRequested(note, e, order, at);
      case RefundIssued e -> refundIssued(note, e, order, at);
      case RefundSettled e -> refundSettled(note, e, order, at);
      case RefundDenied e -> refundDenied(note, e, order, at);
      case AfterSaleClosed _ when order.ending().windowClosed() -> reject(new FactRepeated());
      case CaseOpened e when order.cases().find(e.caseId()).isPresent() ->
          reject(new FactRepeated());
      case CaseMoved e -> caseMoved(note, e.caseId(), e.state(), order, at);
      case UnitsReturned e -> caseMoved(note, e.caseId(), Cases.State.ACCEPTED, order, at);
      case AfterSaleClosed _, CaseOpened _, Seen _ -> noted(note, order, at);
    };
  }

  static Placed evolve(Placed order, Effect effect) {
    var funds = order.funds();
    var goods = order.goods();
    var requests = order.requests();
    return switch (effect) {
      case PaymentAuthorized e ->
          order.with(
              funds.with(
                  new Payment(
                      e.paymentId(), e.method(), e.amountMinor(), PaymentState.AUTHORIZED)));
      case PaymentCaptured e ->
          order.with(
              funds.with(
                  new Payment(e.paymentId(), e.method(), e.amountMinor(), PaymentState.CAPTURED)));
      case PaymentFailed e -> order.with(funds.ended(e.paymentId(), PaymentState.FAILED));
      case PaymentVoided e -> order.with(funds.ended(e.paymentId(), PaymentState.VOIDED));
      case ProcessingStarted _ ->
          switch (order.preparation()) {
            case Ready ready ->
                order.with(new Ready(ready.shipBy(), ready.autoApproveUntil(), true));
            case Unpaid _ -> order;
          };
      case RequestEnded e ->
          order.with(requests.close(e.cancellationId(), e.outcome(), e.endedAt()));
      case OfferMade e ->
          order.with(requests.change(e.cancellationId(), request -> request.offered(e)));
      case OfferRejected e ->
          order.with(requests.change(e.cancellationId(), request -> request.resumed(e)));
      case UnitsCancelled e ->
          order
              .with(goods.remember(e))
              .with(requests.close(e.closes(), Request.Outcome.OVERTAKEN, e.cancelledAt()));
      case ParcelDispatched e ->
          order
              .with(
                  goods.send(
                      new Parcel(
                          e.shipmentId(),
                          e.units(),
                          Parcel.State.DISPATCHED,
                          e.dispatchedAt(),
                          e.deliverBy())))
              .with(requests.close(e.closes(), Request.Outcome.SHIPPED, e.dispatchedAt()));
      case ParcelReported e -> order.with(goods.report(e));
      case RefundRequested e -> order.with(funds.with(stage(e, Refund.Stage.REQUESTED)));
      case RefundIssued e -> order.with(funds.with(stage(e, Refund.Stage.ISSUED)));
      case RefundSettled e ->
          order.with(
              funds.change(
                  refund -> e.refundId().equals(refund.refundId()),
                  refund -> refund.at(Refund.Stage.SETTLED)));
      case RefundDenied e ->
          order.with(
              funds.change(
                  refund -> refund.isFor(e.cause(), e.causeId()),
                  refund -> refund.at(Refund.Stage.DENIED)));
      case AfterSaleClosed _ -> order.with(order.ending().closed());
      case CaseOpened e ->
          order.with(
              order
                  .cases()
                  .with(new Cases.Case(e.type(), e.caseId(), e.aboutCancellation(), e.state())));
      case CaseMoved e -> order.with(order.cases().move(e.caseId(), e.state()));
      case UnitsReturned e ->
          order.with(order.cases().move(e.caseId(), Cases.State.ACCEPTED).takeBack(e.units()));
      // What a grant changes stands in the order's own event that follows it.
      case RequestGranted _, Seen _ -> order;
    };
  }

  private static Refund stage(RefundRequested e, Refund.Stage stage) {
    return new Refund(e.cause(), e.causeId(), e.refundId(), e.amountMinor(), stage);
  }

  private static Refund stage(RefundIssued e, Refund.Stage stage) {
    return new Refund(e.cause(), e.causeId(), e.refundId(), e.amountMinor(), stage);
  }

  /// O2, O19.
  private static Decision<OrderEvent, OrderRejection> paymentAuthorized(
      TakeNote note, PaymentAuthorized e, Placed order, Instant at) {
    if (order.funds().payment(e.paymentId()).isPresent()) return reject(new FactRepeated());
    if (e.amountMinor() != order.terms().totalMinor()) return reject(new AmountMismatch());
    return switch (order.status()) {
      case AWAITING_PAYMENT, CANCELLED -> noted(note, order, at);
      case AWAITING_SHIPMENT, PENDING_SHIPPING, PARTIALLY_SHIPPED, SHIPPED, DELIVERED, COMPLETED ->
          reject(new FactContradicts());
    };
  }

  /// O3, O19. Cash on delivery comes in when it comes in; everything else once, and in full.
  private static Decision<OrderEvent, OrderRejection> paymentCaptured(
      TakeNote note, PaymentCaptured e, Placed order, Instant at) {
    var known = order.funds().payment(e.paymentId());
    if (known.isPresent() && known.get().state() != PaymentState.AUTHORIZED) {
      return reject(
          known.get().state() == PaymentState.CAPTURED
              ? new FactRepeated()
              : new FactContradicts());
    }
    if (order.terms().paymentMethod() == PaymentMethod.CASH_ON_DELIVERY) {
      return noted(note, order, at);
    }
    if (e.amountMinor() != order.terms().totalMinor()) return reject(new AmountMismatch());
    return switch (order.status()) {
      case AWAITING_PAYMENT ->
          noted(
              note,
              order,
              at,
              OrderDecider.readyToShip(order.terms(), order.goods().open(), ReadyBecause.PAID, at));
      case CANCELLED -> noted(note, order, at);
      case AWAITING_SHIPMENT, PENDING_SHIPPING, PARTIALLY_SHIPPED, SHIPPED, DELIVERED, COMPLETED ->
          reject(new FactContradicts());
    };
  }

  /// O4, O19: what held D1 is gone, and D1 may have passed meanwhile.
  private static Decision<OrderEvent, OrderRejection> paymentEnded(
      TakeNote note, PaymentId paymentId, PaymentState end, Placed order, Instant at) {
    var known = order.funds().payment(paymentId);
    if (known.isPresent() && known.get().state() != PaymentState.AUTHORIZED) {
      return reject(known.get().state() == end ? new FactRepeated() : new FactContradicts());
    }
    return switch (order.status()) {
      case AWAITING_PAYMENT ->
          OrderDecider.paymentTimePassed(evolve(order, note.effect()), at)
              ? noted(
                  note,
                  order,
                  at,
                  OrderDecider.cancelUnpaid(order, CancellationCause.PAYMENT_DEADLINE_MISSED, at))
              : noted(note, order, at);
      case CANCELLED -> noted(note, order, at);
      case AWAITING_SHIPMENT, PENDING_SHIPPING, PARTIALLY_SHIPPED, SHIPPED, DELIVERED, COMPLETED ->
          reject(new FactContradicts());
    };
  }

  /// O7.
  private static Decision<OrderEvent, OrderRejection> processingStarted(
      TakeNote note, Placed order, Instant at) {
    if (order.preparation() instanceof Ready(_, _, var processing) && processing) {
      return reject(new FactRepeated());
    }
    return switch (order.status()) {
      case AWAITING_SHIPMENT, PARTIALLY_SHIPPED -> noted(note, order, at);
      case AWAITING_PAYMENT, PENDING_SHIPPING, SHIPPED, DELIVERED, COMPLETED, CANCELLED ->
          reject(new FactContradicts());
    };
  }

  /// O11. A request that this order never sent is nobody's fault; it is granted at most once too.
  private static Decision<OrderEvent, OrderRejection> requestGranted(
      TakeNote note, RequestGranted e, Placed order, Instant at) {
    var request = order.requests().find(e.cancellationId());
    if (order.requests().foreign().contains(e.cancellationId())) return reject(new FactRepeated());
    if (request.isPresent() && !request.get().isOpen()) {
      return reject(wasGranted(request.get()) ? new FactRepeated() : new FactContradicts());
    }
    var refusal = whyNotCancelled(e.units(), order);
    if (refusal.isPresent()) return reject(refusal.get());
    if (e.agreedRefundMinor() != null && e.agreedRefundMinor() < 0) {
      return reject(new AmountMismatch());
    }
    return cancelUnits(
        note,
        order,
        at,
        e.cancellationId(),
        e.cause(),
        request.map(known -> known.sent().reason().fault()).orElse(Fault.NONE),
        e.units(),
        e.agreedRefundMinor());
  }

  private static boolean wasGranted(Request request) {
    return request.stage() instanceof Request.Closed closed
        && (closed.outcome() == Request.Outcome.APPROVED
            || closed.outcome() == Request.Outcome.TIMED_OUT);
  }

  /// O13.
  private static Decision<OrderEvent, OrderRejection> unitsCancelled(
      TakeNote note, UnitsCancelled e, Placed order, Instant at) {
    if (order.goods().withoutRequest().stream().anyMatch(e::repeats)) {
      return reject(new FactRepeated());
    }
    var refusal = whyNotCancelled(e.units(), order);
    if (refusal.isPresent()) return reject(refusal.get());
    return cancelUnits(note, order, at, null, e.cause(), e.fault(), e.units(), null);
  }

  private static Optional<OrderRejection> whyNotCancelled(Units units, Placed order) {
    if (order.status() == OrderStatus.CANCELLED) return Optional.of(new FactContradicts());
    return areOpen(units, order) ? Optional.empty() : Optional.of(new UnitsUnknown());
  }

  private static boolean areOpen(Units units, Placed order) {
    return !units.isEmpty() && order.goods().open().covers(units);
  }

  /// What the units were worth goes back, less what buyer and seller have agreed to leave.
  private static Decision<OrderEvent, OrderRejection> cancelUnits(
      TakeNote note,
      Placed order,
      Instant at,
      @Nullable CancellationId cancellationId,
      CancellationCause cause,
      Fault fault,
      Units units,
      @Nullable Long agreedMinor) {
    var orderId = order.terms().orderId();
    var worth = order.worthOf(units);
    var whole = order.wouldCancelAll(units);
    var refundMinor =
        agreedMinor == null ? worth.fullMinor() : Math.min(agreedMinor, worth.fullMinor());
    var settled =
        new OrderUnitsCancelled(
            orderId,
            settlementFor(cancellationId == null ? note.eventId() : cancellationId.value()),
            cancellationId,
            cause,
            fault,
            order.goods().inLineOrder(units),
            refundMinor,
            agreedMinor == null ? worth.shippingFeeMinor() : 0,
            worth.fullMinor() - refundMinor,
            whole,
            at);
    if (!whole) return noted(note, order, at, settled);
    var unpaid = order.preparation() instanceof Unpaid;
    return noted(note, order, at, settled, new OrderCancelled(orderId, cause, fault, unpaid, at));
  }

  private static SettlementId settlementFor(UUID decision) {
    return new SettlementId(Ids.nameBased("settlement", decision.toString()));
  }

  /// O12.
  private static Decision<OrderEvent, OrderRejection> requestEnded(
      TakeNote note, RequestEnded e, Placed order, Instant at) {
    var request = order.requests().find(e.cancellationId());
    if (request.isEmpty()) return reject(new FactContradicts());
    return switch (request.get().stage()) {
      case Request.Closed closed when closed.outcome() == e.outcome() -> reject(new FactRepeated());
      case Request.Closed _ -> reject(new FactContradicts());
      case Request.Pending _, Request.Offered _, Request.WithdrawalAsked _ ->
          noted(note, order, at);
    };
  }

  /// O22.
  private static Decision<OrderEvent, OrderRejection> offerMade(
      TakeNote note, OfferMade e, Placed order, Instant at) {
    var request = order.requests().open(e.cancellationId());
    if (request.isEmpty()) return reject(new FactContradicts());
    if (request.get().offers().contains(e.offerId())) return reject(new FactRepeated());
    return switch (request.get().stage()) {
      case Request.Pending _, Request.WithdrawalAsked _ -> noted(note, order, at);
      case Request.Offered _, Request.Closed _ -> reject(new FactContradicts());
    };
  }

  /// O22.
  private static Decision<OrderEvent, OrderRejection> offerRejected(
      TakeNote note, OfferRejected e, Placed order, Instant at) {
    var request = order.requests().open(e.cancellationId());
    if (request.isEmpty() || !request.get().offers().contains(e.offerId())) {
      return reject(new FactContradicts());
    }
    // Not by its time: an offer that is rejected at once moves nothing.
    return request.get().rejected().contains(e.offerId())
        ? reject(new FactRepeated())
        : noted(note, order, at);
  }

  /// O14.
  private static Decision<OrderEvent, OrderRejection> parcelDispatched(
      TakeNote note, ParcelDispatched e, Placed order, Instant at) {
    if (order.goods().parcel(e.shipmentId()).isPresent()) return reject(new FactRepeated());
    return switch (order.status()) {
      case AWAITING_SHIPMENT, PENDING_SHIPPING, PARTIALLY_SHIPPED ->
          areOpen(e.units(), order) ? noted(note, order, at) : reject(new UnitsUnknown());
      case AWAITING_PAYMENT, SHIPPED, DELIVERED, COMPLETED, CANCELLED ->
          reject(new FactContradicts());
    };
  }

  /// O15, O19.
  private static Decision<OrderEvent, OrderRejection> parcelReported(
      TakeNote note, ParcelReported e, Placed order, Instant at) {
    var parcel = order.goods().parcel(e.shipmentId());
    if (parcel.isEmpty()) return reject(new FactContradicts());
    if (parcel.get().state() == e.state()) return reject(new FactRepeated());
    return parcel.get().state().mayBecome(e.state())
        ? noted(note, order, at)
        : reject(new FactContradicts());
  }

  private static Decision<OrderEvent, OrderRejection> refundRequested(
      TakeNote note, RefundRequested e, Placed order, Instant at) {
    var known = order.funds().refund(e.cause(), e.causeId());
    return known.isPresent() && known.get().stage() != Refund.Stage.DUE
        ? reject(new FactRepeated())
        : noted(note, order, at);
  }

  private static Decision<OrderEvent, OrderRejection> refundIssued(
      TakeNote note, RefundIssued e, Placed order, Instant at) {
    var known = order.funds().refund(e.cause(), e.causeId());
    if (known.isEmpty()) return noted(note, order, at);
    return switch (known.get().stage()) {
      case DUE -> noted(note, order, at);
      case REQUESTED ->
          known.get().amountMinor() == e.amountMinor()
              ? noted(note, order, at)
              : reject(new AmountMismatch());
      case ISSUED, SETTLED -> reject(new FactRepeated());
      case DENIED -> reject(new FactContradicts());
    };
  }

  private static Decision<OrderEvent, OrderRejection> refundSettled(
      TakeNote note, RefundSettled e, Placed order, Instant at) {
    var known = order.funds().refund(e.refundId());
    if (known.isEmpty()) return reject(new FactContradicts());
    return known.get().stage() == Refund.Stage.SETTLED
        ? reject(new FactRepeated())
        : noted(note, order, at);
  }

  private static Decision<OrderEvent, OrderRejection> refundDenied(
      TakeNote note, RefundDenied e, Placed order, Instant at) {
    var known = order.funds().refund(e.cause(), e.causeId());
    if (known.isEmpty()) return noted(note, order, at);
    return switch (known.get().stage()) {
      case DUE -> noted(note, order, at);
      case DENIED -> reject(new FactRepeated());
      case REQUESTED, ISSUED, SETTLED -> reject(new FactContradicts());
    };
  }

  /// O19. A case can come back to where it was, but not from its end.
  private static Decision<OrderEvent, OrderRejection> caseMoved(
      TakeNote note, UUID caseId, Cases.State state, Placed order, Instant at) {
    var known = order.cases().find(caseId);
    if (known.isEmpty()) return reject(new FactContradicts());
    if (!known.get().state().isFinal()) return noted(note, order, at);
    return reject(known.get().state() == state ? new FactRepeated() : new FactContradicts());
  }

  /// The note, what it makes this side say, and what becomes true by it: an order is delivered with
  /// the last open unit cancelled too (O11), and completed with the fact that was still missing
  /// when the window closed (O18).
  private static Decision<OrderEvent, OrderRejection> noted(
      TakeNote note, Placed order, Instant at, OrderEvent... own) {
    var orderId = order.terms().orderId();
    List<OrderEvent> events = new ArrayList<>();
    events.add(new Noted(orderId, note.eventId(), note.eventType(), note.effect()));
    events.addAll(List.of(own));
    var after = order;
    for (var event : events) after = OrderDecider.evolve(after, event);
    if (!order.ending().completed() && !order.delivered() && after.delivered()) {
      var deliveredAt = note.effect() instanceof ParcelReported ? after.goods().lastReport() : at;
      events.add(OrderDecider.delivered(after, DeliveredBecause.CARRIER, deliveredAt));
    }
    if (after.ending().windowClosed() && !after.ending().completed() && after.goods().allSent()) {
      events.add(new OrderCompleted(orderId, at));
    }
    return accept(events);
  }
}
