package marketplace.contracts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import marketplace.kernel.AddressId;
import marketplace.kernel.BuyerId;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.CancellationId;
import marketplace.kernel.CancellationReason;
import marketplace.kernel.CouponId;
import marketplace.kernel.CouponIssuer;
import marketplace.kernel.CouponLoss;
import marketplace.kernel.Fault;
import marketplace.kernel.LineId;
import marketplace.kernel.NotificationChannel;
import marketplace.kernel.NotificationId;
import marketplace.kernel.OfferAnswer;
import marketplace.kernel.OfferId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.ProductId;
import marketplace.kernel.ReturnPolicy;
import marketplace.kernel.SellerId;
import marketplace.kernel.SettlementId;
import marketplace.kernel.Units;
import org.jspecify.annotations.Nullable;

/// What order-service tells the others, on `order.events.v1`, key = order id (domain, section 7.1).
public sealed interface OrderMessage extends Message {
  OrderId orderId();

  @Override
  default UUID key() {
    return orderId().value();
  }

  /// One line as it was ordered; `paidMinor` is its gross amount less its share of the discount.
  record Line(
      LineId lineId,
      ProductId productId,
      String title,
      long unitPriceMinor,
      int quantity,
      long paidMinor,
      ReturnPolicy returnPolicy) {}

  /// The coupon that was used with the order.
  record Coupon(
      CouponId couponId,
      String code,
      CouponIssuer issuer,
      List<LineId> appliesToLineIds,
      Instant expiresAt) {}

  /// Where the order goes: never more than the country (domain, section 6.5).
  record Destination(AddressId addressId, String country) {}

  enum Basis {
    PAID,
    CASH_ON_DELIVERY
  }

  enum DeliveryBasis {
    CARRIER,
    BUYER_CONFIRMED
  }

  /// A buyer has placed an order. Amounts in minor units of `currency`; `payBy` is null for cash on
  /// delivery.
  record OrderPlaced(
      OrderId orderId,
      BuyerId buyerId,
      SellerId sellerId,
      String currency,
      List<Line> lines,
      long itemsGrossMinor,
      long discountMinor,
      long shippingFeeMinor,
      long totalMinor,
      @Nullable Coupon coupon,
      PaymentMethod paymentMethod,
      Destination deliverTo,
      Instant placedAt,
      @Nullable Instant payBy,
      String policyId,
      @Nullable String externalReference,
      @Nullable OrderId reorderOf)
      implements OrderMessage {}

  /// The seller may ship. Requests made before `autoApproveUntil` are approved at once.
  record OrderReadyToShip(
      OrderId orderId,
      SellerId sellerId,
      Basis basis,
      Instant readyAt,
      Instant shipBy,
      Instant autoApproveUntil,
      Units units)
      implements OrderMessage {}

  /// The buyer asks for open units to be cancelled; the seller has until `replyBy`. A milestone.
  record CancellationRequested(
      OrderId orderId,
      CancellationId cancellationId,
      BuyerId buyerId,
      SellerId sellerId,
      Units units,
      boolean wholeOrder,
      CancellationReason reason,
      @Nullable String comment,
      int attempt,
      Instant requestedAt,
      Instant replyBy,
      long refundIfApprovedMinor)
      implements OrderMessage {}

  record CancellationWithdrawalAsked(
      OrderId orderId, CancellationId cancellationId, Instant askedAt) implements OrderMessage {}

  record CancellationOfferAnswered(
      OrderId orderId,
      CancellationId cancellationId,
      OfferId offerId,
      OfferAnswer answer,
      Instant answeredAt)
      implements OrderMessage {}

  /// Units have left the order; `refundMinor` is due once for `settlementId`. `cancellationId` is
  /// null where no request was answered.
  record OrderUnitsCancelled(
      OrderId orderId,
      SettlementId settlementId,
      @Nullable CancellationId cancellationId,
      CancellationCause cause,
      Fault fault,
      Units units,
      long refundMinor,
      long shippingFeePartMinor,
      long keptBySellerMinor,
      boolean wholeOrder,
      Instant cancelledAt)
      implements OrderMessage {}

  /// Every unit is cancelled. With `refundAllCaptures`, whatever was or will be captured goes back.
  record OrderCancelled(
      OrderId orderId,
      CancellationCause cause,
      Fault fault,
      boolean refundAllCaptures,
      Instant cancelledAt)
      implements OrderMessage {}

  /// Everything that was shipped has arrived. `dueMinor`: what the carrier collects for cash on
  /// delivery, else 0.
  record OrderDelivered(
      OrderId orderId,
      DeliveryBasis basis,
      Instant deliveredAt,
      Instant afterSaleUntil,
      Units units,
      long dueMinor)
      implements OrderMessage {}

  record ReceiptConfirmed(OrderId orderId, Instant confirmedAt) implements OrderMessage {}

  record OrderCompleted(OrderId orderId, Instant completedAt) implements OrderMessage {}

  /// What the buyer thinks of it, in one to five stars; `comment` is null unless he says more.
  record SellerReviewed(
      OrderId orderId, SellerId sellerId, int stars, @Nullable String comment, Instant reviewedAt)
      implements OrderMessage {}

  /// All that the coupon covered has gone back, and it may be used again until `expiresAt`.
  record CouponRestored(
      OrderId orderId, CouponId couponId, BuyerId buyerId, Instant expiresAt, Instant restoredAt)
      implements OrderMessage {}

  record CouponForfeited(
      OrderId orderId, CouponId couponId, BuyerId buyerId, CouponLoss why, Instant decidedAt)
      implements OrderMessage {}

  /// The buyer was told of something. What the notification says beside its subject is between him
  /// and us.
  record BuyerNotified(
      OrderId orderId,
      NotificationId notificationId,
      BuyerId buyerId,
      NotificationChannel channel,
      String template,
      String subject,
      Instant notifiedAt)
      implements OrderMessage {}
}
