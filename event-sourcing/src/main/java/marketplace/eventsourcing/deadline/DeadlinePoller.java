package marketplace.eventsourcing.deadline;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import marketplace.eventsourcing.LogFields;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.control.FaultRules;
import marketplace.eventsourcing.time.Moment;
import marketplace.eventsourcing.time.SimulatedTime;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Looks for streams whose deadline has passed and has them woken. Every instance polls; the lease
/// keeps two of them from doing the same work, and doing it twice would do no harm.
public final class DeadlinePoller implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(DeadlinePoller.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final Duration MEASURE_EVERY = Duration.ofSeconds(1);
  private static final Duration STOP_MAX = Duration.ofSeconds(5);

  private final DueDeadlines deadlines;
  private final Function<StreamId, CompletableFuture<Void>> wake;
  private final SimulatedTime clock;
  private final FaultRules faults;
  private final PollerSettings settings;
  private final Semaphore room;
  private final Semaphore look = new Semaphore(0);
  private final Thread thread = Thread.ofPlatform().name("deadlines").daemon().unstarted(this::run);
  private long measuredAtNanos = System.nanoTime() - MEASURE_EVERY.toNanos();
  private volatile long due;
  private volatile Duration lateness = Duration.ZERO;
  private volatile boolean closed;

  /// @param wake applies the deadlines of a stream that have passed; may block while there is no
  ///   room, and its result is complete when that is durable
  public DeadlinePoller(
      DueDeadlines deadlines,
      Function<StreamId, CompletableFuture<Void>> wake,
      SimulatedTime clock,
      FaultRules faults,
      PollerSettings settings,
      MeterRegistry meters) {
    this.deadlines = deadlines;
    this.wake = wake;
    this.clock = clock;
    this.faults = faults;
    this.settings = settings;
    this.room = new Semaphore(settings.inFlightMax());
    Gauge.builder("marketplace.deadlines.due", () -> due)
        .description("streams whose deadline has passed and has not been applied")
        .register(meters);
    Gauge.builder("marketplace.deadlines.lateness.seconds", () -> lateness.toMillis() / 1000.0)
        .description("simulated time since the oldest of them passed")
        .register(meters);
  }

  public void start() {
    clock.onChange(look::release);
    thread.start();
  }

  /// Ends the polling; streams that were handed over already are the handler's.
  @Override
  public void close() {
    closed = true;
    look.release();
    try {
      var _ = thread.join(STOP_MAX);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) awaitNextLook(fireWhatIsDue() ? settings.interval() : RETRY_AFTER);
    } catch (InterruptedException _) {
      closed = true;
    }
  }

  /// @return did it work?
  private boolean fireWhatIsDue() throws InterruptedException {
    try {
      var more = clock.ready();
      while (more && !closed) {
        measure();
        more = !faults.holdsDeadlines() && leaseSome();
      }
      return true;
    } catch (SQLException e) {
      LOG.warnf("deadlines cannot be read, again in %s: %s", RETRY_AFTER, e.getMessage());
    } catch (RuntimeException e) {
      LOG.errorf(e, "deadlines cannot be applied, again in %s", RETRY_AFTER);
    }
    return false;
  }

  /// @return were there as many as could be taken? Then there are more
  private boolean leaseSome() throws SQLException, InterruptedException {
    while (!room.tryAcquire(
        settings.batchMax(), settings.interval().toMillis(), TimeUnit.MILLISECONDS)) {
      if (closed) return false;
    }
    var unused = settings.batchMax();
    try {
      var streams = deadlines.lease(clock.moment(), settings.batchMax(), settings.lease());
      for (var stream : streams) {
        var done = wake.apply(stream);
        unused--;
        var _ = done.whenComplete((_, failure) -> settled(stream, failure));
      }
      return streams.size() == settings.batchMax();
    } finally {
      room.release(unused);
    }
  }

  private void settled(StreamId stream, @Nullable Throwable failure) {
    room.release();
    // The lease ends, and somebody tries again.
    if (failure == null) return;
    try (var _ = LogFields.of(stream.toString(), null)) {
      LOG.debugf("%s was not woken: %s", stream, failure);
    }
  }

  private void measure() throws SQLException {
    if (System.nanoTime() - measuredAtNanos < MEASURE_EVERY.toNanos()) return;
    measuredAtNanos = System.nanoTime();
    Moment now = clock.moment();
    var backlog = deadlines.backlog(now);
    due = backlog.count();
    var oldest = backlog.oldest();
    lateness = oldest == null ? Duration.ZERO : Duration.between(oldest, now.instant());
  }

  private void awaitNextLook(Duration atMost) throws InterruptedException {
    var _ = look.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
    look.drainPermits();
  }
}
