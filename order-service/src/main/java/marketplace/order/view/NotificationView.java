package marketplace.order.view;

import java.time.Instant;
import marketplace.kernel.NoticeDetails;
import marketplace.kernel.NotificationChannel;
import marketplace.kernel.NotificationId;
import marketplace.kernel.OrderId;
import marketplace.order.domain.BuyerTemplate;
import marketplace.order.domain.OrderEvent.BuyerNotified;

/// What the buyer was told.
public record NotificationView(
    NotificationId notificationId,
    OrderId orderId,
    String orderNumber,
    NotificationChannel channel,
    BuyerTemplate template,
    String subject,
    NoticeDetails details,
    Instant notifiedAt) {

  static NotificationView of(BuyerNotified event) {
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
