package marketplace.order.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.stream.Stream;
import marketplace.contracts.ContractJson;
import marketplace.contracts.JsonText;
import marketplace.eventsourcing.Change;
import marketplace.eventsourcing.Projection;
import marketplace.eventsourcing.ViewRow;
import marketplace.eventsourcing.ViewTable;
import marketplace.eventsourcing.ViewTable.Column;
import marketplace.order.domain.Order;
import marketplace.order.domain.OrderEvent;
import org.jspecify.annotations.Nullable;

/// The table behind the lists: what they select by as columns, what they show as JSON; and what the
/// buyer was told, which stands in a table of its own.
public final class OrderSummaries implements Projection<Order, OrderEvent> {
  private static final Column ORDER_ID = new Column("order_id", "uuid");

  public static final ViewTable TABLE =
      new ViewTable(
          "order_summaries",
          List.of(ORDER_ID),
          List.of(
              ORDER_ID,
              new Column("buyer_id", "uuid"),
              new Column("status", "text"),
              new Column("deleted", "boolean"),
              new Column("placed_at", "timestamptz"),
              new Column("external_reference", "text"),
              new Column("version", "int"),
              new Column("published_version", "int"),
              new Column("summary", "jsonb")));

  @Override
  public List<ViewRow> rowsFor(Change<Order, OrderEvent> change) {
    return switch (change.after()) {
      case Order.NotPlaced() -> List.of();
      case Order.Placed order ->
          Stream.of(
                  Stream.of(
                      row(
                          OrderSummary.of(
                              order, change.version(), change.publishedVersion(), change.time()))),
                  NotificationTable.rows(change.events()),
                  BuyerTables.acts(order, change.events()))
              .flatMap(rows -> rows)
              .toList();
    };
  }

  /// Reads the row back.
  public static OrderSummary summary(List<@Nullable Object> row) {
    var last = row.getLast();
    return last instanceof JsonText(OrderSummary summary) ? summary : read(String.valueOf(last));
  }

  /// Reads the last column alone.
  public static OrderSummary read(String json) {
    try {
      return ContractJson.mapper().readValue(json, OrderSummary.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("summary cannot be read: " + json, e);
    }
  }

  private static ViewRow row(OrderSummary summary) {
    return ViewRow.of(
        TABLE,
        summary.orderId().value(),
        summary.buyerId().value(),
        summary.status().name(),
        summary.deleted(),
        summary.placedAt(),
        summary.externalReference(),
        summary.version(),
        summary.publishedVersion(),
        new JsonText(summary));
  }
}
