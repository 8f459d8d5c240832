package marketplace.order.domain;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.NoticeDetails;
import marketplace.order.domain.Order.NotPlaced;
import marketplace.order.domain.Order.Placed;
import marketplace.order.domain.OrderCommand.TakeNote;
import marketplace.order.domain.OrderEvent.BuyerNotified;
import marketplace.order.domain.OrderEvent.CancellationOfferAnswered;
import marketplace.order.domain.OrderEvent.CancellationRequested;
import marketplace.order.domain.OrderEvent.CancellationWithdrawalAsked;
import marketplace.order.domain.OrderEvent.CouponForfeited;
import marketplace.order.domain.OrderEvent.CouponRestored;
import marketplace.order.domain.OrderEvent.Noted;
import marketplace.order.domain.OrderEvent.OrderCancelled;
import marketplace.order.domain.OrderEvent.OrderCompleted;
import marketplace.order.domain.OrderEvent.OrderDelivered;
import marketplace.order.domain.OrderEvent.OrderPlaced;
import marketplace.order.domain.OrderEvent.OrderReadyToShip;
import marketplace.order.domain.OrderEvent.OrderUnitsCancelled;
import marketplace.order.domain.OrderEvent.ReceiptConfirmed;
import marketplace.order.domain.OrderEvent.SellerReviewed;

/// Which of the order's events the buyer is told of, each at most once (domain, section 12). What
/// he is told of other services' facts comes with the note that is taken of them.
public final class OrderNotices {
  private OrderNotices() {}

  public static List<BuyerNotified> echo(
      OrderCommand command, List<OrderEvent> events, Order after, Instant at) {
    return switch (after) {
      case NotPlaced() -> List.of();
      case Placed order ->
          Stream.concat(
                  command instanceof TakeNote note ? note.notices().stream() : Stream.of(),
                  events.stream().flatMap(event -> of(event, events, order)))
              .filter(notice -> !order.notified().contains(notice.id()))
              .map(notice -> told(notice, order, at))
              .toList();
    };
  }

  private static BuyerNotified told(Notice notice, Placed order, Instant at) {
    var orderId = order.terms().orderId();
    var details = notice.details();
    return new BuyerNotified(
        orderId,
        notice.id(),
        order.terms().buyerId(),
        notice.template(),
        notice.template().subject(orderId),
        details.amountMinor() == null ? details : details.in(order.terms().currency()),
        at);
  }

  private static Stream<Notice> of(OrderEvent event, List<OrderEvent> together, Placed order) {
    var about = order.terms().orderId().value();
    var none = NoticeDetails.NONE;
    return switch (event) {
      case OrderPlaced e ->
          tell(
              new Notice(
                  BuyerTemplate.ORDER_PLACED, about, none.amount(e.totalMinor()).until(e.payBy())));
      case OrderCancelled e when isBeforePayment(e.cause()) ->
          tell(new Notice(BuyerTemplate.ORDER_CLOSED_UNPAID, about, none.because(e.cause())));
      case OrderCancelled e ->
          tell(
              new Notice(
                  BuyerTemplate.ORDER_CANCELLED,
                  about,
                  together.stream()
                      .filter(OrderUnitsCancelled.class::isInstance)
                      .map(OrderUnitsCancelled.class::cast)
                      .findFirst()
                      .map(cancelled -> refund(cancelled, order))
                      .orElseGet(() -> none.because(e.cause()))));
      // Of the last units the buyer is told with the order.
      case OrderUnitsCancelled e when e.wholeOrder() -> Stream.of();
      case OrderUnitsCancelled e ->
          tell(
              new Notice(
                  BuyerTemplate.UNITS_CANCELLED, e.settlementId().value(), refund(e, order)));
      case CancellationRequested e ->
          tell(
              new Notice(
                  BuyerTemplate.REQUEST_RECEIVED,
                  e.cancellationId().value(),
                  none.amount(e.refundIfApprovedMinor()).because(e.reason()).until(e.replyBy())));
      case OrderDelivered e ->
          tell(new Notice(BuyerTemplate.DELIVERED, about, none.until(e.afterSaleUntil())));
      case CouponRestored e ->
          tell(new Notice(BuyerTemplate.COUPON_BACK, about, none.until(e.expiresAt())));
      case CouponForfeited e ->
          tell(new Notice(BuyerTemplate.COUPON_NOT_BACK, about, none.because(e.why())));
      case OrderReadyToShip _,
          CancellationWithdrawalAsked _,
          CancellationOfferAnswered _,
          ReceiptConfirmed _,
          OrderCompleted _,
          SellerReviewed _,
          BuyerNotified _,
          Noted _ ->
          Stream.of();
    };
  }

  private static boolean isBeforePayment(CancellationCause cause) {
    return cause == CancellationCause.BUYER_BEFORE_PAYMENT
        || cause == CancellationCause.PAYMENT_DEADLINE_MISSED;
  }

  private static NoticeDetails refund(OrderUnitsCancelled e, Placed order) {
    var details = NoticeDetails.NONE.because(e.cause());
    if (e.refundMinor() == 0) return details;
    return details.amount(e.refundMinor()).by(order.terms().paymentMethod().channel());
  }

  private static Stream<Notice> tell(Notice notice) {
    return Stream.of(notice);
  }
}
