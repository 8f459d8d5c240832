package marketplace.order.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import marketplace.kernel.AddressId;
import marketplace.kernel.BuyerId;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.CancellationId;
import marketplace.kernel.CancellationReason;
import marketplace.kernel.CouponId;
import marketplace.kernel.CouponLoss;
import marketplace.kernel.Fault;
import marketplace.kernel.LineId;
import marketplace.kernel.LineUnits;
import marketplace.kernel.NoticeDetails;
import marketplace.kernel.NotificationId;
import marketplace.kernel.OfferAnswer;
import marketplace.kernel.OfferId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.PolicySet;
import marketplace.kernel.ProductId;
import marketplace.kernel.ReturnPolicy;
import marketplace.kernel.SellerId;
import marketplace.kernel.SettlementId;
import marketplace.kernel.SilenceOutcome;
import marketplace.kernel.Units;
import org.jspecify.annotations.Nullable;

/// All that can have happened to an order.
public sealed interface OrderEvent {
  /// What is shown for what somebody wrote who was forgotten since.
  String ERASED = "erased";

  OrderId orderId();

  /// One line as it was ordered; `paidMinor` is its gross amount less its share of a discount.
  record Line(
      LineId lineId,
      ProductId productId,
      String title,
      long unitPriceMinor,
      int quantity,
      long paidMinor,
      ReturnPolicy returnPolicy) {
    public long grossMinor() {
      return unitPriceMinor * quantity;
    }

    Line less(long discountMinor) {
      return new Line(
          lineId,
          productId,
          title,
          unitPriceMinor,
          quantity,
          paidMinor - discountMinor,
          returnPolicy);
    }
  }

  /// Where the order goes: never more than the country, because events are for ever.
  record Destination(AddressId addressId, String country) {}

  /// What later decisions need of the policy set that is pinned to the order.
  record Terms(
      String policyId,
      Duration shipWithin,
      Duration sellerReplyWithin,
      SilenceOutcome onSellerSilence,
      Duration autoApproveWithin,
      int maxRequestsPerOrder,
      Duration afterSaleOuter,
      Duration afterSaleAfterDelivery) {
    static Terms of(PolicySet policy) {
      return new Terms(
          policy.policyId(),
          policy.shipWithin(),
          policy.sellerReplyWithin(),
          policy.onSellerSilence(),
          policy.autoApproveWithin(),
          policy.maxRequestsPerOrder(),
          policy.afterSaleOuter(),
          policy.afterSaleAfterDelivery());
    }
  }

  enum ReadyBecause {
    PAID,
    CASH_ON_DELIVERY
  }

  enum DeliveredBecause {
    CARRIER,
    BUYER_CONFIRMED
  }

  /// @param coupon null where none was used
  /// @param payBy null for cash on delivery
  /// @param externalReference null unless the buyer buys for somebody else
  /// @param reorderOf null for a first order
  record OrderPlaced(
      OrderId orderId,
      BuyerId buyerId,
      SellerId sellerId,
      String currency,
      List<Line> lines,
      long shippingFeeMinor,
      @Nullable UsedCoupon coupon,
      PaymentMethod paymentMethod,
      Destination deliverTo,
      Instant placedAt,
      @Nullable Instant payBy,
      Terms terms,
      @Nullable String externalReference,
      @Nullable OrderId reorderOf)
      implements OrderEvent {
    public OrderPlaced {
      lines = List.copyOf(lines);
    }

    public long itemsGrossMinor() {
      return lines.stream().mapToLong(Line::grossMinor).sum();
    }

    public long itemsPaidMinor() {
      return lines.stream().mapToLong(Line::paidMinor).sum();
    }

    public long totalMinor() {
      return itemsPaidMinor() + shippingFeeMinor;
    }

    public Units units() {
      return new Units(
          lines.stream().map(line -> new LineUnits(line.lineId(), line.quantity())).toList());
    }
  }

  record OrderReadyToShip(
      OrderId orderId,
      SellerId sellerId,
      ReadyBecause basis,
      Instant readyAt,
      Instant shipBy,
      Instant autoApproveUntil,
      Units units)
      implements OrderEvent {}

  /// @param comment null unless the buyer says more
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
      implements OrderEvent {
    CancellationRequested withoutWords() {
      return new CancellationRequested(
          orderId,
          cancellationId,
          buyerId,
          sellerId,
          units,
          wholeOrder,
          reason,
          comment == null ? null : ERASED,
          attempt,
          requestedAt,
          replyBy,
          refundIfApprovedMinor);
    }
  }

  record CancellationWithdrawalAsked(
      OrderId orderId, CancellationId cancellationId, Instant askedAt) implements OrderEvent {}

  record CancellationOfferAnswered(
      OrderId orderId,
      CancellationId cancellationId,
      OfferId offerId,
      OfferAnswer answer,
      Instant answeredAt)
      implements OrderEvent {}

  /// @param cancellationId null where no request was answered
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
      implements OrderEvent {}

  record OrderCancelled(
      OrderId orderId,
      CancellationCause cause,
      Fault fault,
      boolean refundAllCaptures,
      Instant cancelledAt)
      implements OrderEvent {}

  record OrderDelivered(
      OrderId orderId,
      DeliveredBecause basis,
      Instant deliveredAt,
      Instant afterSaleUntil,
      Units units,
      long dueMinor)
      implements OrderEvent {}

  record ReceiptConfirmed(OrderId orderId, Instant confirmedAt) implements OrderEvent {}

  record OrderCompleted(OrderId orderId, Instant completedAt) implements OrderEvent {}

  /// @param stars one to five
  /// @param comment null unless the buyer says more
  record SellerReviewed(
      OrderId orderId, SellerId sellerId, int stars, @Nullable String comment, Instant reviewedAt)
      implements OrderEvent {
    SellerReviewed withoutWords() {
      return new SellerReviewed(
          orderId, sellerId, stars, comment == null ? null : ERASED, reviewedAt);
    }
  }

  record CouponRestored(
      OrderId orderId, CouponId couponId, BuyerId buyerId, Instant expiresAt, Instant restoredAt)
      implements OrderEvent {}

  record CouponForfeited(
      OrderId orderId, CouponId couponId, BuyerId buyerId, CouponLoss why, Instant decidedAt)
      implements OrderEvent {}

  /// The buyer was told of something, in the same append in which it came to be.
  record BuyerNotified(
      OrderId orderId,
      NotificationId notificationId,
      BuyerId buyerId,
      BuyerTemplate template,
      String subject,
      NoticeDetails details,
      Instant notifiedAt)
      implements OrderEvent {}

  /// A fact of another service that was accepted, and what it means here. Private.
  record Noted(OrderId orderId, UUID eventId, String eventType, Effect effect)
      implements OrderEvent {}
}
