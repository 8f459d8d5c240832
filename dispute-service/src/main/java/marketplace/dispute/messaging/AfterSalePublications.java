package marketplace.dispute.messaging;

import java.util.Optional;
import java.util.UUID;
import marketplace.contracts.DisputeMessage;
import marketplace.contracts.DisputeMessage.WhyClosed;
import marketplace.contracts.MessageFamily;
import marketplace.dispute.domain.AfterSaleEvent;
import marketplace.dispute.domain.AfterSaleEvent.AfterSaleClosed;
import marketplace.dispute.domain.AfterSaleEvent.DisputeEscalated;
import marketplace.dispute.domain.AfterSaleEvent.DisputeEvidenceAdded;
import marketplace.dispute.domain.AfterSaleEvent.DisputeOfferMade;
import marketplace.dispute.domain.AfterSaleEvent.DisputeOfferRejected;
import marketplace.dispute.domain.AfterSaleEvent.DisputeOpened;
import marketplace.dispute.domain.AfterSaleEvent.DisputeResolved;
import marketplace.dispute.domain.AfterSaleEvent.DisputeRulingOverdue;
import marketplace.dispute.domain.AfterSaleEvent.DisputeWithdrawn;
import marketplace.dispute.domain.AfterSaleEvent.Noted;
import marketplace.dispute.domain.AfterSaleEvent.ReturnAccepted;
import marketplace.dispute.domain.AfterSaleEvent.ReturnApproved;
import marketplace.dispute.domain.AfterSaleEvent.ReturnClosed;
import marketplace.dispute.domain.AfterSaleEvent.ReturnContested;
import marketplace.dispute.domain.AfterSaleEvent.ReturnEvidenceAdded;
import marketplace.dispute.domain.AfterSaleEvent.ReturnParcelDelivered;
import marketplace.dispute.domain.AfterSaleEvent.ReturnRejected;
import marketplace.dispute.domain.AfterSaleEvent.ReturnRequested;
import marketplace.dispute.domain.AfterSaleEvent.ReturnShipped;
import marketplace.dispute.domain.AfterSaleEvent.ReviewResumed;
import marketplace.dispute.domain.AfterSaleEvent.RulingMade;
import marketplace.dispute.domain.AfterSaleEvent.Why;
import marketplace.dispute.domain.AfterSaleEvent.WindowOverran;
import marketplace.dispute.domain.Evidence;
import marketplace.eventsourcing.Message;
import marketplace.eventsourcing.Publications;
import marketplace.eventsourcing.StoredEvent;
import marketplace.kernel.CaseType;
import marketplace.kernel.OrderId;

/// Which stored events the world is told of, and in which words.
public final class AfterSalePublications implements Publications<AfterSaleEvent> {

