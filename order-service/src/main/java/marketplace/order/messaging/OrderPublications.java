package marketplace.order.messaging;

import java.util.Optional;
import marketplace.contracts.MessageFamily;
import marketplace.contracts.OrderMessage;
import marketplace.eventsourcing.Message;
import marketplace.eventsourcing.Publications;
import marketplace.eventsourcing.StoredEvent;
import marketplace.kernel.NotificationChannel;
import marketplace.order.domain.OrderEvent;
import marketplace.order.domain.UsedCoupon;
import org.jspecify.annotations.Nullable;

/// What the others are told of an order. What was noted of their own facts they know already.
public final class OrderPublications implements Publications<OrderEvent> {

  @Override
  public Optional<Message> messageFor(StoredEvent<? extends OrderEvent> stored) {
    return translate(stored.event()).map(OrderPublications::message);
  }

  private static Message message(OrderMessage message) {
    var type = message.getClass().getSimpleName();
    return Message.of(
        MessageFamily.ORDER.topic(),
        message.key().toString(),
        type,
        MessageFamily.dataSchema(type),
        message,
        MessageFamily.ORDER::write);
  }

  private static Optional<OrderMessage> translate(OrderEvent event) {
    return switch (event) {
      case OrderEvent.OrderPlaced e -> Optional.of(placed(e));
      case OrderEvent.OrderReadyToShip e ->
          Optional.of(
              new OrderMessage.OrderReadyToShip(
                  e.orderId(),
                  e.sellerId(),
                  basis(e.basis()),
                  e.readyAt(),
                  e.shipBy(),
                  e.autoApproveUntil(),
                  e.units()));
      case OrderEvent.CancellationRequested e ->
          Optional.of(
              new OrderMessage.CancellationRequested(
                  e.orderId(),
                  e.cancellationId(),
                  e.buyerId(),
                  e.sellerId(),
                  e.units(),
                  e.wholeOrder(),
                  e.reason(),
                  e.comment(),
                  e.attempt(),
                  e.requestedAt(),
                  e.replyBy(),
                  e.refundIfApprovedMinor()));
      case OrderEvent.CancellationWithdrawalAsked e ->
          Optional.of(
              new OrderMessage.CancellationWithdrawalAsked(
                  e.orderId(), e.cancellationId(), e.askedAt()));
      case OrderEvent.CancellationOfferAnswered e ->
          Optional.of(
              new OrderMessage.CancellationOfferAnswered(
                  e.orderId(), e.cancellationId(), e.offerId(), e.answer(), e.answeredAt()));
      case OrderEvent.OrderUnitsCancelled e ->
          Optional.of(
              new OrderMessage.OrderUnitsCancelled(
                  e.orderId(),
                  e.settlementId(),
                  e.cancellationId(),
                  e.cause(),
                  e.fault(),
                  e.units(),
                  e.refundMinor(),
                  e.shippingFeePartMinor(),
                  e.keptBySellerMinor(),
                  e.wholeOrder(),
                  e.cancelledAt()));
      case OrderEvent.OrderCancelled e ->
          Optional.of(
              new OrderMessage.OrderCancelled(
                  e.orderId(), e.cause(), e.fault(), e.refundAllCaptures(), e.cancelledAt()));
      case OrderEvent.OrderDelivered e ->
          Optional.of(
              new OrderMessage.OrderDelivered(
                  e.orderId(),
                  basis(e.basis()),
                  e.deliveredAt(),
                  e.afterSaleUntil(),
                  e.units(),
                  e.dueMinor()));
      case OrderEvent.ReceiptConfirmed e ->
          Optional.of(new OrderMessage.ReceiptConfirmed(e.orderId(), e.confirmedAt()));
      case OrderEvent.OrderCompleted e ->
          Optional.of(new OrderMessage.OrderCompleted(e.orderId(), e.completedAt()));
      case OrderEvent.SellerReviewed e ->
          Optional.of(
              new OrderMessage.SellerReviewed(
                  e.orderId(), e.sellerId(), e.stars(), e.comment(), e.reviewedAt()));
      case OrderEvent.CouponRestored e ->
          Optional.of(
              new OrderMessage.CouponRestored(
                  e.orderId(), e.couponId(), e.buyerId(), e.expiresAt(), e.restoredAt()));
      case OrderEvent.CouponForfeited e ->
          Optional.of(
              new OrderMessage.CouponForfeited(
                  e.orderId(), e.couponId(), e.buyerId(), e.why(), e.decidedAt()));
      case OrderEvent.BuyerNotified e ->
          Optional.of(
              new OrderMessage.BuyerNotified(
                  e.orderId(),
                  e.notificationId(),
                  e.buyerId(),
                  NotificationChannel.EMAIL,
                  e.template().name(),
                  e.subject(),
                  e.notifiedAt()));
      case OrderEvent.Noted _ -> Optional.empty();
    };
  }

  private static OrderMessage placed(OrderEvent.OrderPlaced e) {
    return new OrderMessage.OrderPlaced(
        e.orderId(),
        e.buyerId(),
        e.sellerId(),
        e.currency(),
        e.lines().stream().map(OrderPublications::line).toList(),
        e.itemsGrossMinor(),
        e.itemsGrossMinor() - e.itemsPaidMinor(),
        e.shippingFeeMinor(),
        e.totalMinor(),
        coupon(e.coupon()),
        e.paymentMethod(),
        new OrderMessage.Destination(e.deliverTo().addressId(), e.deliverTo().country()),
        e.placedAt(),
        e.payBy(),
        e.terms().policyId(),
        e.externalReference(),
        e.reorderOf());
  }

  private static OrderMessage.@Nullable Coupon coupon(@Nullable UsedCoupon used) {
    return used == null
        ? null
        : new OrderMessage.Coupon(
            used.couponId(), used.code(), used.issuer(), used.appliesToLineIds(), used.expiresAt());
  }

  private static OrderMessage.Line line(OrderEvent.Line line) {
    return new OrderMessage.Line(
        line.lineId(),
        line.productId(),
        line.title(),
        line.unitPriceMinor(),
        line.quantity(),
        line.paidMinor(),
        line.returnPolicy());
  }

  private static OrderMessage.Basis basis(OrderEvent.ReadyBecause basis) {
    return switch (basis) {
      case PAID -> OrderMessage.Basis.PAID;
      case CASH_ON_DELIVERY -> OrderMessage.Basis.CASH_ON_DELIVERY;
    };
  }

  private static OrderMessage.DeliveryBasis basis(OrderEvent.DeliveredBecause basis) {
    return switch (basis) {
      case CARRIER -> OrderMessage.DeliveryBasis.CARRIER;
      case BUYER_CONFIRMED -> OrderMessage.DeliveryBasis.BUYER_CONFIRMED;
    };
  }
}
