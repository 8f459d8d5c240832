package marketplace.seller.view;

import java.util.ArrayList;
import java.util.List;
import marketplace.eventsourcing.ViewTable;
import marketplace.eventsourcing.ViewTable.Column;

/// The tables that the lists are read from: columns to filter and sort by, and beside them the view
/// itself. The migration names the same columns.
public final class SellerTables {
  public static final ViewTable SELLER_ORDERS =
      table(
          "seller_orders",
          new Column("order_id", "uuid"),
          new Column("seller_id", "uuid"),
          new Column("state", "text"),
          new Column("request_state", "text"),
          new Column("opened_at", "timestamptz"),
          new Column("ship_by", "timestamptz"),
          new Column("reply_by", "timestamptz"),
          new Column("view", "jsonb"));

  public static final ViewTable CANCELLATION_TASKS =
      table(
          "cancellation_tasks",
          new Column("cancellation_id", "uuid"),
          new Column("order_id", "uuid"),
          new Column("seller_id", "uuid"),
          new Column("state", "text"),
          new Column("reply_by", "timestamptz"),
          new Column("view", "jsonb"));

  public static final ViewTable SHIPMENTS =
      table(
          "shipments",
          new Column("shipment_id", "uuid"),
          new Column("order_id", "uuid"),
          new Column("carrier", "text"),
          new Column("tracking_number", "text"));

  public static final ViewTable NOTIFICATIONS =
      table(
          "notifications",
          new Column("notification_id", "uuid"),
          new Column("recipient_id", "uuid"),
          new Column("notified_at", "timestamptz"),
          new Column("view", "jsonb"));

  public static final ViewTable SELLERS =
      table("sellers", new Column("seller_id", "uuid"), new Column("view", "jsonb"));

  public static final ViewTable PRODUCTS =
      table(
          "products",
          new Column("product_id", "uuid"),
          new Column("seller_id", "uuid"),
          new Column("category", "text"),
          new Column("listed_at", "timestamptz"),
          new Column("view", "jsonb"));

  public static final ViewTable REQUEST_ENDS =
      table(
          "request_ends",
          new Column("cancellation_id", "uuid"),
          new Column("seller_id", "uuid"),
          new Column("outcome", "text"),
          new Column("reply_seconds", "int"),
          new Column("ended_at", "timestamptz"));

  public static final ViewTable REVIEWS =
      table(
          "reviews",
          new Column("order_id", "uuid"),
          new Column("seller_id", "uuid"),
          new Column("stars", "int"),
          new Column("reviewed_at", "timestamptz"));

  public static final ViewTable MESSAGE_REPLIES =
      table(
          "message_replies",
          new Column("message_id", "uuid"),
          new Column("seller_id", "uuid"),
          new Column("reply_seconds", "bigint"),
          new Column("replied_at", "timestamptz"));

  private static final Column CODE = new Column("code", "text");
  private static final Column CAUSE_ID = new Column("cause_id", "uuid");

  public static final ViewTable PENALTIES =
      new ViewTable(
          "penalties",
          List.of(CODE, CAUSE_ID),
          List.of(
              CODE,
              CAUSE_ID,
              new Column("seller_id", "uuid"),
              new Column("order_id", "uuid"),
              new Column("at", "timestamptz")));

  private SellerTables() {}

  private static ViewTable table(String name, Column key, Column... others) {
    var columns = new ArrayList<Column>();
    columns.add(key);
    columns.addAll(List.of(others));
    return new ViewTable(name, List.of(key), columns);
  }
}
