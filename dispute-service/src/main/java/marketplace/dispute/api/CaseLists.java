package marketplace.dispute.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import marketplace.contracts.ContractJson;
import marketplace.edge.Page;
import marketplace.eventsourcing.Caller;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.Problem.FieldError;
import marketplace.eventsourcing.ProblemException;
import org.jspecify.annotations.Nullable;

/// Reads a page of cases, newest first: keyset paging, so that a list that grows meanwhile shows
/// nothing twice. Everybody sees his own; the platform sees all.
@Singleton
class CaseLists {
  private final DataSource dataSource;

  CaseLists(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// What a list holds, and what it is sorted by.
  record Kind<T>(String table, String id, Class<T> view) {}

  /// @param state null for all
  /// @param dueBefore something happens by itself before it; null for all
  record Filter(
      Caller caller,
      @Nullable String state,
      @Nullable Instant dueBefore,
      @Nullable String cursor,
      @Nullable Integer limit) {}

  private record Row(String view, Page.Place place) {}

  <T> Page<T> page(Kind<T> kind, Filter filter) {
    var size = Page.limit(filter.limit());
    var place = Page.placeOf(filter.cursor());
    List<Object> values = new ArrayList<>();
    var sql =
        new StringBuilder(
            "select view, opened_at, %s from %s where true".formatted(kind.id(), kind.table()));
    if (!filter.caller().is("PLATFORM")) {
      sql.append(filter.caller().is("BUYER") ? " and buyer_id = ?" : " and seller_id = ?");
      values.add(filter.caller().id());
    }
    if (filter.state() != null) {
      sql.append(" and state = ?");
      values.add(filter.state());
    }
    if (filter.dueBefore() != null) {
      sql.append(" and due_at < ?");
      values.add(filter.dueBefore().atOffset(ZoneOffset.UTC));
    }
    if (place != null) {
      sql.append(" and (opened_at, %s) < (?, ?)".formatted(kind.id()));
      values.add(place.at().atOffset(ZoneOffset.UTC));
      values.add(place.id());
    }
    sql.append(" order by opened_at desc, %s desc limit ?".formatted(kind.id()));
    values.add(size + 1);
    return Page.of(
        rows(sql.toString(), values), size, row -> read(row.view(), kind.view()), Row::place);
  }

  private List<Row> rows(String sql, List<Object> values) {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      for (var i = 0; i < values.size(); i++) statement.setObject(i + 1, values.get(i));
      List<Row> rows = new ArrayList<>();
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          var openedAt = result.getObject(2, OffsetDateTime.class).toInstant();
          var place = new Page.Place(openedAt, result.getObject(3, UUID.class));
          rows.add(new Row(result.getString(1), place));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw TableLookup.unavailable(e);
    }
  }

  private static <T> T read(String view, Class<T> type) {
    try {
      return ContractJson.mapper().readValue(view, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view that was written can be read: " + view, e);
    }
  }

  /// Null where it is left out.
  static <E extends Enum<E>> @Nullable String state(@Nullable String text, Class<E> type) {
    if (text == null || text.isEmpty()) return null;
    if (Arrays.stream(type.getEnumConstants()).noneMatch(state -> state.name().equals(text))) {
      throw invalid("state", "must be one of " + List.of(type.getEnumConstants()));
    }
    return text;
  }

  /// Null where it is left out.
  static @Nullable Instant instant(String name, @Nullable String text) {
    if (text == null || text.isEmpty()) return null;
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw invalid(name, "must be an instant such as 2026-01-05T00:00:00.000Z");
    }
  }

  private static ProblemException invalid(String name, String what) {
    return new ProblemException(
        Problem.of(422, "INVALID", name + " " + what, null)
            .withErrors(List.of(new FieldError(name, "INVALID"))));
  }
}
