package marketplace.contracts;

import java.time.Instant;
import java.util.UUID;
import marketplace.kernel.BuyerId;
import marketplace.kernel.CaseParty;
import marketplace.kernel.CaseType;
import marketplace.kernel.DisputeEnd;
import marketplace.kernel.DisputeId;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.DisputeSettlement;
import marketplace.kernel.EscalatedBy;
import marketplace.kernel.EvidenceId;
import marketplace.kernel.Fault;
import marketplace.kernel.LabelId;
import marketplace.kernel.OfferId;
import marketplace.kernel.OrderId;
import marketplace.kernel.Remedy;
import marketplace.kernel.ReturnAcceptance;
import marketplace.kernel.ReturnApproval;
import marketplace.kernel.ReturnEnd;
import marketplace.kernel.ReturnId;
import marketplace.kernel.ReturnReason;
import marketplace.kernel.RuledBy;
import marketplace.kernel.SellerId;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.ShippingPayer;
import marketplace.kernel.Units;
import marketplace.kernel.Uphold;
import org.jspecify.annotations.Nullable;

/// What dispute-service tells about one order, on `dispute.events.v1`, key = order id (domain,
/// section 7.5).
public sealed interface DisputeMessage extends Message {
  OrderId orderId();

  @Override
  default UUID key() {
    return orderId().value();
  }

  enum WhyClosed {
    WINDOW_ENDED,
    FULLY_REFUNDED,
    ALL_RETURNED
  }

  /// A buyer has a complaint that the two parties could not settle among themselves. A milestone.
  record DisputeOpened(
      OrderId orderId,
      DisputeId disputeId,
      BuyerId buyerId,
      SellerId sellerId,
      Units units,
      DisputeReason reason,
      Remedy remedy,
      long claimMinor,
      long maxClaimMinor,
      String currency,
      String text,
      Instant openedAt,
      Instant sellerReplyBy,
      Instant negotiateUntil)
      implements DisputeMessage {}

  /// A piece of evidence is on file; its content is only shown to the parties and the platform.
  record EvidenceAdded(
      OrderId orderId,
      UUID caseId,
      EvidenceId evidenceId,
      CaseType caseType,
      CaseParty by,
      String mediaType,
      int sizeBytes,
      String sha256,
      String caption,
      Instant addedAt)
      implements DisputeMessage {}

  /// What one side would be content with. A buyer's offer is a new claim, which the seller may
  /// answer until `sellerReplyBy`; null with a seller's offer.
  record DisputeOfferMade(
      OrderId orderId,
      DisputeId disputeId,
      OfferId offerId,
      CaseParty by,
      Remedy remedy,
      long amountMinor,
      String comment,
      Instant madeAt,
      @Nullable Instant sellerReplyBy)
      implements DisputeMessage {}

  /// `offerId` is null where the seller rejects the claim.
  record DisputeOfferRejected(
      OrderId orderId,
      DisputeId disputeId,
      @Nullable OfferId offerId,
      CaseParty by,
      String comment,
      Instant at)
      implements DisputeMessage {}

  record DisputeEscalated(
      OrderId orderId, DisputeId disputeId, EscalatedBy by, Instant escalatedAt, Instant ruleBy)
      implements DisputeMessage {}

  record DisputeRulingOverdue(OrderId orderId, DisputeId disputeId, Instant ruleBy)
      implements DisputeMessage {}

  /// With `stopFulfilment` the units can still be shipped, and the seller's side decides whether
  /// they are.
  record RulingMade(
      OrderId orderId,
      DisputeId disputeId,
      Units units,
      RuledBy by,
      Uphold uphold,
      long awardMinor,
      Fault fault,
      boolean returnRequired,
      boolean stopFulfilment,
      String text,
      Instant ruledAt)
      implements DisputeMessage {}

  /// The end of a dispute. The ledger refunds `awardMinor` only where it is settled by AWARD.
  record DisputeResolved(
      OrderId orderId,
      DisputeId disputeId,
      SellerId sellerId,
      DisputeEnd how,
      Remedy remedy,
      long awardMinor,
      Fault fault,
      boolean returnRequired,
      DisputeSettlement settledBy,
      Units units,
      Instant resolvedAt)
      implements DisputeMessage {}

  record DisputeWithdrawn(OrderId orderId, DisputeId disputeId, Instant withdrawnAt)
      implements DisputeMessage {}

  /// `disputeId` is null unless a dispute was resolved so, `shipmentId` unless a delivery was
  /// refused.
  record ReturnRequested(
      OrderId orderId,
      ReturnId returnId,
      @Nullable DisputeId disputeId,
      @Nullable ShipmentId shipmentId,
      Units units,
      ReturnReason reason,
      boolean free,
      long refundIfAcceptedMinor,
      Instant requestedAt,
      Instant reviewBy)
      implements DisputeMessage {}

  /// `labelId` is null where the buyer pays for the way back.
  record ReturnApproved(
      OrderId orderId,
      ReturnId returnId,
      ReturnApproval how,
      ShippingPayer shippingPaidBy,
      @Nullable LabelId labelId,
      String instructions,
      Instant approvedAt,
      Instant shipBackBy)
      implements DisputeMessage {}

  record ReturnRejected(OrderId orderId, ReturnId returnId, String why, Instant rejectedAt)
      implements DisputeMessage {}

  record ReturnShipped(OrderId orderId, ReturnId returnId, String trackingNumber, Instant shippedAt)
      implements DisputeMessage {}

  record ReturnParcelDelivered(
      OrderId orderId, ReturnId returnId, Instant deliveredAt, Instant sellerConfirmBy)
      implements DisputeMessage {}

  record ReturnContested(OrderId orderId, ReturnId returnId, String why, Instant contestedAt)
      implements DisputeMessage {}

  record ReturnAccepted(
      OrderId orderId,
      ReturnId returnId,
      ReturnAcceptance how,
      Units units,
      long refundMinor,
      Instant acceptedAt)
      implements DisputeMessage {}

  record ReturnClosed(OrderId orderId, ReturnId returnId, ReturnEnd how, Instant closedAt)
      implements DisputeMessage {}

  /// The last instant at which the order could be disputed or returned has passed. The ledger pays
  /// out only after it has read `order-{orderId}` up to `afterOrderVersion`.
  record AfterSaleClosed(OrderId orderId, WhyClosed why, Instant closedAt, int afterOrderVersion)
      implements DisputeMessage {}
}
