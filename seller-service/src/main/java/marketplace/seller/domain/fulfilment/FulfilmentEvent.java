package marketplace.seller.domain.fulfilment;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import marketplace.kernel.CancellationId;
import marketplace.kernel.DisputeId;
import marketplace.kernel.Fault;
import marketplace.kernel.NoticeDetails;
import marketplace.kernel.NotificationId;
import marketplace.kernel.OfferId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PenaltyCode;
import marketplace.kernel.SellerCancellationReason;
import marketplace.kernel.SellerId;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.SilenceOutcome;
import marketplace.kernel.Units;
import org.jspecify.annotations.Nullable;

/// All that can have happened to a fulfilment.
public sealed interface FulfilmentEvent {

  enum ApprovedBy {
    SELLER,
    AUTO_WINDOW,
    OFFER_ACCEPTED
  }

  enum WhyDeclined {
    SELLER_REFUSED,
    ALREADY_SHIPPED,
    UNITS_NOT_OPEN
  }

  /// What was taken from another service's fact. Private: it is never published.
  sealed interface Noted extends FulfilmentEvent {
    NotedFact fact();
  }

  record OrderNoted(NotedFact fact, Terms terms) implements Noted {}

  record RequestNoted(NotedFact fact, CancellationId cancellationId, Request.Asked asked)
      implements Noted {}

  record RefundNoted(NotedFact fact, CancellationId cancellationId, long refundMinor)
      implements Noted {}

  /// What others have found to be the seller's fault: it goes on to his record.
  ///
  /// @param causeId the settlement or the dispute
  record FaultNoted(
      NotedFact fact, OrderId orderId, SellerId sellerId, PenaltyCode code, UUID causeId)
      implements Noted {}

  record ReviewNoted(NotedFact fact, int stars, Instant reviewedAt) implements Noted {}

  /// A fact that brings nothing to remember, though it may be followed by what it caused.
  record FactNoted(NotedFact fact) implements Noted {}

  record FulfilmentOpened(
      OrderId orderId,
      SellerId sellerId,
      Instant shipBy,
      Instant autoApproveUntil,
      boolean moneyCaptured,
      Units units,
      Instant openedAt)
      implements FulfilmentEvent {}

  record ProcessingStarted(OrderId orderId, Instant startedAt) implements FulfilmentEvent {}

  /// @param agreedRefundMinor null: the full amount
  record SellerApproved(
      OrderId orderId,
      CancellationId cancellationId,
      SellerId sellerId,
      ApprovedBy by,
      Units units,
      @Nullable Long agreedRefundMinor,
      @Nullable String comment,
      Instant approvedAt,
      int replySeconds)
      implements FulfilmentEvent {}

  record SellerDeclined(
      OrderId orderId,
      CancellationId cancellationId,
      SellerId sellerId,
      WhyDeclined why,
      @Nullable String comment,
      Instant declinedAt,
      int replySeconds)
      implements FulfilmentEvent {}

  record SellerTimedOut(
      OrderId orderId,
      CancellationId cancellationId,
      SellerId sellerId,
      Instant replyBy,
      Duration waited,
      SilenceOutcome outcome,
      Units units,
      Instant timedOutAt)
      implements FulfilmentEvent {}

  record PartialRefundOffered(
      OrderId orderId,
      CancellationId cancellationId,
      OfferId offerId,
      SellerId sellerId,
      long refundMinor,
      @Nullable String comment,
      Instant offeredAt,
      Instant answerBy)
      implements FulfilmentEvent {}

  record PartialRefundOfferRejected(
      OrderId orderId,
      CancellationId cancellationId,
      OfferId offerId,
      Instant rejectedAt,
      Instant replyBy)
      implements FulfilmentEvent {}

  record PartialRefundOfferLapsed(
      OrderId orderId,
      CancellationId cancellationId,
      OfferId offerId,
      Instant answerBy,
      Instant lapsedAt)
      implements FulfilmentEvent {}

  record CancellationWithdrawn(OrderId orderId, CancellationId cancellationId, Instant withdrawnAt)
      implements FulfilmentEvent {}

  record SellerReminded(
      OrderId orderId,
      CancellationId cancellationId,
      SellerId sellerId,
      Duration after,
      Instant remindedAt)
      implements FulfilmentEvent {}

  record SellerCancelled(
      OrderId orderId,
      SellerId sellerId,
      Units units,
      SellerCancellationReason reason,
      Fault fault,
      @Nullable String comment,
      Instant cancelledAt,
      @Nullable CancellationId closesCancellationId)
      implements FulfilmentEvent {}

  record ShipDeadlineMissed(
      OrderId orderId,
      SellerId sellerId,
      Instant shipBy,
      Units units,
      Instant missedAt,
      @Nullable CancellationId closesCancellationId)
      implements FulfilmentEvent {}

  record FulfilmentStopped(
      OrderId orderId,
      DisputeId disputeId,
      Units units,
      Fault fault,
      Instant stoppedAt,
      @Nullable CancellationId closesCancellationId)
      implements FulfilmentEvent {}

  /// Some of the units to stop are not open any more.
  record FulfilmentStopRefused(OrderId orderId, DisputeId disputeId, Instant refusedAt)
      implements FulfilmentEvent {}

  record ShipmentDispatched(
      OrderId orderId,
      ShipmentId shipmentId,
      SellerId sellerId,
      Units units,
      String carrier,
      String trackingNumber,
      Instant dispatchedAt,
      Instant deliverBy,
      @Nullable CancellationId closesCancellationId)
      implements FulfilmentEvent {}

  record ParcelInTransit(OrderId orderId, ShipmentId shipmentId, Instant at)
      implements FulfilmentEvent {}

  record ParcelDelivered(OrderId orderId, ShipmentId shipmentId, Instant deliveredAt)
      implements FulfilmentEvent {}

  record DeliveryRefused(OrderId orderId, ShipmentId shipmentId, Instant refusedAt)
      implements FulfilmentEvent {}

  record ParcelReturnedToSender(OrderId orderId, ShipmentId shipmentId, Instant at)
      implements FulfilmentEvent {}

  record ParcelLost(OrderId orderId, ShipmentId shipmentId, Instant at)
      implements FulfilmentEvent {}

  record ReturnAgreed(
      OrderId orderId, SellerId sellerId, Units units, @Nullable String comment, Instant agreedAt)
      implements FulfilmentEvent {}

  /// The seller was told of something, in the same append in which it came to be.
  record SellerNotified(
      OrderId orderId,
      NotificationId notificationId,
      SellerId sellerId,
      SellerTemplate template,
      String subject,
      NoticeDetails details,
      Instant notifiedAt)
      implements FulfilmentEvent {}
}
