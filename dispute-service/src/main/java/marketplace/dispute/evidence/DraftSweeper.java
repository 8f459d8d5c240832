package marketplace.dispute.evidence;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import marketplace.eventsourcing.time.SystemClock;
import marketplace.kernel.EvidenceId;
import org.jboss.logging.Logger;

/// Removes what nobody has opened a case with: drafts a day after they were sent, and content that
/// no row speaks of, left behind by a crash between the two. Wall time, whatever time is simulated.
@Singleton
public final class DraftSweeper {
  /// From then on a draft is no evidence any more.
  public static final Duration USABLE_FOR = Duration.ofHours(24);

  /// A case that was opened in the last moment needs some time to be written.
  private static final Duration REMOVED_AFTER = USABLE_FOR.plusHours(1);

  private static final Logger LOG = Logger.getLogger(DraftSweeper.class);
  private static final long EVERY_MINUTES = 10;

  private final DataSource dataSource;
  private final EvidenceStore store;
  private final SystemClock wall = new SystemClock();
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("drafts").daemon().factory());

  DraftSweeper(DataSource dataSource, EvidenceStore store) {
    this.dataSource = dataSource;
    this.store = store;
  }

  void start(@Observes StartupEvent event) {
    var _ =
        sweeper.scheduleWithFixedDelay(
            () -> sweep(wall.instant()), 1, EVERY_MINUTES, TimeUnit.MINUTES);
  }

  void stop(@Observes ShutdownEvent event) {
    sweeper.shutdownNow();
  }

  /// @param now of the wall clock
  public void sweep(Instant now) {
    var limit = now.minus(REMOVED_AFTER);
    try {
      forget(limit);
      for (var id : unknown(store.keptBefore(limit))) store.remove(id);
    } catch (SQLException | IOException e) {
      LOG.warnf("unused drafts are removed later: %s", e.getMessage());
    }
  }

  private void forget(Instant limit) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement =
            connection.prepareStatement("delete from evidence_drafts where uploaded_at < ?")) {
      statement.setObject(1, limit.atOffset(ZoneOffset.UTC));
      statement.executeUpdate();
    }
  }

  /// Those that no row speaks of.
  private List<EvidenceId> unknown(List<EvidenceId> kept) throws SQLException {
    var sql =
        """
        select id from unnest(?::uuid[]) kept (id)
        where not exists (select from evidence where evidence_id = id)
          and not exists (select from evidence_drafts where evidence_id = id)
        """;
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      var ids = kept.stream().map(EvidenceId::value).toArray();
      statement.setArray(1, connection.createArrayOf("uuid", ids));
      List<EvidenceId> unknown = new ArrayList<>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) unknown.add(new EvidenceId(rows.getObject(1, UUID.class)));
      }
      return unknown;
    }
  }
}
