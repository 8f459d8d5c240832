package marketplace.refund.api;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import marketplace.edge.Page;
import marketplace.eventsourcing.Caller;
import marketplace.eventsourcing.store.StoreUnavailableException;
import marketplace.kernel.BusinessDays;
import marketplace.kernel.InquiryId;
import marketplace.kernel.OrderId;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundChannel;
import marketplace.kernel.RefundId;
import marketplace.refund.domain.Voucher;
import marketplace.refund.view.InquiryView;
import marketplace.refund.view.RefundView;
import org.jspecify.annotations.Nullable;

/// The list of refunds, read from the service's own table.
@Singleton
class RefundList {
  /// Each with the last that its buyer has asked.
  private static final String REFUNDS =
      """
      select * from refunds left join lateral (
        select inquiry_id, text as inquiry_text, state as inquiry_state,
          opened_at as inquiry_opened_at, closed_at as inquiry_closed_at
        from refund_inquiries where refund_inquiries.refund_id = refunds.refund_id
        order by opened_at desc limit 1) inquiries on true
      where true\
      """;

  private final DataSource dataSource;

  RefundList(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  Page<RefundView> page(
      Caller caller,
      @Nullable UUID orderId,
      RefundView.@Nullable Stage stage,
      @Nullable RefundCause cause,
      int limit,
      @Nullable String cursor,
      Instant now) {
    var sql = new StringBuilder(REFUNDS);
    var arguments = new ArrayList<Object>();
    if (caller.is("BUYER")) and(sql, arguments, "buyer_id = ?", caller.id());
    if (caller.is("SELLER")) and(sql, arguments, "seller_id = ?", caller.id());
    if (orderId != null) and(sql, arguments, "order_id = ?", orderId);
    if (stage != null) and(sql, arguments, "stage = ?", stage.name());
    if (cause != null) and(sql, arguments, "cause_type = ?", cause.name());
    var after = Page.placeOf(cursor);
    if (after != null) {
      var at = after.at().atOffset(ZoneOffset.UTC);
      and(sql, arguments, "(requested_at, refund_id) < (?, ?)", at);
      arguments.add(after.id());
    }
    sql.append(" order by requested_at desc, refund_id desc limit ?");
    arguments.add(limit + 1);
    return Page.of(
        read(sql.toString(), arguments, now),
        limit,
        view -> view,
        view -> new Page.Place(view.requestedAt(), view.refundId().value()));
  }

  private static void and(
      StringBuilder sql, List<Object> arguments, String condition, Object argument) {
    sql.append(" and ").append(condition);
    arguments.add(argument);
  }

  private List<RefundView> read(String sql, List<Object> arguments, Instant now) {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      for (var i = 0; i < arguments.size(); i++) statement.setObject(i + 1, arguments.get(i));
      try (var rows = statement.executeQuery()) {
        var views = new ArrayList<RefundView>();
        while (rows.next()) views.add(view(rows, now));
        return views;
      }
    } catch (SQLException e) {
      throw new StoreUnavailableException("refunds cannot be listed", e);
    }
  }

  private static RefundView view(ResultSet row, Instant now) throws SQLException {
    var stage = RefundView.Stage.valueOf(row.getString("stage"));
    var requestedMinor = row.getLong("requested_minor");
    var amountMinor = row.getLong("amount_minor");
    var expectedBy = instant(row, "expected_by");
    return new RefundView(
        new RefundId(row.getObject("refund_id", UUID.class)),
        new OrderId(row.getObject("order_id", UUID.class)),
        RefundCause.valueOf(row.getString("cause_type")),
        row.getObject("cause_id", UUID.class),
        requestedMinor,
        amountMinor,
        requestedMinor - amountMinor,
        row.getString("currency"),
        RefundChannel.valueOf(row.getString("channel")),
        stage,
        row.getInt("attempts"),
        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
        instant(row, "retry_at"),
        instant(row, "issued_at"),
        expectedBy,
        expectedBy != null && stage == RefundView.Stage.SENT
            ? BusinessDays.between(now, expectedBy)
            : null,
        instant(row, "settled_at"),
        voucher(row),
        row.getString("comment"),
        inquiry(row));
  }

  private static @Nullable InquiryView inquiry(ResultSet row) throws SQLException {
    var inquiryId = row.getObject("inquiry_id", UUID.class);
    if (inquiryId == null) return null;
    return new InquiryView(
        new InquiryId(inquiryId),
        new RefundId(row.getObject("refund_id", UUID.class)),
        new OrderId(row.getObject("order_id", UUID.class)),
        row.getString("inquiry_text"),
        InquiryView.State.valueOf(row.getString("inquiry_state")),
        row.getObject("inquiry_opened_at", OffsetDateTime.class).toInstant(),
        instant(row, "inquiry_closed_at"));
  }

  private static @Nullable Voucher voucher(ResultSet row) throws SQLException {
    var code = row.getString("voucher_code");
    var expiresAt = instant(row, "voucher_expires_at");
    return code == null || expiresAt == null ? null : new Voucher(code, expiresAt);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
