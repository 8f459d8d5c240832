package marketplace.eventsourcing.following;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import marketplace.eventsourcing.store.EventReader.Place;

/// One follower's turn: a transaction that has the follower's lock, and keeps its place. Whoever
/// makes nothing but rows of what he follows writes them in it, and so makes each once.
///
/// The lock is an advisory one. It goes with the transaction, so a dead instance has let go of it;
/// and unlike a row's it does not give the transaction a number, which would hold back all who read
/// events in the order of transactions, this follower among them.
public final class Turn implements AutoCloseable {
  /// The first half of the locks' names; the second is the follower's.
  private static final int LOCKS = 0x666f6c6c;

  private final Connection connection;
  private final String name;

  public Turn(DataSource database, String name) throws SQLException {
    this.connection = database.getConnection();
    this.name = name;
    connection.setAutoCommit(false);
  }

  /// For what shall be written together with the place.
  public Connection connection() {
    return connection;
  }

  /// @return false where it is the turn of another instance
  public boolean begin() throws SQLException {
    try (var statement =
        connection.prepareStatement("select pg_try_advisory_xact_lock(?, hashtext(?))")) {
      statement.setInt(1, LOCKS);
      statement.setString(2, name);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /// Everything before it has been followed up.
  public Place place() throws SQLException {
    try (var statement =
        connection.prepareStatement("select xid::text, position from follower where name = ?")) {
      statement.setString(1, name);
      try (var row = statement.executeQuery()) {
        return row.next() ? new Place(row.getString(1), row.getLong(2)) : Place.START;
      }
    }
  }

  /// The turn is over.
  public void endAt(Place place) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            insert into follower (name, xid, position) values (?, ?::xid8, ?)
            on conflict (name) do update set xid = excluded.xid, position = excluded.position
            """)) {
      statement.setString(1, name);
      statement.setString(2, place.xid());
      statement.setLong(3, place.position());
      statement.executeUpdate();
    }
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      connection.rollback();
    }
  }
}
