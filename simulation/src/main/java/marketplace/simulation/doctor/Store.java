package marketplace.simulation.doctor;

import static marketplace.eventsourcing.relay.PublishedMark.PUBLISHED;
import static marketplace.eventsourcing.relay.PublishedMark.UNPUBLISHED;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import marketplace.simulation.doctor.Installation.Login;

/// The database of one service as a reader sees it.
final class Store {
  private static final int ROWS_AT_ONCE = 10_000;
  private static final int EXAMPLES_MAX = 5;

  private final Login login;

  Store(Login login) {
    this.login = login;
  }

  /// All of one snapshot.
  ///
  /// @param published ids of the events that Kafka is said to have
  /// @param waiting events that it is not said to have yet
  /// @param waitedFor since the oldest of these was stored; zero where there is none
  /// @param gaps streams whose versions are not 1, 2, 3, …, or whose events do not say rightly
  ///   which of them was published before: the first ones
  /// @param slots that the database keeps its log for
  /// @param setAside records that could not be applied when they came, by kind
  record Content(
      Set<UUID> published,
      long waiting,
      Duration waitedFor,
      List<String> gaps,
      List<Slot> slots,
      List<SetAside> setAside) {}

  /// @param health `reserved` where all that is needed is still there, see `pg_replication_slots`
  /// @param behindBytes of the log that nobody has confirmed yet
  record Slot(String name, boolean active, String health, long behindBytes) {}

  record SetAside(String kind, long count, String example) {}

  Content read() throws SQLException {
    try (var connection = connect()) {
      var waiting = new long[1];
      var seconds = new double[1];
      each(
          connection,
          """
          select count(*), coalesce(extract(epoch from now() - min(recorded_at)), 0) from event
          where %s
          """
              .formatted(UNPUBLISHED),
          row -> {
            waiting[0] = row.getLong(1);
            seconds[0] = row.getDouble(2);
          });
      Set<UUID> published = new HashSet<>();
      each(
          connection,
          "select event_id from event where " + PUBLISHED,
          row -> published.add(row.getObject(1, UUID.class)));
      return new Content(
          published,
          waiting[0],
          Duration.ofMillis((long) (seconds[0] * 1000)),
          gaps(connection),
          slots(connection),
          setAside(connection));
    }
  }

  private static List<String> gaps(Connection connection) throws SQLException {
    List<String> gaps = new ArrayList<>();
    each(
        connection,
        """
        select stream, version from (
          select stream, version, previous_published,
            row_number() over in_order as place,
            coalesce(max(version) filter (where has_message) over (
              in_order rows between unbounded preceding and 1 preceding), 0) as published_before
          from event window in_order as (partition by stream order by version)) numbered
        where version <> place or previous_published <> published_before
        limit %d
        """
            .formatted(EXAMPLES_MAX),
        row -> gaps.add("%s at version %d".formatted(row.getString(1), row.getInt(2))));
    return gaps;
  }

  private static List<Slot> slots(Connection connection) throws SQLException {
    List<Slot> slots = new ArrayList<>();
    each(
        connection,
        """
        select slot_name, active, coalesce(wal_status, 'unknown'),
          coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn), 0)::bigint
        from pg_replication_slots where database = current_database() order by 1
        """,
        row ->
            slots.add(
                new Slot(row.getString(1), row.getBoolean(2), row.getString(3), row.getLong(4))));
    return slots;
  }

  private static List<SetAside> setAside(Connection connection) throws SQLException {
    List<SetAside> kinds = new ArrayList<>();
    each(
        connection,
        "select kind, count(*), min(reason) from set_aside group by kind order by kind",
        row -> kinds.add(new SetAside(row.getString(1), row.getLong(2), row.getString(3))));
    return kinds;
  }

  /// Those of these events that are not here.
  Set<UUID> missing(Collection<UUID> ids) throws SQLException {
    Set<UUID> missing = new HashSet<>(ids);
    if (ids.isEmpty()) return missing;
    try (var connection = connect();
        var statement =
            connection.prepareStatement("select event_id from event where event_id = any (?)")) {
      statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      each(statement, row -> missing.remove(row.getObject(1, UUID.class)));
    }
    return missing;
  }

  private Connection connect() throws SQLException {
    var connection = DriverManager.getConnection(login.url(), login.user(), login.password());
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    return connection;
  }

  @FunctionalInterface
  private interface Row {
    void take(ResultSet row) throws SQLException;
  }

  private static void each(Connection connection, String sql, Row taker) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      each(statement, taker);
    }
  }

  private static void each(PreparedStatement statement, Row taker) throws SQLException {
    statement.setFetchSize(ROWS_AT_ONCE);
    try (var rows = statement.executeQuery()) {
      while (rows.next()) taker.take(rows);
    }
  }
}
