package marketplace.order.process;

import java.util.List;
import java.util.UUID;
import marketplace.contracts.DisputeMessage;
import marketplace.contracts.Message;
import marketplace.contracts.RefundMessage;
import marketplace.contracts.SellerAccountMessage;
import marketplace.contracts.SellerMessage;
import marketplace.eventsourcing.Fact;
import marketplace.eventsourcing.Reaction;
import marketplace.eventsourcing.Reaction.Response;
import marketplace.eventsourcing.StreamId;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.CaseParty;
import marketplace.kernel.CaseType;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.Fault;
import marketplace.kernel.SilenceOutcome;
import marketplace.order.domain.Cases;
import marketplace.order.domain.Effect;
import marketplace.order.domain.Notice;
import marketplace.order.domain.OrderCommand.TakeNote;
import marketplace.order.domain.Parcel;
import marketplace.order.domain.Request.Outcome;
import marketplace.order.view.CatalogueTables;
import org.jspecify.annotations.Nullable;

/// What the other services' facts mean for an order, in the order's own words. Nothing is decided
/// here.
public final class OrderReactions {
  private OrderReactions() {}

  public static Response reactToSeller(Fact<? extends SellerMessage> fact) {
    return switch (fact.message()) {
      case SellerMessage.ProcessingStarted _ -> note(fact, new Effect.ProcessingStarted());
      case SellerMessage.SellerApproved m ->
          note(
              fact,
              new Effect.RequestGranted(
                  m.cancellationId(), causeOf(m.by()), m.units(), agreedAmount(m)));
      case SellerMessage.SellerDeclined m ->
          note(fact, new Effect.RequestEnded(m.cancellationId(), Outcome.DECLINED, m.declinedAt()));
      case SellerMessage.SellerTimedOut m when m.outcome() == SilenceOutcome.APPROVE ->
          note(
              fact,
              new Effect.RequestGranted(
                  m.cancellationId(), CancellationCause.SELLER_TIMED_OUT, m.units(), null));
      case SellerMessage.SellerTimedOut m ->
          note(
              fact, new Effect.RequestEnded(m.cancellationId(), Outcome.TIMED_OUT, m.timedOutAt()));
      case SellerMessage.PartialRefundOffered m ->
          note(
              fact,
              new Effect.OfferMade(
                  m.cancellationId(), m.offerId(), m.refundMinor(), m.comment(), m.answerBy()));
      case SellerMessage.PartialRefundOfferRejected m ->
          note(fact, new Effect.OfferRejected(m.cancellationId(), m.offerId(), m.replyBy()));
      case SellerMessage.PartialRefundOfferLapsed m ->
          note(fact, new Effect.RequestEnded(m.cancellationId(), Outcome.LAPSED, m.lapsedAt()));
      case SellerMessage.CancellationWithdrawn m ->
          note(
              fact,
              new Effect.RequestEnded(m.cancellationId(), Outcome.WITHDRAWN, m.withdrawnAt()));
      case SellerMessage.SellerCancelled m ->
          note(
              fact,
              new Effect.UnitsCancelled(
                  CancellationCause.SELLER_CANCELLED,
                  m.fault(),
                  m.units(),
                  m.cancelledAt(),
                  m.closesCancellationId(),
                  fact.streamVersion()));
      case SellerMessage.ShipDeadlineMissed m ->
          note(
              fact,
              new Effect.UnitsCancelled(
                  CancellationCause.SHIP_DEADLINE_MISSED,
                  Fault.SELLER,
                  m.units(),
                  m.missedAt(),
                  m.closesCancellationId(),
                  fact.streamVersion()));
      case SellerMessage.FulfilmentStopped m ->
          note(
              fact,
              new Effect.UnitsCancelled(
                  CancellationCause.RULING,
                  m.fault(),
                  m.units(),
                  m.stoppedAt(),
                  m.closesCancellationId(),
                  fact.streamVersion()));
      case SellerMessage.ShipmentDispatched m ->
          note(
              fact,
              new Effect.ParcelDispatched(
                  m.shipmentId(),
                  m.units(),
                  m.dispatchedAt(),
                  m.deliverBy(),
                  m.closesCancellationId()));
      case SellerMessage.ParcelInTransit m ->
          note(fact, new Effect.ParcelReported(m.shipmentId(), Parcel.State.IN_TRANSIT, m.at()));
      case SellerMessage.ParcelDelivered m ->
          note(
              fact,
              new Effect.ParcelReported(m.shipmentId(), Parcel.State.DELIVERED, m.deliveredAt()));
      case SellerMessage.DeliveryRefused m ->
          note(
              fact, new Effect.ParcelReported(m.shipmentId(), Parcel.State.REFUSED, m.refusedAt()));
      case SellerMessage.ParcelLost m ->
          note(fact, new Effect.ParcelReported(m.shipmentId(), Parcel.State.LOST, m.at()));
      case SellerMessage.ReturnAgreed _ -> note(fact, new Effect.Seen());
      case SellerMessage.FulfilmentOpened _,
          SellerMessage.SellerReminded _,
          SellerMessage.FulfilmentStopRefused _,
          SellerMessage.ParcelReturnedToSender _,
          SellerMessage.MessageSent _,
          SellerMessage.SellerNotified _ ->
          Reaction.nothing();
    };
  }

