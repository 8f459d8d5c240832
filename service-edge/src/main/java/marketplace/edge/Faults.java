package marketplace.edge;

import java.sql.SQLException;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.handling.QueueFullException;
import marketplace.eventsourcing.store.ConcurrentAppendException;
import marketplace.eventsourcing.store.StoreUnavailableException;
import marketplace.eventsourcing.time.UnknownTimeException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Troubles that pass: nothing was decided, and the caller may ask again.
final class Faults {
  private Faults() {}

  private static final String CONNECTION_CLASS = "08";
  private static final String OPERATOR_CLASS = "57P";

  /// Null for a fault that is not known to pass.
  static @Nullable Problem problemOf(Throwable e) {
    return switch (e) {
      case QueueFullException _ ->
          Problem.of(503, "NOT_READY", "too many commands are waiting; try again", null);
      case StoreUnavailableException _ ->
          Problem.of(503, "NOT_READY", "the store is not available; try again", null);
      case UnknownTimeException _ ->
          Problem.of(503, "NOT_READY", "the clock is not set yet; try again", null);
      case ConcurrentAppendException _ ->
          Problem.of(409, "CONFLICT_RETRY", "somebody else was faster each time; try again", null);
      case KafkaException _ ->
          Problem.of(503, "NOT_READY", "the brokers do not answer; try again", null);
      case SQLException sql when isAway(sql) ->
          Problem.of(503, "NOT_READY", "the database is not available; try again", null);
      default -> e.getCause() == null ? null : problemOf(e.getCause());
    };
  }

  /// Views are read without the store, which would have found a name for it. The pool, which has no
  /// connection to give, has no state to tell either.
  private static boolean isAway(SQLException e) {
    var state = e.getSQLState();
    return state == null || state.startsWith(CONNECTION_CLASS) || state.startsWith(OPERATOR_CLASS);
  }
}
