package marketplace.eventsourcing.store;

import java.sql.PreparedStatement;
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

  /// @param parameter the number of the first `?` that is its own
  /// @return the number of the next one
  int bind(PreparedStatement statement, int parameter) throws SQLException {
    var connection = statement.getConnection();
    for (var column = 0; column < types.length; column++) {
      statement.setArray(
          parameter + column, connection.createArrayOf(arrayType(types[column]), column(column)));
    }
    return parameter + types.length;
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
