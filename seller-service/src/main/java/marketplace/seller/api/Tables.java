package marketplace.seller.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import marketplace.contracts.ContractJson;
import marketplace.edge.Page;
import marketplace.eventsourcing.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/// Reads a page of views from one table: keyset paging, so that a list that grows meanwhile shows
/// nothing twice.
@Singleton
class Tables {
  private final DataSource dataSource;

  Tables(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// A condition, with the value of its one `?`; left out where that is null.
  record Filter(String sql, @Nullable Object value) {}

  /// What a list is sorted by.
  ///
  /// @param column an expression of the type timestamptz
  /// @param id the column that makes the order complete
  record Order(String column, String id, boolean newestFirst) {
    String comparison() {
      return newestFirst ? "<" : ">";
    }

    String direction() {
      return newestFirst ? "desc" : "asc";
    }
  }

  private record Row(String view, Page.Place place) {}

  <T> Page<T> page(
      String table,
      List<Filter> filters,
      Order order,
      @Nullable String cursor,
      @Nullable Integer limit,
      Class<T> type,
      UnaryOperator<T> shown) {
    var size = Page.limit(limit);
    var place = Page.placeOf(cursor);
    return Page.of(
        rows(sql(table, filters, order, place != null), filters, place, size + 1),
        size,
        row -> shown.apply(read(row.view(), type)),
        Row::place);
  }

  private static String sql(String table, List<Filter> filters, Order order, boolean goesOn) {
    var sql =
        new StringBuilder(
            "select view, %s, %s from %s where true".formatted(order.column(), order.id(), table));
    for (var filter : filters) {
      if (filter.value() != null) sql.append(" and ").append(filter.sql());
    }
    if (goesOn) {
      sql.append(
          " and (%s, %s) %s (?, ?)".formatted(order.column(), order.id(), order.comparison()));
    }
    return sql.append(
            " order by %s %s, %s %s limit ?"
                .formatted(order.column(), order.direction(), order.id(), order.direction()))
        .toString();
  }

  private List<Row> rows(String sql, List<Filter> filters, Page.@Nullable Place place, int limit) {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      bind(statement, filters, place, limit);
      List<Row> rows = new ArrayList<>();
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          var at =
              new Page.Place(
                  instant(result.getObject(2, OffsetDateTime.class)),
                  result.getObject(3, UUID.class));
          rows.add(new Row(result.getString(1), at));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private static void bind(
      PreparedStatement statement, List<Filter> filters, Page.@Nullable Place place, int limit)
      throws SQLException {
    var i = 1;
    for (var filter : filters) {
      if (filter.value() != null) statement.setObject(i++, filter.value());
    }
    if (place != null) {
      statement.setObject(i++, time(place.at()));
      statement.setObject(i++, place.id());
    }
    statement.setInt(i, limit);
  }

  /// The driver's greatest time is PostgreSQL's `infinity`.
  private static Instant instant(OffsetDateTime time) {
    return time.equals(OffsetDateTime.MAX) ? Page.NEVER : time.toInstant();
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.equals(Page.NEVER) ? OffsetDateTime.MAX : instant.atOffset(ZoneOffset.UTC);
  }

  static <T> T read(String view, Class<T> type) {
    try {
      return ContractJson.mapper().readValue(view, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view that was written can be read: " + view, e);
    }
  }

  /// A connection that fails is a trouble that passes.
  static StoreUnavailableException unavailable(SQLException e) {
    return new StoreUnavailableException("the service's tables cannot be read", e);
  }
}
