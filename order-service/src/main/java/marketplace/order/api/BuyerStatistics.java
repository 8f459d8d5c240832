package marketplace.order.api;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;
import marketplace.eventsourcing.store.StoreUnavailableException;

/// How often a buyer has asked for cancellation, and how often he got it.
@Singleton
class BuyerStatistics {
  private static final Duration COUNTED = Duration.ofDays(90);

  private final DataSource dataSource;

  BuyerStatistics(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// @param since what was before is not counted
  /// @param cancellations of whole orders or of units, which the buyer has wished for
  record Counts(UUID buyerId, Instant since, long requests, long cancellations) {}

  Counts of(UUID buyerId, Instant now) {
    var since = now.minus(COUNTED);
    try (var connection = dataSource.getConnection();
        var statement =
            connection.prepareStatement(
                """
                select count(*) filter (where act = 'REQUEST'),
                  count(*) filter (where act = 'CANCELLATION')
                from buyer_acts where buyer_id = ? and acted_at >= ?
                """)) {
      statement.setObject(1, buyerId);
      statement.setObject(2, since.atOffset(ZoneOffset.UTC));
      try (var rows = statement.executeQuery()) {
        rows.next();
        return new Counts(buyerId, since, rows.getLong(1), rows.getLong(2));
      }
    } catch (SQLException e) {
      throw new StoreUnavailableException("what a buyer has done cannot be counted", e);
    }
  }
}
