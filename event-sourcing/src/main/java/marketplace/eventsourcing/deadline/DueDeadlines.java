package marketplace.eventsourcing.deadline;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.time.Moment;
import org.jspecify.annotations.Nullable;

/// The table of next deadlines, one row for each stream that waits for something.
public final class DueDeadlines {
  /// Counting stops here.
  public static final int COUNT_MAX = 1_000_000;

  /// Due, and admitted by the step bound: one place in the order of instant, rank and id.
  private static final String DUE = "due_at <= ?";

  private static final String UP_TO =
      " and (due_at, rank, right(stream, 36) collate \"C\") <= (?, ?, ?)";

  private final DataSource database;

  public DueDeadlines(DataSource database) {
    this.database = database;
  }

  /// One row of the table.
  ///
  /// @param at simulated
  public record Upcoming(Instant at, String name, int rank, StreamId stream) {}

  /// @param oldest null where none is due
  public record Backlog(long count, @Nullable Instant oldest) {}

  /// Takes due streams for this instance, earliest first. The lease runs in wall time and ends by
  /// itself, or when the stream's next deadline is written. One statement is one short transaction,
  /// and it passes over rows that anybody else is writing: it waits for nobody.
  List<StreamId> lease(Moment now, int limit, Duration lease) throws SQLException {
    var sql =
        """
        with due as materialized (
          select stream from deadline
          where %s and (leased_until is null or leased_until < clock_timestamp())
          order by due_at, rank, stream limit ? for update skip locked)
        update deadline set leased_until = clock_timestamp() + ? * interval '1 millisecond'
        from due where deadline.stream = due.stream
        returning deadline.stream, due_at, rank
        """
            .formatted(condition(now));
    try (var connection = connection();
        var statement = connection.prepareStatement(sql)) {
      var next = bind(statement, 1, now);
      statement.setInt(next, limit);
      statement.setLong(next + 1, lease.toMillis());
      List<Leased> leased = new ArrayList<>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          leased.add(
              new Leased(
                  instant(rows, "due_at"),
                  rows.getInt("rank"),
                  StreamId.parse(rows.getString("stream"))));
        }
      }
      // What an update returns has no order.
      return leased.stream().sorted().map(Leased::stream).toList();
    }
  }

  private record Leased(Instant at, int rank, StreamId stream) implements Comparable<Leased> {
    @Override
    public int compareTo(Leased other) {
      var byTime = at.compareTo(other.at);
      if (byTime != 0) return byTime;
      var byRank = Integer.compare(rank, other.rank);
      return byRank != 0 ? byRank : stream.compareTo(other.stream);
    }
  }

  /// What is due and may fire, leased or not.
  public Backlog backlog(Moment now) throws SQLException {
    var sql =
        "select count(*), min(due_at) from (select due_at from deadline where %s limit %d) due"
            .formatted(condition(now), COUNT_MAX);
    try (var connection = connection();
        var statement = connection.prepareStatement(sql)) {
      bind(statement, 1, now);
      try (var rows = statement.executeQuery()) {
        rows.next();
        var oldest = rows.getObject(2, OffsetDateTime.class);
        return new Backlog(rows.getLong(1), oldest == null ? null : oldest.toInstant());
      }
    }
  }

  /// The next ones, due or not, earliest first.
  public List<Upcoming> upcoming(int limit) throws SQLException {
    try (var connection = connection();
        var statement =
            connection.prepareStatement(
                "select due_at, name, rank, stream from deadline"
                    + " order by due_at, rank, stream limit ?")) {
      statement.setInt(1, limit);
      List<Upcoming> result = new ArrayList<>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          result.add(
              new Upcoming(
                  instant(rows, "due_at"),
                  rows.getString("name"),
                  rows.getInt("rank"),
                  StreamId.parse(rows.getString("stream"))));
        }
      }
      return result;
    }
  }

  private static String condition(Moment now) {
    return now.deadlinesUpTo() == null ? DUE : DUE + UP_TO;
  }

  /// @return the next free parameter
  private static int bind(PreparedStatement statement, int first, Moment now) throws SQLException {
    statement.setObject(first, now.instant().atOffset(ZoneOffset.UTC));
    var bound = now.deadlinesUpTo();
    if (bound == null) return first + 1;
    statement.setObject(first + 1, bound.at().atOffset(ZoneOffset.UTC));
    statement.setInt(first + 2, bound.rank());
    statement.setString(first + 3, bound.id());
    return first + 4;
  }

  /// Every statement here stands alone, whatever the pool hands out.
  private Connection connection() throws SQLException {
    var connection = database.getConnection();
    connection.setAutoCommit(true);
    return connection;
  }

  private static Instant instant(ResultSet rows, String column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class).toInstant();
  }
}
