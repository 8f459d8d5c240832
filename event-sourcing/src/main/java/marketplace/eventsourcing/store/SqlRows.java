package marketplace.eventsourcing.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Many rows as the parameters of one statement: an array for each column, opened with `unnest`.
final class SqlRows {
  private final String[] types;
  private final List<@Nullable Object[]> rows = new ArrayList<>();

  /// @param types of PostgreSQL
  SqlRows(String... types) {
    this.types = types;
  }

  SqlRows add(@Nullable Object... values) {
    if (values.length != types.length) {
      throw new IllegalArgumentException(types.length + " values expected, not " + values.length);
    }
    rows.add(values);
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  int size() {
    return rows.size();
  }

  /// `unnest(?::uuid[], ?::text[])`
  String unnest() {
    return "unnest("
        + String.join(", ", Arrays.stream(types).map(type -> "?::" + type + "[]").toList())
        + ")";
  }

  int execute(Connection connection, String sql) throws SQLException {
    try (var statement = prepare(connection, sql)) {
      return statement.executeUpdate();
    }
  }

  interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  void query(Connection connection, String sql, RowReader reader) throws SQLException {
    try (var statement = prepare(connection, sql);
        var found = statement.executeQuery()) {
      while (found.next()) reader.read(found);
    }
  }

  private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    var statement = connection.prepareStatement(sql);
    for (var column = 0; column < types.length; column++) {
      statement.setArray(
          column + 1, connection.createArrayOf(arrayType(types[column]), column(column)));
    }
    return statement;
  }

  /// What has no array form of its own in the driver goes as text, and the cast does the rest.
  private static String arrayType(String type) {
    return switch (type) {
      case "int" -> "int4";
      case "bigint" -> "int8";
      case "boolean" -> "bool";
      default -> "text";
    };
  }

  private @Nullable Object[] column(int column) {
    var asText = arrayType(types[column]).equals("text");
    @Nullable Object[] values = new @Nullable Object[rows.size()];
    for (var row = 0; row < values.length; row++) {
      var value = rows.get(row)[column];
      values[row] = asText ? text(value) : value;
    }
    return values;
  }

  private static @Nullable String text(@Nullable Object value) {
    if (value instanceof byte[] bytes) return "\\x" + HexFormat.of().formatHex(bytes);
    return value == null ? null : value.toString();
  }
}