  @Override
  public Optional<Message> messageFor(StoredEvent<? extends AfterSaleEvent> stored) {
    return switch (stored.event()) {
      case Noted _, WindowOverran _, ReviewResumed _ -> Optional.empty();
      case AfterSaleClosed e ->
          tell(
              new DisputeMessage.AfterSaleClosed(
                  e.orderId(), why(e.why()), e.closedAt(), e.afterOrderVersion()));
      case DisputeOpened e ->
          tell(
              new DisputeMessage.DisputeOpened(
                  e.orderId(),
                  e.disputeId(),
                  e.buyerId(),
                  e.sellerId(),
                  e.units(),
                  e.reason(),
                  e.remedy(),
                  e.claimMinor(),
                  e.maxClaimMinor(),
                  e.currency(),
                  e.text(),
                  e.openedAt(),
                  e.sellerReplyBy(),
                  e.negotiateUntil()));
      case DisputeEvidenceAdded e ->
          tell(
              evidence(
                  e.orderId(),
                  e.disputeId().value(),
                  CaseType.DISPUTE,
                  new Evidence(e.piece(), e.by(), e.addedAt())));
      case ReturnEvidenceAdded e ->
          tell(
              evidence(
                  e.orderId(),
                  e.returnId().value(),
                  CaseType.RETURN,
                  new Evidence(e.piece(), e.by(), e.addedAt())));
      case DisputeOfferMade e ->
          tell(
              new DisputeMessage.DisputeOfferMade(
                  e.orderId(),
                  e.disputeId(),
                  e.offerId(),
                  e.by(),
                  e.remedy(),
                  e.amountMinor(),
                  e.comment(),
                  e.madeAt(),
                  e.sellerReplyBy()));
      case DisputeOfferRejected e ->
          tell(
              new DisputeMessage.DisputeOfferRejected(
                  e.orderId(), e.disputeId(), e.offerId(), e.by(), e.comment(), e.at()));
      case DisputeEscalated e ->
          tell(
              new DisputeMessage.DisputeEscalated(
                  e.orderId(), e.disputeId(), e.by(), e.escalatedAt(), e.ruleBy()));
      case DisputeRulingOverdue e ->
          tell(new DisputeMessage.DisputeRulingOverdue(e.orderId(), e.disputeId(), e.ruleBy()));
      case RulingMade e ->
          tell(
              new DisputeMessage.RulingMade(
                  e.orderId(),
                  e.disputeId(),
                  e.units(),
                  e.by(),
                  e.uphold(),
                  e.awardMinor(),
                  e.fault(),
                  e.returnRequired(),
                  e.stopFulfilment(),
                  e.text(),
                  e.ruledAt()));
      case DisputeResolved e ->
          tell(
              new DisputeMessage.DisputeResolved(
                  e.orderId(),
                  e.disputeId(),
                  e.sellerId(),
                  e.how(),
                  e.remedy(),
                  e.awardMinor(),
                  e.fault(),
                  e.returnRequired(),
                  e.settledBy(),
                  e.units(),
                  e.resolvedAt()));
      case DisputeWithdrawn e ->
          tell(new DisputeMessage.DisputeWithdrawn(e.orderId(), e.disputeId(), e.withdrawnAt()));
      case ReturnRequested e ->
          tell(
              new DisputeMessage.ReturnRequested(
                  e.orderId(),
                  e.returnId(),
                  e.disputeId(),
                  e.shipmentId(),
                  e.units(),
                  e.reason(),
                  e.free(),
                  e.refundIfAcceptedMinor(),
                  e.requestedAt(),
                  e.reviewBy()));
      case ReturnApproved e ->
          tell(
              new DisputeMessage.ReturnApproved(
                  e.orderId(),
                  e.returnId(),
                  e.how(),
                  e.shippingPaidBy(),
                  e.labelId(),
                  e.instructions(),
                  e.approvedAt(),
                  e.shipBackBy()));
      case ReturnRejected e ->
          tell(
              new DisputeMessage.ReturnRejected(
                  e.orderId(), e.returnId(), e.why(), e.rejectedAt()));
      case ReturnShipped e ->
          tell(
              new DisputeMessage.ReturnShipped(
                  e.orderId(), e.returnId(), e.trackingNumber(), e.shippedAt()));
      case ReturnParcelDelivered e ->
          tell(
              new DisputeMessage.ReturnParcelDelivered(
                  e.orderId(), e.returnId(), e.deliveredAt(), e.sellerConfirmBy()));
      case ReturnContested e ->
          tell(
              new DisputeMessage.ReturnContested(
                  e.orderId(), e.returnId(), e.why(), e.contestedAt()));
      case ReturnAccepted e ->
          tell(
              new DisputeMessage.ReturnAccepted(
                  e.orderId(), e.returnId(), e.how(), e.units(), e.refundMinor(), e.acceptedAt()));
      case ReturnClosed e ->
          tell(new DisputeMessage.ReturnClosed(e.orderId(), e.returnId(), e.how(), e.closedAt()));
    };
  }

  private static DisputeMessage evidence(
      OrderId orderId, UUID caseId, CaseType caseType, Evidence evidence) {
    var piece = evidence.piece();
    return new DisputeMessage.EvidenceAdded(
        orderId,
        caseId,
        piece.evidenceId(),
        caseType,
        evidence.by(),
        piece.mediaType(),
        piece.sizeBytes(),
        piece.sha256(),
        piece.caption(),
        evidence.addedAt());
  }

  private static Optional<Message> tell(DisputeMessage message) {
    var type = message.getClass().getSimpleName();
    return Optional.of(
        Message.of(
            MessageFamily.DISPUTE.topic(),
            message.key().toString(),
            type,
            MessageFamily.dataSchema(type),
            message,
            MessageFamily.DISPUTE::write));
  }

  private static WhyClosed why(Why why) {
    return switch (why) {
      case WINDOW_ENDED -> WhyClosed.WINDOW_ENDED;
      case FULLY_REFUNDED -> WhyClosed.FULLY_REFUNDED;
      case ALL_RETURNED -> WhyClosed.ALL_RETURNED;
    };
  }
}
