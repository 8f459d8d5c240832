package marketplace.seller.view;

import java.time.Instant;
import marketplace.contracts.JsonText;
import marketplace.eventsourcing.ViewRow;
import marketplace.kernel.NoticeDetails;
import marketplace.kernel.NotificationChannel;
import marketplace.kernel.NotificationId;
import marketplace.kernel.OrderId;
import marketplace.kernel.SellerId;
import marketplace.seller.domain.account.SellerAccountEvent.SellerTold;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerNotified;
import marketplace.seller.domain.fulfilment.SellerTemplate;

/// What the seller was told.
public record NotificationView(
    NotificationId notificationId,
    OrderId orderId,
    String orderNumber,
    NotificationChannel channel,
    SellerTemplate template,
    String subject,
    NoticeDetails details,
    Instant notifiedAt) {

  static NotificationView of(SellerNotified e) {
    return of(
        e.notificationId(), e.orderId(), e.template(), e.subject(), e.details(), e.notifiedAt());
  }

  static NotificationView of(SellerTold e) {
    return of(
        e.notificationId(), e.orderId(), e.template(), e.subject(), e.details(), e.notifiedAt());
  }

  private static NotificationView of(
      NotificationId id,
      OrderId orderId,
      SellerTemplate template,
      String subject,
      NoticeDetails details,
      Instant at) {
    return new NotificationView(
        id, orderId, orderId.number(), NotificationChannel.EMAIL, template, subject, details, at);
  }

  ViewRow rowFor(SellerId seller) {
    return ViewRow.of(
        SellerTables.NOTIFICATIONS,
        notificationId.value(),
        seller.value(),
        notifiedAt,
        new JsonText(this));
  }
}
