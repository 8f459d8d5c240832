package marketplace.eventsourcing.control;

import java.sql.SQLException;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import marketplace.eventsourcing.deadline.DueDeadlines;
import marketplace.eventsourcing.messaging.ConsumerProgress;
import marketplace.eventsourcing.time.SimulatedTime;

/// Has a service, all its instances together, anything left to do? One answer can miss a message
/// that is between two services, so whoever asks compares two rounds over all of them.
public final class Quiescence {
  private final DataSource database;
  private final DueDeadlines deadlines;
  private final ConsumerProgress progress;
  private final LongSupplier outboxPending;
  private final LongSupplier unfollowed;
  private final SimulatedTime clock;

  /// @param outboxPending how many events have a message that Kafka has not acknowledged; asks for
  ///   a fresh mark
  /// @param unfollowed how many events may yet ask something of other streams
  public Quiescence(
      DataSource database,
      DueDeadlines deadlines,
      ConsumerProgress progress,
      LongSupplier outboxPending,
      LongSupplier unfollowed,
      SimulatedTime clock) {
    this.database = database;
    this.deadlines = deadlines;
    this.progress = progress;
    this.outboxPending = outboxPending;
    this.unfollowed = unfollowed;
    this.clock = clock;
  }

  /// @param stored highest position in the event table
  /// @param unfollowed events that may yet ask something of other streams
  /// @param outboxPending events that are not published yet
  /// @param consumed sum of the offsets that are committed for the service
  /// @param consumerLag records that wait for it
  /// @param parked facts that wait for a stream or for something else
  /// @param held records that wait for a missing one of their stream
  /// @param dueDeadlines that have passed and may fire, and have not
  /// @param epoch of the clock that these numbers are of
  /// @param quiet nothing is on its way here. What is parked or held waits for others and does not
  ///   count
  public record Report(
      long stored,
      long unfollowed,
      long outboxPending,
      long consumed,
      long consumerLag,
      long parked,
      long held,
      long dueDeadlines,
      long epoch,
      boolean quiet) {}

  /// What a service has left to do of what it already has; what it has not read yet is not counted.
  ///
  /// @param dueDeadlines that have passed and may fire, and have not
  /// @param unfollowed events that may yet ask something of other streams
  /// @param outboxPending events that are not published yet
  /// @param epoch of the clock that these numbers are of
  public record Activity(long dueDeadlines, long unfollowed, long outboxPending, long epoch) {}

  /// No broker is asked, so this may be asked often.
  ///
  /// @throws SQLException where the database does not answer
  public Activity activity() throws SQLException {
    var now = clock.moment();
    return new Activity(
        deadlines.backlog(now).count(),
        unfollowed.getAsLong(),
        outboxPending.getAsLong(),
        now.epoch());
  }

  /// @throws SQLException where the database does not answer
  /// @throws org.apache.kafka.common.KafkaException where the brokers do not
  public Report report() throws SQLException {
    var now = clock.moment();
    // With the flow: what moves on while this is counted is found at its next station.
    var due = deadlines.backlog(now).count();
    var consumer = progress.numbers();
    var later = unfollowed.getAsLong();
    var rows = rows();
    var pending = outboxPending.getAsLong();
    return new Report(
        rows.stored(),
        later,
        pending,
        consumer.consumed(),
        consumer.lag(),
        rows.parked(),
        rows.held(),
        due,
        now.epoch(),
        due == 0 && consumer.lag() == 0 && later == 0 && pending == 0);
  }

  private record Rows(long stored, long parked, long held) {}

  private Rows rows() throws SQLException {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(true);
      try (var statement =
              connection.prepareStatement(
                  """
                  select (select coalesce(max(position), 0) from event),
                    count(*) filter (where kind in ('PARKED', 'AWAITING')),
                    count(*) filter (where kind = 'HELD')
                  from set_aside
                  """);
          var result = statement.executeQuery()) {
        result.next();
        return new Rows(result.getLong(1), result.getLong(2), result.getLong(3));
      }
    }
  }
}