  public static Response reactToRefund(Fact<? extends RefundMessage> fact) {
    return switch (fact.message()) {
      case RefundMessage.PaymentAuthorized m ->
          note(fact, new Effect.PaymentAuthorized(m.paymentId(), m.method(), m.amountMinor()));
      case RefundMessage.PaymentCaptured m ->
          note(fact, new Effect.PaymentCaptured(m.paymentId(), m.method(), m.amountMinor()));
      case RefundMessage.PaymentFailed m -> note(fact, new Effect.PaymentFailed(m.paymentId()));
      case RefundMessage.PaymentVoided m -> note(fact, new Effect.PaymentVoided(m.paymentId()));
      case RefundMessage.RefundRequested m ->
          note(
              fact,
              new Effect.RefundRequested(
                  m.refundId(), m.causeType(), m.causeId(), m.acceptedMinor()));
      case RefundMessage.RefundIssued m ->
          note(
              fact,
              new Effect.RefundIssued(m.refundId(), m.causeType(), m.causeId(), m.amountMinor()));
      case RefundMessage.RefundSettled m -> note(fact, new Effect.RefundSettled(m.refundId()));
      case RefundMessage.RefundDenied m ->
          note(fact, new Effect.RefundDenied(m.causeType(), m.causeId()));
      case RefundMessage.RefundAttemptFailed _,
          RefundMessage.RefundRerouted _,
          RefundMessage.RefundInquiryOpened _,
          RefundMessage.RefundInquiryResolved _ ->
          note(fact, new Effect.Seen());
      case RefundMessage.PayoutReleased _ -> Reaction.nothing();
    };
  }

