package marketplace.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import marketplace.eventsourcing.time.SimulatedTime;
import org.jboss.logging.Logger;

/// Asks the database for a service's own figures every few seconds, however often and by however
/// many they are looked at.
@Singleton
class QueriedMeters {
  private static final Logger LOG = Logger.getLogger(QueriedMeters.class);
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final DataSource database;
  private final SimulatedTime time;
  private final List<Figures> all;
  private final ScheduledExecutorService asking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("queried-meters").daemon().factory());

  /// @param known what was told once is told for ever: a value that is gone has become 0
  private record Figures(QueriedMeter meter, MultiGauge gauge, Map<String, Double> known) {}

  QueriedMeters(
      @All List<QueriedMeter> meters,
      DataSource database,
      SimulatedTime time,
      MeterRegistry registry) {
    this.database = database;
    this.time = time;
    this.all =
        meters.stream()
            .map(meter ->
                new Figures(
                    meter,
                    MultiGauge.builder(meter.name())
                        .description(meter.description())
                        .register(registry),
                    new LinkedHashMap<>()))
            .toList();
  }

  void start(@Observes StartupEvent event) {
    if (all.isEmpty()) return;
    var _ = asking.scheduleWithFixedDelay(this::ask, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    asking.shutdownNow();
  }

  private void ask() {
    if (!time.ready()) return;
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(true);
      for (var figures : all) ask(figures, connection);
    } catch (SQLException | RuntimeException e) {
      LOG.warnf("figures are asked for later: %s", e.getMessage());
    }
  }

  private void ask(Figures figures, Connection connection) throws SQLException {
    figures.known().replaceAll((_, _) -> 0.0);
    var sql = figures.meter().sql();
    try (var statement = connection.prepareStatement(sql)) {
      if (sql.contains("?")) statement.setObject(1, time.instant().atOffset(ZoneOffset.UTC));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) figures.known().put(rows.getString(1), rows.getDouble(2));
      }
    }
    figures
        .gauge()
        .register(
            figures.known().entrySet().stream()
                .map(figure ->
                    Row.of(Tags.of(figures.meter().tag(), figure.getKey()), figure.getValue()))
                .toList(),
            true);
  }
}
