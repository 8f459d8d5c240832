package marketplace.dispute.domain;

import java.time.Instant;
import java.util.UUID;
import marketplace.kernel.BuyerId;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.CancellationId;
import marketplace.kernel.CaseParty;
import marketplace.kernel.DisputeEnd;
import marketplace.kernel.DisputeId;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.DisputeSettlement;
import marketplace.kernel.EscalatedBy;
import marketplace.kernel.Fault;
import marketplace.kernel.LabelId;
import marketplace.kernel.MessageId;
import marketplace.kernel.OfferId;
import marketplace.kernel.OrderId;
import marketplace.kernel.RefundId;
import marketplace.kernel.Remedy;
import marketplace.kernel.ReturnAcceptance;
import marketplace.kernel.ReturnApproval;
import marketplace.kernel.ReturnEnd;
import marketplace.kernel.ReturnId;
import marketplace.kernel.ReturnReason;
import marketplace.kernel.RuledBy;
import marketplace.kernel.SellerId;
import marketplace.kernel.SettlementId;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.ShippingPayer;
import marketplace.kernel.Units;
import marketplace.kernel.Uphold;
import org.jspecify.annotations.Nullable;

/// All that can have happened after a sale.
public sealed interface AfterSaleEvent {

  /// What another service told us. Private: the world knows it already. `orderVersion` is the
  /// version that the fact has in the order's stream, 0 where it was injected without one.
  sealed interface Noted extends AfterSaleEvent {
    Source source();
  }

  /// The event of another service that a note was taken from.
  record Source(UUID eventId, String eventType) {}

  enum Why {
    WINDOW_ENDED,
    FULLY_REFUNDED,
    ALL_RETURNED
  }

  /// @param until when the window ends if nothing is delivered
  record PlacementNoted(Source source, Sale sale, Instant until, int orderVersion)
      implements Noted {}

  record UnitsCancelledNoted(
      Source source,
      SettlementId settlementId,
      CancellationCause cause,
      Units units,
      int orderVersion)
      implements Noted {}

  record CancellationNoted(Source source, CancellationCause cause, int orderVersion)
      implements Noted {}

  record ShipmentNoted(
      Source source, ShipmentId shipmentId, Units units, String trackingNumber, Instant deliverBy)
      implements Noted {}

  record ParcelNoted(Source source, ShipmentId shipmentId, Parcel.State state) implements Noted {}

  /// @param until the window's new end, counted from the delivery
  /// @param confirmed by the buyer, not by the carrier
  /// @param dueMinor collected with the delivery, 0 where it was paid before
  record DeliveryNoted(
      Source source, Instant until, boolean confirmed, long dueMinor, int orderVersion)
      implements Noted {}

  record ReceiptNoted(Source source) implements Noted {}

  /// The seller's side has ended a cancellation request.
  ///
  /// @param refused the seller said no, or his silence meant no
  record RequestEndedNoted(Source source, CancellationId cancellationId, boolean refused)
      implements Noted {}

  /// The buyer has written to the seller.
  record ContactNoted(Source source, MessageId messageId) implements Noted {}

  /// The seller takes these units back, whatever was agreed when they were sold.
  record ReturnAgreedNoted(Source source, Units units, Instant agreedAt) implements Noted {}

  /// @param full the buyer has everything back that was ever captured
  /// @param totalRefundedMinor of the order, this refund included
  record RefundNoted(Source source, RefundId refundId, boolean full, long totalRefundedMinor)
      implements Noted {}

  /// The units of a ruling will not be shipped.
  record StopNoted(Source source, DisputeId disputeId) implements Noted {}

  /// They had been shipped, or cancelled, before the ruling came.
  record StopRefusedNoted(Source source, DisputeId disputeId, Instant refusedAt) implements Noted {}

  /// The end of the window has passed, but something is still going on. Private.
  record WindowOverran(OrderId orderId, Instant until) implements AfterSaleEvent {}

  /// @param afterOrderVersion whoever pays out must have read the order's stream up to here
  record AfterSaleClosed(OrderId orderId, Why why, Instant closedAt, int afterOrderVersion)
      implements AfterSaleEvent {}

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
      implements AfterSaleEvent {}

  record DisputeEvidenceAdded(
      OrderId orderId, DisputeId disputeId, CaseParty by, Evidence.Piece piece, Instant addedAt)
      implements AfterSaleEvent {}

  /// @param sellerReplyBy null with a seller's offer: only the buyer's are new claims
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
      implements AfterSaleEvent {}

  /// @param offerId null where the seller rejects the claim
  record DisputeOfferRejected(
      OrderId orderId,
      DisputeId disputeId,
      @Nullable OfferId offerId,
      CaseParty by,
      String comment,
      Instant at)
      implements AfterSaleEvent {}

  record DisputeEscalated(
      OrderId orderId, DisputeId disputeId, EscalatedBy by, Instant escalatedAt, Instant ruleBy)
      implements AfterSaleEvent {}

  record DisputeRulingOverdue(OrderId orderId, DisputeId disputeId, Instant ruleBy)
      implements AfterSaleEvent {}

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
      implements AfterSaleEvent {}

  /// The ruling could not be carried out, so the platform has to rule again. Private: the seller's
  /// side has told everybody.
  record ReviewResumed(OrderId orderId, DisputeId disputeId, Instant ruleBy)
      implements AfterSaleEvent {}

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
      implements AfterSaleEvent {}

  record DisputeWithdrawn(OrderId orderId, DisputeId disputeId, Instant withdrawnAt)
      implements AfterSaleEvent {}

  /// @param disputeId null unless a dispute was resolved so
  /// @param shipmentId null unless its delivery was refused
  /// @param text what the buyer says; empty for nothing
  record ReturnRequested(
      OrderId orderId,
      ReturnId returnId,
      @Nullable DisputeId disputeId,
      @Nullable ShipmentId shipmentId,
      Units units,
      ReturnReason reason,
      boolean free,
      long refundIfAcceptedMinor,
      String text,
      Instant requestedAt,
      Instant reviewBy)
      implements AfterSaleEvent {}

  record ReturnEvidenceAdded(
      OrderId orderId, ReturnId returnId, CaseParty by, Evidence.Piece piece, Instant addedAt)
      implements AfterSaleEvent {}

  /// @param labelId null where the buyer pays for the way back
  record ReturnApproved(
      OrderId orderId,
      ReturnId returnId,
      ReturnApproval how,
      ShippingPayer shippingPaidBy,
      @Nullable LabelId labelId,
      String instructions,
      Instant approvedAt,
      Instant shipBackBy)
      implements AfterSaleEvent {}

  record ReturnRejected(OrderId orderId, ReturnId returnId, String why, Instant rejectedAt)
      implements AfterSaleEvent {}

  record ReturnShipped(OrderId orderId, ReturnId returnId, String trackingNumber, Instant shippedAt)
      implements AfterSaleEvent {}

  record ReturnParcelDelivered(
      OrderId orderId, ReturnId returnId, Instant deliveredAt, Instant sellerConfirmBy)
      implements AfterSaleEvent {}

  record ReturnContested(OrderId orderId, ReturnId returnId, String why, Instant contestedAt)
      implements AfterSaleEvent {}

  record ReturnAccepted(
      OrderId orderId,
      ReturnId returnId,
      ReturnAcceptance how,
      Units units,
      long refundMinor,
      Instant acceptedAt)
      implements AfterSaleEvent {}

  record ReturnClosed(OrderId orderId, ReturnId returnId, ReturnEnd how, Instant closedAt)
      implements AfterSaleEvent {}
}
