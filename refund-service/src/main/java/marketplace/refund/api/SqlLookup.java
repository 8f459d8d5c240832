package marketplace.refund.api;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import marketplace.kernel.InquiryId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentId;
import marketplace.kernel.RefundId;
import marketplace.refund.request.Lookup;

/// Finds the order of a payment, refund or inquiry in the service's own tables.
@Singleton
class SqlLookup implements Lookup {
  private final DataSource dataSource;

  SqlLookup(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Optional<OrderId> orderOf(PaymentId paymentId) {
    return find("select order_id from payments where payment_id = ?", paymentId.value());
  }

  @Override
  public Optional<OrderId> orderOf(RefundId refundId) {
    return find("select order_id from refunds where refund_id = ?", refundId.value());
  }

  @Override
  public Optional<OrderId> orderOf(InquiryId inquiryId) {
    return find("select order_id from refund_inquiries where inquiry_id = ?", inquiryId.value());
  }

  private Optional<OrderId> find(String sql, UUID id) {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id);
      try (var rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(new OrderId(rows.getObject(1, UUID.class)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the order of " + id + " cannot be looked up", e);
    }
  }
}
