package marketplace.dispute.api;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import marketplace.dispute.view.CaseTables;
import marketplace.dispute.view.Lookup;
import marketplace.eventsourcing.store.StoreUnavailableException;
import marketplace.kernel.DisputeId;
import marketplace.kernel.EvidenceId;
import marketplace.kernel.OrderId;
import marketplace.kernel.ReturnId;
import org.jspecify.annotations.Nullable;

/// Answers from the service's own tables.
public final class TableLookup implements Lookup {
  private final DataSource dataSource;

  public TableLookup(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Optional<OrderId> orderOf(DisputeId disputeId) {
    return order("select order_id from disputes where dispute_id = ?", disputeId.value());
  }

  @Override
  public Optional<OrderId> orderOf(ReturnId returnId) {
    return order("select order_id from returns where return_id = ?", returnId.value());
  }

  @Override
  public Optional<Draft> draft(EvidenceId evidenceId) {
    var sql =
        """
        select evidence_id, order_id, buyer_id, media_type, size_bytes, sha256, caption
        from evidence_drafts
        where evidence_id = ?
          and uploaded_at > now() - interval '24 hours'
        """;
    return first(sql, evidenceId.value(), row -> CaseTables.draft(values(row)));
  }

  /// A piece that is in a case of this order.
  record Kept(OrderId orderId, String mediaType) {}

  Optional<Kept> evidence(EvidenceId id) {
    return first(
        "select order_id, media_type from evidence where evidence_id = ?",
        id.value(),
        row -> new Kept(new OrderId(row.getObject(1, UUID.class)), row.getString(2)));
  }

  private Optional<OrderId> order(String sql, UUID id) {
    return first(sql, id, row -> new OrderId(row.getObject(1, UUID.class)));
  }

  private static List<@Nullable Object> values(ResultSet row) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    for (var i = 1; i <= CaseTables.DRAFTS.columns().size(); i++) values.add(row.getObject(i));
    return values;
  }

  @FunctionalInterface
  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> Optional<T> first(String sql, UUID id, Reader<T> reader) {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  /// A connection that fails is a trouble that passes.
  static StoreUnavailableException unavailable(SQLException e) {
    return new StoreUnavailableException("the service's tables cannot be read", e);
  }
}
