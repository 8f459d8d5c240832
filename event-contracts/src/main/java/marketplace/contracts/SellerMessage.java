package marketplace.contracts;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import marketplace.kernel.CancellationId;
import marketplace.kernel.DisputeId;
import marketplace.kernel.Fault;
import marketplace.kernel.MessageId;
import marketplace.kernel.NotificationChannel;
import marketplace.kernel.NotificationId;
import marketplace.kernel.OfferId;
import marketplace.kernel.OrderId;
import marketplace.kernel.SellerCancellationReason;
import marketplace.kernel.SellerId;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.SilenceOutcome;
import marketplace.kernel.Units;
import org.jspecify.annotations.Nullable;

/// What seller-service tells about one order, on `seller.events.v1`, key = order id (domain,
/// section 7.2).
public sealed interface SellerMessage extends Message {
  OrderId orderId();

  @Override
  default UUID key() {
    return orderId().value();
  }

  enum ApprovedBy {
    SELLER,
    AUTO_WINDOW,
    OFFER_ACCEPTED
  }

  enum RefundMode {
    FULL,
    AGREED_AMOUNT
  }

  enum WhyDeclined {
    SELLER_REFUSED,
    ALREADY_SHIPPED,
    UNITS_NOT_OPEN
  }

  enum Correspondent {
    BUYER,
    SELLER
  }

  enum WhyNotStopped {
    UNITS_NOT_OPEN
  }

  record FulfilmentOpened(
      OrderId orderId, SellerId sellerId, Instant shipBy, Instant openedAt, Units units)
      implements SellerMessage {}

  record ProcessingStarted(OrderId orderId, Instant startedAt) implements SellerMessage {}

  /// The units of the request are cancelled. `agreedRefundMinor` only with AGREED_AMOUNT. A
  /// milestone.
  record SellerApproved(
      OrderId orderId,
      CancellationId cancellationId,
      SellerId sellerId,
      ApprovedBy by,
      Units units,
      RefundMode refundMode,
      @Nullable Long agreedRefundMinor,
      @Nullable String comment,
      Instant approvedAt,
      int replySeconds)
      implements SellerMessage {}

  record SellerDeclined(
      OrderId orderId,
      CancellationId cancellationId,
      SellerId sellerId,
      WhyDeclined why,
      @Nullable String comment,
      Instant declinedAt,
      int replySeconds)
      implements SellerMessage {}

  /// The seller let the reply time pass; `outcome` says what silence means under the order's
  /// policy. A milestone.
  record SellerTimedOut(
      OrderId orderId,
      CancellationId cancellationId,
      SellerId sellerId,
      Instant replyBy,
      Duration waited,
      SilenceOutcome outcome,
      Units units,
      Instant timedOutAt)
      implements SellerMessage {}

  record PartialRefundOffered(
      OrderId orderId,
      CancellationId cancellationId,
      OfferId offerId,
      SellerId sellerId,
      long refundMinor,
      @Nullable String comment,
      Instant offeredAt,
      Instant answerBy)
      implements SellerMessage {}

  /// The clock of the request runs again, with a later `replyBy`.
  record PartialRefundOfferRejected(
      OrderId orderId,
      CancellationId cancellationId,
      OfferId offerId,
      Instant rejectedAt,
      Instant replyBy)
      implements SellerMessage {}

  record PartialRefundOfferLapsed(
      OrderId orderId, CancellationId cancellationId, OfferId offerId, Instant lapsedAt)
      implements SellerMessage {}

  record CancellationWithdrawn(OrderId orderId, CancellationId cancellationId, Instant withdrawnAt)
      implements SellerMessage {}

  record SellerReminded(
      OrderId orderId,
      CancellationId cancellationId,
      SellerId sellerId,
      Duration after,
      Instant remindedAt)
      implements SellerMessage {}

  record SellerCancelled(
      OrderId orderId,
      SellerId sellerId,
      Units units,
      SellerCancellationReason reason,
      Fault fault,
      @Nullable String comment,
      Instant cancelledAt,
      @Nullable CancellationId closesCancellationId)
      implements SellerMessage {}

  record ShipDeadlineMissed(
      OrderId orderId,
      SellerId sellerId,
      Instant shipBy,
      Units units,
      Instant missedAt,
      @Nullable CancellationId closesCancellationId)
      implements SellerMessage {}

  record FulfilmentStopped(
      OrderId orderId,
      DisputeId disputeId,
      Units units,
      Fault fault,
      Instant stoppedAt,
      @Nullable CancellationId closesCancellationId)
      implements SellerMessage {}

  record FulfilmentStopRefused(
      OrderId orderId, DisputeId disputeId, WhyNotStopped why, Instant refusedAt)
      implements SellerMessage {}

  /// A parcel is on its way. `closesCancellationId`: the request that this shipment ended.
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
      implements SellerMessage {}

  record ParcelInTransit(OrderId orderId, ShipmentId shipmentId, Instant at)
      implements SellerMessage {}

  record ParcelDelivered(OrderId orderId, ShipmentId shipmentId, Instant deliveredAt)
      implements SellerMessage {}

  record ReturnAgreed(
      OrderId orderId, SellerId sellerId, Units units, @Nullable String comment, Instant agreedAt)
      implements SellerMessage {}

  record DeliveryRefused(OrderId orderId, ShipmentId shipmentId, Instant refusedAt)
      implements SellerMessage {}

  record ParcelReturnedToSender(OrderId orderId, ShipmentId shipmentId, Instant at)
      implements SellerMessage {}

  record ParcelLost(OrderId orderId, ShipmentId shipmentId, Instant at) implements SellerMessage {}

  /// Buyer and seller write to each other. `template` is null for words of their own.
  record MessageSent(
      OrderId orderId,
      MessageId messageId,
      Correspondent from,
      Correspondent to,
      @Nullable String template,
      String text,
      Instant sentAt)
      implements SellerMessage {}

  /// The seller was told of something. What the notification says beside its subject is between him
  /// and us.
  record SellerNotified(
      OrderId orderId,
      NotificationId notificationId,
      SellerId sellerId,
      NotificationChannel channel,
      String template,
      String subject,
      Instant notifiedAt)
      implements SellerMessage {}
}
