package marketplace.edge;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.StreamId;
import org.jspecify.annotations.Nullable;

/// How far this service has read the streams of the others, for callers who have just been there
/// and want to see it here: `waitFor=seller-service:5`.
@Singleton
class ForeignVersions {
  private static final Duration WAIT_MAX = Duration.ofSeconds(5);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);
  private static final Map<String, String> CATEGORIES =
      Map.of(
          "order-service", "order",
          "seller-service", "fulfilment",
          "refund-service", "ledger",
          "dispute-service", "aftersale");

  private final DataSource dataSource;

  ForeignVersions(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// Waits until the named stream was read up to the named version.
  ///
  /// @return false where it was not by the end of the patience
  boolean await(@Nullable String waitFor, UUID id) {
    if (waitFor == null) return true;
    var colon = waitFor.indexOf(':');
    var category = colon < 0 ? null : CATEGORIES.get(waitFor.substring(0, colon));
    if (category == null) throw invalid();
    int version;
    try {
      version = Integer.parseInt(waitFor.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw invalid();
    }
    var stream = new StreamId(category, id);
    var patience = System.nanoTime() + WAIT_MAX.toNanos();
    while (lastVersion(stream) < version) {
      if (System.nanoTime() > patience) return false;
      try {
        Thread.sleep(LOOK_EVERY);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  private int lastVersion(StreamId stream) {
    try (var connection = dataSource.getConnection();
        var statement =
            connection.prepareStatement(
                "select last_version from foreign_stream where stream = ?")) {
      statement.setString(1, stream.toString());
      try (var rows = statement.executeQuery()) {
        return rows.next() ? rows.getInt(1) : 0;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("foreign versions cannot be read", e);
    }
  }

  private static ProblemException invalid() {
    return new ProblemException(
        Problem.of(422, "INVALID", "waitFor must be such as seller-service:5", null)
            .withErrors(List.of(new Problem.FieldError("waitFor", "INVALID"))));
  }
}
