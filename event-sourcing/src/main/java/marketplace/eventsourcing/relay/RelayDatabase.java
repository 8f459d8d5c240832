package marketplace.eventsourcing.relay;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// What the relay says to PostgreSQL beside the replication itself, over one connection. Used by
/// one thread at a time.
final class RelayDatabase implements AutoCloseable {
  /// One relay for each database, whichever service it belongs to.
  private static final long LOCK = 0x72656C6179L;

  private static final String MARK_PREFIX = "published-mark";
  private static final int ROWS_EACH_FETCH = 1_000;

  /// A connection whose other end has vanished gives its lock back within half a minute.
  private static final String KEEP_ALIVE =
      "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

  /// How the slot stands to what Kafka has acknowledged.
  enum Slot {
    /// It does not exist.
    MISSING,
    /// PostgreSQL has thrown away what it still needed.
    LOST,
    /// It begins after what is known to be acknowledged: something may lie between.
    AHEAD,
    /// Whatever Kafka lacks comes out of it.
    COVERING
  }

  private final Connection connection;
  private final String slot;

  RelayDatabase(RelaySettings settings) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password());
    properties.setProperty("ApplicationName", settings.slot());
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("options", KEEP_ALIVE);
    this.connection = DriverManager.getConnection(settings.jdbcUrl(), properties);
    this.slot = settings.slot();
  }

  /// Whether this connection is now the one whose relay runs; it stays so until it is closed.
  boolean takeTurn() throws SQLException {
    try (var statement = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
      statement.setLong(1, LOCK);
      return single(statement).getBoolean(1);
    }
  }

  /// The slot is looked at first: it moves only up to what has been stored before.
  Slot slot() throws SQLException {
    String confirmed;
    try (var statement =
        connection.prepareStatement(
            """
            select confirmed_flush_lsn::text, wal_status = 'lost' or invalidation_reason is not null
            from pg_replication_slots
            where slot_name = ? and database = current_database()
            """)) {
      statement.setString(1, slot);
      try (var found = statement.executeQuery()) {
        if (!found.next()) return Slot.MISSING;
        if (found.getBoolean(2)) return Slot.LOST;
        confirmed = found.getString(1);
      }
    }
    try (var statement =
        connection.prepareStatement(
            "select exists (select from published_mark where acknowledged_lsn >= ?::pg_lsn)")) {
      statement.setString(1, confirmed);
      return single(statement).getBoolean(1) ? Slot.COVERING : Slot.AHEAD;
    }
  }

  /// Waits for all transactions that are open now: what commits later comes out of the slot.
  void createSlot() throws SQLException {
    // A standby that is kept ready takes the slot along.
    run("select pg_create_logical_replication_slot(?, 'pgoutput', failover => true)", slot);
  }

  void dropSlot() throws SQLException {
    run("select pg_drop_replication_slot(?)", slot);
  }

  String slotPosition() throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "select confirmed_flush_lsn::text from pg_replication_slots where slot_name = ?")) {
      statement.setString(1, slot);
      return single(statement).getString(1);
    }
  }

  /// A transaction in the middle of its commit may stand in the log before the slot's position and
  /// still be invisible: whoever reads the table in the slot's stead has to let it end first.
  boolean endedBefore(String fullTransactionId) throws SQLException {
    try (var statement =
        connection.prepareStatement("select pg_snapshot_xmin(pg_current_snapshot()) >= ?::xid8")) {
      statement.setString(1, fullTransactionId);
      return single(statement).getBoolean(1);
    }
  }

  String nextTransactionId() throws SQLException {
    try (var statement =
        connection.prepareStatement("select pg_snapshot_xmax(pg_current_snapshot())::text")) {
      return single(statement).getString(1);
    }
  }

  /// What a reader of unpublished events does with each, in an order that keeps every stream's own:
  /// a version is numbered after the one before it has committed, whatever their transactions'
  /// numbers are.
  interface RowReader {
    void read(EventRow row) throws SQLException, InterruptedException;
  }

  /// Answers the snapshot in which the table was read.
  String readUnpublished(RowReader reader) throws SQLException, InterruptedException {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (var snapshot = connection.prepareStatement("select pg_current_snapshot()::text");
        var events =
            connection.prepareStatement(
                "select %s from event where %s order by position"
                    .formatted(EventRow.COLUMNS, PublishedMark.UNPUBLISHED))) {
      events.setFetchSize(ROWS_EACH_FETCH);
      var mark = single(snapshot).getString(1);
      try (var rows = events.executeQuery()) {
        while (rows.next()) reader.read(EventRow.of(rows));
      }
      return mark;
    } finally {
      connection.rollback();
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      connection.setAutoCommit(true);
    }
  }

  long countUnpublished() throws SQLException {
    try (var statement = connection.prepareStatement(PublishedMark.COUNT_UNPUBLISHED)) {
      return single(statement).getLong(1);
    }
  }

  /// The first mark, or the one after a gap was closed.
  void restartFrom(String mark, String acknowledged) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            insert into published_mark (mark, acknowledged_lsn) values (?::pg_snapshot, ?::pg_lsn)
            on conflict (singleton) do update
            set mark = excluded.mark, acknowledged_lsn = excluded.acknowledged_lsn
            """)) {
      statement.setString(1, mark);
      statement.setString(2, acknowledged);
      statement.executeUpdate();
    }
  }

  /// @param mark null where none came along
  void acknowledged(@Nullable String mark, String position) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            update published_mark
            set mark = coalesce(?::pg_snapshot, mark),
              acknowledged_lsn = greatest(acknowledged_lsn, ?::pg_lsn)
            """)) {
      statement.setString(1, mark);
      statement.setString(2, position);
      if (statement.executeUpdate() != 1) {
        throw new IllegalStateException("the published mark is gone");
      }
    }
  }

  /// Sends a mark through the log. It comes out behind every commit that it sees.
  void emitMark() throws SQLException {
    run("select pg_logical_emit_message(false, ?, pg_current_snapshot()::text, true)", MARK_PREFIX);
  }

  static String markPrefix() {
    return MARK_PREFIX;
  }

  private void run(String query, String parameter) throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setString(1, parameter);
      statement.execute();
    }
  }

  private static ResultSet single(PreparedStatement statement) throws SQLException {
    var result = statement.executeQuery();
    if (!result.next()) throw new SQLException("no row: " + statement);
    return result;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // It was lost already, and with it the lock.
    }
  }
}
