package marketplace.dispute.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import marketplace.contracts.ContractJson;
import marketplace.dispute.domain.Evidence;
import marketplace.eventsourcing.ViewRow;
import marketplace.eventsourcing.ViewTable;
import marketplace.eventsourcing.ViewTable.Column;
import marketplace.kernel.BuyerId;
import marketplace.kernel.EvidenceId;
import marketplace.kernel.OrderId;
import org.jspecify.annotations.Nullable;

/// The tables that the lists are read from: columns to filter and sort by, and beside them the view
/// itself. The migration names the same columns.
public final class CaseTables {
  public static final ViewTable DISPUTES =
      table(
          "disputes",
          new Column("dispute_id", "uuid"),
          new Column("order_id", "uuid"),
          new Column("buyer_id", "uuid"),
          new Column("seller_id", "uuid"),
          new Column("state", "text"),
          new Column("opened_at", "timestamptz"),
          new Column("due_at", "timestamptz"),
          new Column("view", "jsonb"));

  public static final ViewTable RETURNS =
      table(
          "returns",
          new Column("return_id", "uuid"),
          new Column("order_id", "uuid"),
          new Column("buyer_id", "uuid"),
          new Column("seller_id", "uuid"),
          new Column("state", "text"),
          new Column("opened_at", "timestamptz"),
          new Column("due_at", "timestamptz"),
          new Column("view", "jsonb"));

  /// The pieces that are in a case.
  public static final ViewTable EVIDENCE =
      table(
          "evidence",
          new Column("evidence_id", "uuid"),
          new Column("order_id", "uuid"),
          new Column("media_type", "text"));

  /// The pieces that were uploaded for a case yet to be opened. No event tells of them: they are
  /// written with the answer to the upload.
  public static final ViewTable DRAFTS =
      table(
          "evidence_drafts",
          new Column("evidence_id", "uuid"),
          new Column("order_id", "uuid"),
          new Column("buyer_id", "uuid"),
          new Column("media_type", "text"),
          new Column("size_bytes", "int"),
          new Column("sha256", "text"),
          new Column("caption", "text"));

  private CaseTables() {}

  public static ViewRow draftRow(OrderId orderId, BuyerId buyerId, Evidence.Piece piece) {
    return ViewRow.of(
        DRAFTS,
        piece.evidenceId().value(),
        orderId.value(),
        buyerId.value(),
        piece.mediaType(),
        piece.sizeBytes(),
        piece.sha256(),
        piece.caption());
  }

  /// Reads the row back, in the order of its columns.
  public static Lookup.Draft draft(List<@Nullable Object> row) {
    return new Lookup.Draft(
        new OrderId((UUID) there(row, 1)),
        new BuyerId((UUID) there(row, 2)),
        new Evidence.Piece(
            new EvidenceId((UUID) there(row, 0)),
            (String) there(row, 3),
            (Integer) there(row, 4),
            (String) there(row, 5),
            (String) there(row, 6)));
  }

  private static Object there(List<@Nullable Object> row, int column) {
    return Objects.requireNonNull(row.get(column));
  }

  private static ViewTable table(String name, Column key, Column... others) {
    var columns = new ArrayList<Column>();
    columns.add(key);
    columns.addAll(List.of(others));
    return new ViewTable(name, List.of(key), columns);
  }

  static String json(Object view) {
    try {
      return ContractJson.mapper().writeValueAsString(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("view cannot be written: " + view, e);
    }
  }
}
