package marketplace.order.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.stream.Stream;
import marketplace.contracts.ContractJson;
import marketplace.contracts.JsonText;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.ViewRow;
import marketplace.eventsourcing.ViewTable;
import marketplace.eventsourcing.ViewTable.Column;
import marketplace.order.domain.OrderEvent;
import marketplace.order.domain.OrderEvent.BuyerNotified;

/// What buyers were told, a row each.
public final class NotificationTable {
  private static final Column NOTIFICATION_ID = new Column("notification_id", "uuid");

  public static final ViewTable TABLE =
      new ViewTable(
          "notifications",
          List.of(NOTIFICATION_ID),
          List.of(
              NOTIFICATION_ID,
              new Column("recipient_id", "uuid"),
              new Column("notified_at", "timestamptz"),
              new Column("view", "jsonb")));

  private NotificationTable() {}

  static Stream<ViewRow> rows(List<StoredEvent<OrderEvent>> events) {
    return events.stream()
        .map(StoredEvent::event)
        .filter(BuyerNotified.class::isInstance)
        .map(BuyerNotified.class::cast)
        .map(NotificationTable::row);
  }

  private static ViewRow row(BuyerNotified event) {
    return ViewRow.of(
        TABLE,
        event.notificationId().value(),
        event.buyerId().value(),
        event.notifiedAt(),
        new JsonText(NotificationView.of(event)));
  }

  /// Reads the last column.
  public static NotificationView read(String json) {
    try {
      return ContractJson.mapper().readValue(json, NotificationView.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("notification cannot be read: " + json, e);
    }
  }
}
