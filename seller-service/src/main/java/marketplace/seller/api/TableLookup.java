package marketplace.seller.api;

import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import marketplace.kernel.CancellationId;
import marketplace.kernel.OrderId;
import marketplace.kernel.ShipmentId;
import marketplace.seller.view.Lookup;

/// Answers from the service's own tables.
public final class TableLookup implements Lookup {
  private final DataSource dataSource;

  public TableLookup(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Optional<OrderId> orderOf(CancellationId cancellationId) {
    return order(
        "select order_id from cancellation_tasks where cancellation_id = ?",
        cancellationId.value());
  }

  @Override
  public Optional<OrderId> orderOf(ShipmentId shipmentId) {
    return order("select order_id from shipments where shipment_id = ?", shipmentId.value());
  }

  @Override
  public boolean hasOpenRequest(OrderId orderId) {
    return order(
            "select order_id from seller_orders where order_id = ? and request_state <> 'NONE'",
            orderId.value())
        .isPresent();
  }

  @Override
  public boolean isNumberUsed(String carrier, String trackingNumber) {
    var sql = "select 1 from shipments where carrier = ? and tracking_number = ?";
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setString(1, carrier);
      statement.setString(2, trackingNumber);
      try (var rows = statement.executeQuery()) {
        return rows.next();
      }
    } catch (SQLException e) {
      throw Tables.unavailable(e);
    }
  }

  private Optional<OrderId> order(String sql, UUID id) {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id);
      try (var rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(new OrderId(rows.getObject(1, UUID.class)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw Tables.unavailable(e);
    }
  }
}
