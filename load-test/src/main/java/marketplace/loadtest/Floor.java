package marketplace.loadtest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import marketplace.platform.Database;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/// What the machine gives to the usual way: plain JDBC writes the rows that the service has written
/// for a command, with one transaction of several statements for each. It reads nothing, decides
/// nothing and speaks no HTTP.
final class Floor {
  /// What a command of order-service writes to; no more than these.
  private static final List<String> TABLES =
      List.of("event", "idempotency", "deadline", "order_summaries", "notifications", "buyer_acts");

  /// Columns in which each command has an id of its own.
  private static final Set<String> NEW_IDS = Set.of("event_id", "key", "notification_id");

  /// Given by the database.
  private static final Set<String> GENERATED = Set.of("position", "xid");

  private final Platform platform;
  private final Database database;

  Floor(Platform platform, java.nio.file.Path home) {
    this.platform = platform;
    this.database = platform.database("floor");
    Flyway.configure()
        .dataSource(database.url(), database.owner(), database.password())
        .locations(
            "filesystem:" + home.resolve("event-sourcing/src/main/resources/db/event-sourcing"),
            "filesystem:" + home.resolve("order-service/src/main/resources/db/migration"))
        .placeholders(Map.of("app_role", database.app(), "relay_role", database.relay()))
        .load()
        .migrate();
  }

  /// One row as text, by column.
  record Row(String table, Map<String, @Nullable String> values) {}

  /// All rows about an order, as the service has them now.
  static Set<Row> rowsOf(Connection service, String orderId) throws SQLException {
    Set<Row> rows = new HashSet<>();
    for (var table : TABLES) {
      try (var statement =
          service.prepareStatement(
              "select * from %1$s where %1$s::text like '%%' || ? || '%%'".formatted(table))) {
        statement.setString(1, orderId);
        try (var found = statement.executeQuery()) {
          var columns = found.getMetaData();
          while (found.next()) {
            Map<String, @Nullable String> values = new LinkedHashMap<>();
            for (var i = 1; i <= columns.getColumnCount(); i++) {
              if (!GENERATED.contains(columns.getColumnName(i))) {
                values.put(columns.getColumnName(i), found.getString(i));
              }
            }
            rows.add(new Row(table, values));
          }
        }
      }
    }
    return rows;
  }

  /// @param orderId that the rows are about; each command is about another
  Load.Callers commands(Set<Row> rows, String orderId, List<String> orders) {
    return () -> new Writer(List.copyOf(rows), orderId, orders);
  }

  private final class Writer implements Load.Caller {
    private final Connection connection;
    private final List<Row> rows;
    private final List<PreparedStatement> statements = new ArrayList<>();
    private final String sample;
    private final List<String> orders;

    Writer(List<Row> rows, String sample, List<String> orders) throws SQLException {
      this.connection = platform.connect(database);
      this.rows = rows;
      this.sample = sample;
      this.orders = orders;
      connection.setAutoCommit(false);
      for (var row : rows) statements.add(connection.prepareStatement(upsert(row)));
    }

    private String upsert(Row row) throws SQLException {
      var columns = row.values().keySet();
      var types = types(row.table());
      var keys = keys(row.table());
      var sql =
          "insert into %s (%s) values (%s)"
              .formatted(
                  row.table(),
                  String.join(", ", columns),
                  String.join(", ", columns.stream().map(c -> "?::" + types.get(c)).toList()));
      if (row.table().equals("event")) return sql;
      return sql
          + " on conflict (%s) do update set %s"
              .formatted(
                  String.join(", ", keys),
                  String.join(
                      ", ",
                      columns.stream()
                          .filter(c -> !keys.contains(c))
                          .map(c -> c + " = excluded." + c)
                          .toList()));
    }

    private Map<String, String> types(String table) throws SQLException {
      Map<String, String> types = new LinkedHashMap<>();
      try (var columns = connection.getMetaData().getColumns(null, "public", table, null)) {
        while (columns.next()) {
          types.put(columns.getString("COLUMN_NAME"), columns.getString("TYPE_NAME"));
        }
      }
      return types;
    }

    private List<String> keys(String table) throws SQLException {
      List<String> keys = new ArrayList<>();
      try (var found = connection.getMetaData().getPrimaryKeys(null, "public", table)) {
        while (found.next()) keys.add(found.getString("COLUMN_NAME"));
      }
      return keys;
    }

    @Override
    public boolean call(int number) throws SQLException {
      if (number >= orders.size()) return false;
      var order = orders.get(number);
      for (var i = 0; i < rows.size(); i++) {
        var statement = statements.get(i);
        var column = 1;
        for (var value : rows.get(i).values().entrySet()) {
          statement.setString(column++, of(order, value.getKey(), value.getValue()));
        }
        statement.executeUpdate();
      }
      connection.commit();
      return true;
    }

    private @Nullable String of(String order, String column, @Nullable String value) {
      if (NEW_IDS.contains(column)) return UUID.randomUUID().toString();
      return value == null ? null : value.replace(sample, order);
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
