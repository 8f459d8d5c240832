package marketplace.eventsourcing.deadline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import javax.sql.DataSource;
import marketplace.eventsourcing.StreamId;
import marketplace.platform.Database;
import marketplace.platform.TestPlatform;

/// A database that no other test uses, with the tables of the event store.
public final class TestDatabase {
  private final Database database = TestPlatform.newDatabase();

  public TestDatabase() throws SQLException, IOException {
    try (var sql =
        TestDatabase.class.getResourceAsStream("/db/event-sourcing/V001__event_store.sql")) {
      if (sql == null) throw new IllegalStateException("the migration is missing");
      execute(
          new String(sql.readAllBytes(), UTF_8)
              .replace("${app_role}", database.app())
              .replace("${relay_role}", database.relay()));
    }
  }

  /// As the service sees it.
  public DataSource app() {
    return as(database.app());
  }

  public void execute(String sql) throws SQLException {
    try (var connection = as(database.owner()).getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// As the store writes it: nobody has a lease on it.
  public StreamId deadline(String category, Instant dueAt, int rank) throws SQLException {
    var stream = new StreamId(category, UUID.randomUUID());
    try (var connection = app().getConnection();
        var statement =
            connection.prepareStatement(
                "insert into deadline (stream, name, rank, due_at) values (?, ?, ?, ?)")) {
      statement.setString(1, stream.toString());
      statement.setString(2, "d" + rank);
      statement.setInt(3, rank);
      statement.setObject(4, dueAt.atOffset(ZoneOffset.UTC));
      statement.executeUpdate();
    }
    return stream;
  }

  public void deadlines(int count, Instant dueAt) throws SQLException {
    execute(
        """
        insert into deadline (stream, name, rank, due_at)
        select 'note-' || gen_random_uuid(), 'd1', 1, '%s' from generate_series(1, %d)
        """
            .formatted(dueAt, count));
  }

  /// As the store does when a stream waits for nothing any more.
  public void applied(Collection<StreamId> streams) throws SQLException {
    try (var connection = app().getConnection();
        var statement = connection.prepareStatement("delete from deadline where stream = any(?)")) {
      statement.setArray(
          1, connection.createArrayOf("text", streams.stream().map(StreamId::toString).toArray()));
      statement.executeUpdate();
    }
  }

  /// A new connection each time: the driver's own data source brings annotations that the compiler
  /// cannot resolve.
  private DataSource as(String role) {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, method, _) -> {
              if (!method.getName().equals("getConnection")) {
                throw new UnsupportedOperationException(method.getName());
              }
              return DriverManager.getConnection(database.url(), role, database.password());
            });
  }
}
