package marketplace.eventsourcing.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Aggregates;
import marketplace.eventsourcing.Change;
import marketplace.eventsourcing.History;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.ViewRow;
import marketplace.eventsourcing.ViewTable;
import org.jspecify.annotations.Nullable;

/// Folds every stream anew and puts right what the read models say otherwise. Rows that come from
/// foreign facts alone, and not from a stream, are left as they are.
public final class ViewRebuild {
  private static final int STREAMS_EACH_PAGE = 500;
  private static final int DIFFERENCES_MAX = 100;

  private final DataSource dataSource;
  private final Aggregates aggregates;

  /// @param expected the row as the stream gives it, JSON
  /// @param found the row as it was, JSON; null where there was none
  public record Difference(String table, String expected, @Nullable String found) {}

  /// @param rows that the streams give
  /// @param differences the first hundred of those that were put right
  public record Report(long streams, long rows, long different, List<Difference> differences) {}

  public ViewRebuild(DataSource dataSource, List<Aggregate<?, ?, ?, ?>> aggregates) {
    this.dataSource = dataSource;
    this.aggregates = new Aggregates(aggregates);
  }

  /// May run while the service works: a page in which a row changes meanwhile is done again.
  ///
  /// @throws StoreUnavailableException where the database cannot be reached
  public Report rebuild() {
    var progress = new Progress();
    while (!progress.done) {
      try {
        nextPage(progress);
      } catch (ConcurrentAppendException _) {
        // Somebody wrote a row of this page after it was read: it is read again.
      }
    }
    return new Report(
        progress.streams, progress.rows, progress.different, List.copyOf(progress.differences));
  }

  private static final class Progress {
    long position;
    long streams;
    long rows;
    long different;
    boolean done;
    final List<Difference> differences = new ArrayList<>();
  }

  private void nextPage(Progress progress) {
    try (var connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try {
        var transaction = new JdbcTransaction(connection, aggregates);
        var page = page(connection, progress.position);
        var rows = expectedRows(transaction, page.streams());
        var found = new ArrayList<Difference>();
        var written = new SqlBatch();
        for (var table : rows.entrySet()) {
          found.addAll(differences(connection, table.getKey(), table.getValue()));
          JdbcTransaction.writeRows(written, table.getKey(), table.getValue());
        }
        written.run(connection);
        connection.commit();
        progress.position = page.last();
        progress.done = page.streams().isEmpty();
        progress.streams += page.streams().size();
        progress.rows += rows.values().stream().mapToLong(List::size).sum();
        progress.different += found.size();
        found.stream()
            .limit(DIFFERENCES_MAX - progress.differences.size())
            .forEach(progress.differences::add);
      } finally {
        connection.rollback();
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      }
    } catch (SQLException e) {
      throw Faults.translate("views cannot be rebuilt", e);
    }
  }

  private record Page(Set<StreamId> streams, long last) {}

  /// By the position of their first event: no stream is missed, whatever the database's collation.
  private static Page page(Connection connection, long after) throws SQLException {
    var streams = new HashSet<StreamId>();
    var last = after;
    try (var statement =
        connection.prepareStatement(
            """
            select stream, position from event
            where version = 1 and position > ? order by position limit ?
            """)) {
      statement.setLong(1, after);
      statement.setInt(2, STREAMS_EACH_PAGE);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          streams.add(StreamId.parse(rows.getString(1)));
          last = rows.getLong(2);
        }
      }
    }
    return new Page(streams, last);
  }

  private Map<ViewTable, List<ViewRow>> expectedRows(
      JdbcTransaction transaction, Set<StreamId> streams) {
    var histories = transaction.read(Wanted.streams(streams)).histories();
    Map<ViewTable, List<ViewRow>> rows = new HashMap<>();
    for (var history : histories.values()) {
      for (var row : rowsOf(aggregates.of(history.stream()), history)) {
        rows.computeIfAbsent(row.table(), _ -> new ArrayList<>()).add(row);
      }
    }
    return rows;
  }

  @SuppressWarnings("unchecked") // the history was read with the codec of this aggregate
  private static <S, E> List<ViewRow> rowsOf(Aggregate<?, S, E, ?> aggregate, History<?> stored) {
    var history = (History<E>) stored;
    return aggregate
        .projection()
        .rowsFor(
            new Change<>(
                history.stream(),
                aggregate.decider().initialState(),
                history.fold(aggregate.decider()),
                history.events(),
                history.version(),
                history.publishedVersion(),
                history.events().getLast().time()));
  }

  /// Compared by the database, which knows when two values of a type are the same.
  private static List<Difference> differences(
      Connection connection, ViewTable table, List<ViewRow> expected) throws SQLException {
    var rows = JdbcTransaction.parameters(table, expected);
    var columns = table.columns().stream().map(ViewTable.Column::name).toList();
    List<Difference> differences = new ArrayList<>();
    var batch = new SqlBatch();
    batch.query(
        """
        select to_jsonb(expected), to_jsonb(found)
        from %s as expected (%s)
        left join %s as found on (%s) = (%s)
        where row(%s) is distinct from row(%s)
        """
            .formatted(
                rows.unnest(),
                String.join(", ", columns),
                table.name(),
                of("expected", table.keys().stream()),
                of("found", table.keys().stream()),
                of("expected", table.columns().stream()),
                of("found", table.columns().stream())),
        row -> differences.add(new Difference(table.name(), row.getString(1), row.getString(2))),
        rows);
    batch.run(connection);
    return differences;
  }

  private static String of(String alias, Stream<ViewTable.Column> columns) {
    return columns.map(column -> alias + "." + column.name()).collect(Collectors.joining(", "));
  }
}
