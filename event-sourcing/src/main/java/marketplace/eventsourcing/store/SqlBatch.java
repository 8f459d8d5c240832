package marketplace.eventsourcing.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Statements that travel together: one way to the database and back for all of them. They run one
/// after the other, and each sees what is committed when its turn comes.
final class SqlBatch {
  private final List<Statement> statements = new ArrayList<>();

  interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private record Statement(String sql, List<SqlRows> parameters, RowReader reader) {}

  /// @param sql with one `?` for each column of the parameters, in their order
  /// @param reader is given each row that is found
  void query(String sql, RowReader reader, SqlRows... parameters) {
    statements.add(new Statement(sql, List.of(parameters), reader));
  }

  void execute(String sql, SqlRows... parameters) {
    query(sql, _ -> {}, parameters);
  }

  void run(Connection connection) throws SQLException {
    if (statements.isEmpty()) return;
    var sql = statements.stream().map(Statement::sql).collect(Collectors.joining(";\n"));
    try (var together = connection.prepareStatement(sql)) {
      var column = 1;
      for (var statement : statements) {
        for (var rows : statement.parameters()) column = rows.bind(together, column);
      }
      var isResult = together.execute();
      for (var statement : statements) {
        if (isResult) read(together, statement.reader());
        isResult = together.getMoreResults();
      }
    }
  }

  private static void read(PreparedStatement statement, RowReader reader) throws SQLException {
    try (var found = statement.getResultSet()) {
      while (found.next()) reader.read(found);
    }
  }
}
