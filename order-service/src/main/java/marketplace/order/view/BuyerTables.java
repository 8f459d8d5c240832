package marketplace.order.view;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import marketplace.eventsourcing.Change;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.ViewRow;
import marketplace.eventsourcing.ViewTable;
import marketplace.eventsourcing.ViewTable.Column;
import marketplace.kernel.CancellationCause;
import marketplace.order.domain.Order.Placed;
import marketplace.order.domain.OrderEvent;
import marketplace.order.domain.OrderEvent.CancellationRequested;
import marketplace.order.domain.OrderEvent.OrderCancelled;
import marketplace.order.domain.OrderEvent.OrderUnitsCancelled;
import marketplace.order.domain.buyer.BuyerData;
import marketplace.order.domain.buyer.BuyerEvent;

/// What a buyer has done, to be counted, and whether he was erased.
public final class BuyerTables {
  private static final Column BUYER_ID = new Column("buyer_id", "uuid");
  private static final Column ORDER_ID = new Column("order_id", "uuid");
  private static final Column STREAM_VERSION = new Column("stream_version", "int");

  public static final ViewTable ERASED =
      new ViewTable(
          "erased_buyers",
          List.of(BUYER_ID),
          List.of(BUYER_ID, new Column("erased_at", "timestamptz")));

  /// One row for each request and each cancellation that the buyer has wished for.
  public static final ViewTable ACTS =
      new ViewTable(
          "buyer_acts",
          List.of(ORDER_ID, STREAM_VERSION),
          List.of(
              ORDER_ID,
              STREAM_VERSION,
              BUYER_ID,
              new Column("act", "text"),
              new Column("acted_at", "timestamptz")));

  public enum Act {
    REQUEST,
    CANCELLATION
  }

  private BuyerTables() {}

  public static List<ViewRow> rowsFor(Change<BuyerData, BuyerEvent> change) {
    return List.of(ViewRow.of(ERASED, change.stream().id(), change.after().erasedAt()));
  }

  static Stream<ViewRow> acts(Placed order, List<StoredEvent<OrderEvent>> events) {
    var buyerId = order.terms().buyerId().value();
    return events.stream().flatMap(stored -> act(buyerId, stored));
  }

  private static Stream<ViewRow> act(UUID buyerId, StoredEvent<OrderEvent> stored) {
    return switch (stored.event()) {
      case CancellationRequested _ -> Stream.of(row(buyerId, stored, Act.REQUEST));
      case OrderUnitsCancelled e when isWishOfBuyer(e.cause()) ->
          Stream.of(row(buyerId, stored, Act.CANCELLATION));
      case OrderCancelled e when e.cause() == CancellationCause.BUYER_BEFORE_PAYMENT ->
          Stream.of(row(buyerId, stored, Act.CANCELLATION));
      default -> Stream.empty();
    };
  }

  private static boolean isWishOfBuyer(CancellationCause cause) {
    return switch (cause) {
      case SELLER_APPROVED, AUTO_APPROVED, OFFER_ACCEPTED, SELLER_TIMED_OUT -> true;
      case SELLER_CANCELLED,
          SHIP_DEADLINE_MISSED,
          RULING,
          BUYER_BEFORE_PAYMENT,
          PAYMENT_DEADLINE_MISSED ->
          false;
    };
  }

  private static ViewRow row(UUID buyerId, StoredEvent<OrderEvent> stored, Act act) {
    return ViewRow.of(
        ACTS, stored.stream().id(), stored.version(), buyerId, act.name(), stored.time());
  }
}
