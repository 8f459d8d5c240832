package marketplace.seller.view;

import java.time.Instant;
import marketplace.kernel.NoticeDetails;
import marketplace.kernel.NotificationChannel;
import marketplace.kernel.NotificationId;
import marketplace.kernel.OrderId;
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

  static NotificationView of(SellerNotified event) {
    return new NotificationView(
        event.notificationId(),
        event.orderId(),
        event.orderId().number(),
        NotificationChannel.EMAIL,
        event.template(),
        event.subject(),
        event.details(),
        event.notifiedAt());
  }
}
