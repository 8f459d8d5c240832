package marketplace.eventsourcing.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Aggregates;
import org.jspecify.annotations.Nullable;

/// The store on PostgreSQL, in plain SQL.
public final class JdbcEventStore implements EventStore {
  private final DataSource dataSource;
  private final Aggregates aggregates;

  public JdbcEventStore(DataSource dataSource, List<Aggregate<?, ?, ?, ?>> aggregates) {
    this.dataSource = dataSource;
    this.aggregates = new Aggregates(aggregates);
  }

  @Override
  public Transaction begin() {
    try {
      return new JdbcTransaction(connect(), aggregates);
    } catch (SQLException e) {
      throw Faults.translate("no connection", e);
    }
  }

  private Connection connect() throws SQLException {
    var connection = dataSource.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  @Override
  public List<SetAside> dueForRetry(Instant parkedBefore, Instant now, int limit) {
    return inTransaction(connection -> {
      List<SetAside> result = new ArrayList<>();
      try (var statement =
          connection.prepareStatement(
              """
              select %s from set_aside s
              where kind = 'AWAITING'
                or kind = 'PARKED' and (received_at < ?::timestamptz
                  or exists (select from event e where e.stream = s.awaits and e.version = 1))
                or kind = 'FAULTY' and retry_at <= ?::timestamptz
              order by id limit ?
              """
                  .formatted(SetAsideRows.COLUMNS))) {
        statement.setString(1, parkedBefore.toString());
        statement.setString(2, now.toString());
        statement.setInt(3, limit);
        try (var rows = statement.executeQuery()) {
          while (rows.next()) result.add(SetAsideRows.read(rows));
        }
      }
      return result;
    });
  }

  @Override
  public List<SetAside> setAside(int limit) {
    return inTransaction(connection -> {
      List<SetAside> result = new ArrayList<>();
      try (var statement =
          connection.prepareStatement(
              "select %s from set_aside order by id limit ?".formatted(SetAsideRows.COLUMNS))) {
        statement.setInt(1, limit);
        try (var rows = statement.executeQuery()) {
          while (rows.next()) result.add(SetAsideRows.read(rows));
        }
      }
      return result;
    });
  }

  @Override
  public void postpone(SetAside failed) {
    inTransaction(connection -> {
      try (var statement =
          connection.prepareStatement(
              """
              update set_aside
              set kind = 'FAULTY', reason = ?, attempts = ?, retry_at = ?::timestamptz
              where id = ?
              """)) {
        statement.setString(1, failed.reason());
        statement.setInt(2, failed.attempts());
        statement.setString(3, String.valueOf(failed.retryAt()));
        statement.setLong(4, failed.id());
        return statement.executeUpdate();
      }
    });
  }

  @Override
  public void tidy(Instant forgetAnswersBefore, Instant now) {
    inTransaction(connection -> {
      try (var statement =
          connection.prepareStatement(
              "delete from idempotency where created_at < ?::timestamptz")) {
        statement.setString(1, forgetAnswersBefore.toString());
        statement.executeUpdate();
      }
      try (var statement =
          connection.prepareStatement(
              """
              select inbox_make_month(this_month),
                inbox_make_month((this_month + interval '1 month')::date),
                inbox_drop_before((this_month - interval '1 month')::date)
              from (select (?::timestamptz at time zone 'UTC')::date as this_month)
              """)) {
        statement.setString(1, now.toString());
        return statement.execute();
      }
    });
  }

  private interface Work<T extends @Nullable Object> {
    T in(Connection connection) throws SQLException;
  }

  private <T extends @Nullable Object> T inTransaction(Work<T> work) {
    try (var connection = connect()) {
      try {
        var result = work.in(connection);
        connection.commit();
        return result;
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw Faults.translate("the store is not in reach", e);
    }
  }
}
