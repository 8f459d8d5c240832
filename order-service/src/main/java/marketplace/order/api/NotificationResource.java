package marketplace.order.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import marketplace.edge.Edge;
import marketplace.edge.Page;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.store.StoreUnavailableException;
import marketplace.order.view.NotificationTable;
import marketplace.order.view.NotificationView;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What a buyer was told.
@Path("/v1/buyers/{buyerId}/notifications")
@RunOnVirtualThread
@Tag(name = "Notifications", description = "What a buyer was told")
class NotificationResource {
  private final Edge edge;
  private final DataSource dataSource;

  NotificationResource(Edge edge, DataSource dataSource) {
    this.edge = edge;
    this.dataSource = dataSource;
  }

  @GET
  @Operation(
      operationId = "listBuyerNotifications",
      summary = "What the buyer was told, newest first")
  public Page<NotificationView> list(
      @PathParam("buyerId") String buyerId,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    var caller = edge.require("BUYER");
    if (!caller.id().toString().equals(buyerId)) {
      throw new ProblemException(Problem.of(404, "NOT_FOUND", "there is no such buyer", null));
    }
    var size = Page.limit(OrderLists.number("limit", limit));
    return Page.of(
        rows(caller.id(), Page.placeOf(cursor), size + 1),
        size,
        view -> view,
        view -> new Page.Place(view.notifiedAt(), view.notificationId().value()));
  }

  private List<NotificationView> rows(UUID buyerId, Page.@Nullable Place after, int limit) {
    var sql =
        "select view from notifications where recipient_id = ?"
            + (after == null ? "" : " and (notified_at, notification_id) < (?, ?)")
            + " order by notified_at desc, notification_id desc limit "
            + limit;
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, buyerId);
      if (after != null) {
        statement.setTimestamp(2, Timestamp.from(after.at()));
        statement.setObject(3, after.id());
      }
      List<NotificationView> views = new ArrayList<>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) views.add(NotificationTable.read(rows.getString(1)));
      }
      return views;
    } catch (SQLException e) {
      throw new StoreUnavailableException("the notifications cannot be read", e);
    }
  }
}
