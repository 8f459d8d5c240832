package marketplace.eventsourcing.relay;

import java.sql.SQLException;
import javax.sql.DataSource;

/// What Kafka has acknowledged: a snapshot that has travelled with the log. Events are published in
/// the order of their commits, so no position in the table could say it.
public final class PublishedMark {
  /// Condition on a row of `event`: it has a message, and the mark does not see it. The comparison
  /// of `xid` alone finds the few rows by the index.
  public static final String UNPUBLISHED =
      """
      has_message
        and xid >= coalesce((select pg_snapshot_xmin(mark) from published_mark), '0')
        and not coalesce((select pg_visible_in_snapshot(xid, mark) from published_mark), false)
      """;

  /// Condition on a row of `event`: Kafka has acknowledged its message.
  public static final String PUBLISHED =
      """
      has_message
        and coalesce((select pg_visible_in_snapshot(xid, mark) from published_mark), false)
      """;

  static final String COUNT_UNPUBLISHED = "select count(*) from event where " + UNPUBLISHED;

  private final DataSource dataSource;

  public PublishedMark(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// Stored events that have a message which the mark does not see. What was published since the
  /// last mark is still counted: `Relay.requestMark()` shortens that.
  public long unpublished() throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(COUNT_UNPUBLISHED);
        var result = statement.executeQuery()) {
      result.next();
      return result.getLong(1);
    }
  }
}