  public static Response reactToDispute(Fact<? extends DisputeMessage> fact) {
    return switch (fact.message()) {
      case DisputeMessage.AfterSaleClosed _ -> note(fact, new Effect.AfterSaleClosed());
      case DisputeMessage.DisputeOpened m ->
          note(
              fact,
              new Effect.CaseOpened(
                  CaseType.DISPUTE,
                  m.disputeId().value(),
                  m.reason() == DisputeReason.CANCELLATION_REFUSED,
                  Cases.State.AWAITING_SELLER));
      case DisputeMessage.DisputeOfferMade m ->
          move(
              fact,
              m.disputeId().value(),
              m.by() == CaseParty.BUYER ? Cases.State.AWAITING_SELLER : Cases.State.AWAITING_BUYER);
      case DisputeMessage.DisputeOfferRejected m ->
          move(fact, m.disputeId().value(), Cases.State.AWAITING_BUYER);
      case DisputeMessage.DisputeEscalated m ->
          move(fact, m.disputeId().value(), Cases.State.PLATFORM_REVIEW);
      case DisputeMessage.RulingMade m when m.stopFulfilment() ->
          move(fact, m.disputeId().value(), Cases.State.AWAITING_STOP);
      case DisputeMessage.DisputeResolved m ->
          move(fact, m.disputeId().value(), Cases.State.RESOLVED);
      case DisputeMessage.DisputeWithdrawn m ->
          move(fact, m.disputeId().value(), Cases.State.WITHDRAWN);
      case DisputeMessage.ReturnRequested m ->
          note(
              fact,
              new Effect.CaseOpened(
                  CaseType.RETURN, m.returnId().value(), false, Cases.State.UNDER_REVIEW));
      case DisputeMessage.ReturnApproved m ->
          move(fact, m.returnId().value(), Cases.State.APPROVED);
      case DisputeMessage.ReturnRejected m ->
          move(fact, m.returnId().value(), Cases.State.REJECTED);
      case DisputeMessage.ReturnShipped m ->
          move(fact, m.returnId().value(), Cases.State.IN_TRANSIT);
      case DisputeMessage.ReturnParcelDelivered m ->
          move(fact, m.returnId().value(), Cases.State.AT_SELLER);
      case DisputeMessage.ReturnContested m ->
          move(fact, m.returnId().value(), Cases.State.CONTESTED);
      case DisputeMessage.ReturnAccepted m ->
          note(fact, new Effect.UnitsReturned(m.returnId().value(), m.units()));
      case DisputeMessage.ReturnClosed m -> move(fact, m.returnId().value(), Cases.State.CLOSED);
      case DisputeMessage.RulingMade _,
          DisputeMessage.EvidenceAdded _,
          DisputeMessage.DisputeRulingOverdue _ ->
          Reaction.nothing();
    };
  }

  /// The catalogue copy: products and who sells them, as they were told last.
  public static Response reactToSellerAccount(Fact<? extends SellerAccountMessage> fact) {
    return switch (fact.message()) {
      case SellerAccountMessage.SellerRegistered m ->
          Reaction.show(List.of(CatalogueTables.sellerRow(m.sellerId(), m.name(), m.type())));
      case SellerAccountMessage.SellerStandingChanged m ->
          Reaction.show(List.of(CatalogueTables.standingRow(m.sellerId(), m.standing(), m.at())));
      case SellerAccountMessage.ProductPriceChanged m ->
          Reaction.show(List.of(CatalogueTables.priceRow(m.productId(), m.newMinor())));
      case SellerAccountMessage.SellerPenalised _ -> Reaction.nothing();
      case SellerAccountMessage.ProductListed m ->
          Reaction.show(
              List.of(
                  CatalogueTables.productRow(
                      m.productId(),
                      m.sellerId(),
                      m.title(),
                      m.priceMinor(),
                      m.currency(),
                      m.freeReturnCountries(),
                      m.returnsAllowed())));
    };
  }

  private static Response move(
      Fact<? extends DisputeMessage> fact, UUID caseId, Cases.State state) {
    return note(fact, new Effect.CaseMoved(caseId, state));
  }

  private static Response note(Fact<? extends Message> fact, Effect effect) {
    var notices =
        switch (fact.message()) {
          case SellerMessage m -> BuyerNotices.of(m);
          case RefundMessage m -> BuyerNotices.of(m);
          case DisputeMessage m -> BuyerNotices.of(m);
          default -> List.<Notice>of();
        };
    return Reaction.tell(
        new StreamId("order", fact.message().key()),
        new TakeNote(fact.eventId(), fact.type(), effect, notices));
  }

  /// Null where the full amount is due.
  private static @Nullable Long agreedAmount(SellerMessage.SellerApproved m) {
    return switch (m.refundMode()) {
      case FULL -> null;
      case AGREED_AMOUNT -> m.agreedRefundMinor();
    };
  }

  private static CancellationCause causeOf(SellerMessage.ApprovedBy by) {
    return switch (by) {
      case SELLER -> CancellationCause.SELLER_APPROVED;
      case AUTO_WINDOW -> CancellationCause.AUTO_APPROVED;
      case OFFER_ACCEPTED -> CancellationCause.OFFER_ACCEPTED;
    };
  }
}
