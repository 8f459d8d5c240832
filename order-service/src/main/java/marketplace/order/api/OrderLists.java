package marketplace.order.api;

import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import marketplace.edge.Page;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.Problem.FieldError;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.store.StoreUnavailableException;
import marketplace.order.domain.OrderStatus;
import marketplace.order.request.OrderBodies;
import marketplace.order.view.OrderSummaries;
import marketplace.order.view.OrderSummary;
import org.jspecify.annotations.Nullable;

/// "My orders", newest first.
@Singleton
class OrderLists {
  /// Which of the orders.
  enum View {
    CURRENT("status not in ('CANCELLED', 'COMPLETED')"),
    DELETED("deleted"),
    ALL("true");

    private final String condition;

    View(String condition) {
      this.condition = condition;
    }
  }

  private final DataSource dataSource;

  OrderLists(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// @param buyerId null for the orders of all buyers
  /// @param status null for every one
  /// @param externalReference null for every one
  /// @param cursor null for the first page
  Page<OrderSummary> page(
      @Nullable UUID buyerId,
      View view,
      @Nullable OrderStatus status,
      @Nullable String externalReference,
      @Nullable String cursor,
      int limit) {
    List<String> conditions = new ArrayList<>(List.of(view.condition));
    List<Object> values = new ArrayList<>();
    add(conditions, values, "buyer_id = ?", buyerId);
    add(conditions, values, "status = ?", status == null ? null : status.name());
    add(conditions, values, "external_reference = ?", externalReference);
    var after = Page.placeOf(cursor);
    if (after != null) {
      conditions.add("(placed_at, order_id) < (?, ?)");
      values.add(Timestamp.from(after.at()));
      values.add(after.id());
    }
    var sql =
        "select summary from order_summaries where "
            + String.join(" and ", conditions)
            + " order by placed_at desc, order_id desc limit "
            + (limit + 1);
    return Page.of(
        read(sql, values),
        limit,
        summary -> summary,
        summary -> new Page.Place(summary.placedAt(), summary.orderId().value()));
  }

  private static void add(
      List<String> conditions, List<Object> values, String condition, @Nullable Object value) {
    if (value == null) return;
    conditions.add(condition);
    values.add(value);
  }

  private List<OrderSummary> read(String sql, List<Object> values) {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      List<OrderSummary> summaries = new ArrayList<>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) summaries.add(OrderSummaries.read(rows.getString(1)));
      }
      return summaries;
    } catch (SQLException e) {
      throw new StoreUnavailableException("the orders cannot be read", e);
    }
  }

  private static void bind(PreparedStatement statement, List<Object> values) throws SQLException {
    for (var index = 0; index < values.size(); index++) {
      statement.setObject(index + 1, values.get(index));
    }
  }

  /// One of the words that a parameter may have, in whatever case; null where it was left out.
  static <E extends Enum<E>> @Nullable E choice(
      String parameter, @Nullable String text, Class<E> type) {
    if (text == null || text.isEmpty()) return null;
    return Stream.of(type.getEnumConstants())
        .filter(constant -> constant.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () -> invalid(parameter, "must be one of " + List.of(type.getEnumConstants())));
  }

  /// A text that somebody may have given to an order; null where it was left out.
  static @Nullable String reference(String parameter, @Nullable String text) {
    if (text == null || text.isEmpty()) return null;
    if (text.length() > OrderBodies.EXTERNAL_REFERENCE_CHARS_MAX || text.indexOf('\0') >= 0) {
      throw invalid(parameter, "is none that an order can have");
    }
    return text;
  }

  /// Null where it was left out.
  static @Nullable Integer number(String parameter, @Nullable String text) {
    try {
      return text == null || text.isEmpty() ? null : Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw invalid(parameter, "must be a number");
    }
  }

  private static ProblemException invalid(String parameter, String what) {
    return new ProblemException(
        Problem.of(422, "INVALID", parameter + " " + what, null)
            .withErrors(List.of(new FieldError(parameter, "INVALID"))));
  }
}
