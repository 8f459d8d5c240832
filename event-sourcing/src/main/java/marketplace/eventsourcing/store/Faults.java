package marketplace.eventsourcing.store;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/// What went wrong in the database, in words that the command handler understands.
final class Faults {
  private static final String CONNECTION_CLASS = "08";

  /// Shut down, crashed, starting, no connection left, disk full, out of memory, read only.
  private static final Set<String> AWAY =
      Set.of("57P01", "57P02", "57P03", "53300", "53100", "53200", "25006", "58030");

  /// Serialisation failure and deadlock: the same batch succeeds when it is tried again.
  private static final Set<String> RACES = Set.of("40001", "40P01");

  private Faults() {}

  static RuntimeException translate(String what, SQLException e) {
    var state = e.getSQLState();
    if (e instanceof SQLTransientConnectionException
        || e instanceof SQLNonTransientConnectionException
        || state == null
        || state.startsWith(CONNECTION_CLASS)
        || AWAY.contains(state)) {
      return new StoreUnavailableException(what, e);
    }
    if (RACES.contains(state)) return new ConcurrentAppendException(Set.of());
    return new StoreFaultException(what + ": " + e.getMessage(), e);
  }
}
