package marketplace.eventsourcing.sample;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.logging.Logger;
import javax.sql.DataSource;
import marketplace.platform.Database;
import marketplace.platform.TestPlatform;

/// A database of one test's own, with the tables of the mechanism and of the sample.
public final class Kitchen {
  /// A row that the database refuses, though the rules do not.
  public static final int REFUSED_LITRES = 666;

  public static final String POTS_TABLE =
      """
      create table pots (pot uuid primary key, litres int not null check (litres <> %d),
        boils_at timestamptz, note jsonb not null)
      """
          .formatted(REFUSED_LITRES);

  public final Database database = TestPlatform.newDatabase();

  public Kitchen() {
    try (var connection = connect(database.owner());
        var statement = connection.createStatement()) {
      statement.execute(migration("V001__event_store.sql"));
      statement.execute(migration("R__inbox_months.sql"));
      statement.execute(migration("V003__follower.sql"));
      statement.execute(POTS_TABLE + "; grant select, insert, update on pots to " + database.app());
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String migration(String file) throws IOException {
    try (var sql = Kitchen.class.getResourceAsStream("/db/event-sourcing/" + file)) {
      if (sql == null) throw new IllegalStateException("no migration " + file);
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${app_role}", database.app())
          .replace("${relay_role}", database.relay());
    }
  }

  public Connection connect(String role) throws SQLException {
    return DriverManager.getConnection(database.url(), role, database.password());
  }

  /// The first column of each row, read by the role that may read everything.
  public List<String> texts(String sql) {
    List<String> result = new ArrayList<>();
    try (var connection = connect(database.owner());
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) result.add(rows.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
    return result;
  }

  /// As the owner, who may do what the service may not.
  public void execute(String sql) {
    try (var connection = connect(database.owner());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /// Connections of the service's own role, kept when they are closed.
  public DataSource dataSource() {
    return new Pool();
  }

  private final class Pool implements DataSource {
    private final Deque<Connection> idle = new ArrayDeque<>();

    @Override
    public Connection getConnection() throws SQLException {
      Connection taken;
      synchronized (idle) {
        taken = idle.poll();
      }
      var connection = taken != null && !taken.isClosed() ? taken : connect(database.app());
      return (Connection)
          Proxy.newProxyInstance(
              Kitchen.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (_, method, arguments) -> {
                if (method.getName().equals("close")) {
                  synchronized (idle) {
                    idle.push(connection);
                  }
                  return null;
                }
                try {
                  return method.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
