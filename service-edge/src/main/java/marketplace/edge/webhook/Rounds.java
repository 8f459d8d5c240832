package marketplace.edge.webhook;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import marketplace.eventsourcing.store.StoreUnavailableException;
import org.jboss.logging.Logger;

/// A thread that looks for work when it is told to, and every so often by itself, for what others
/// have left to it.
final class Rounds implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Rounds.class);

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final Duration STOP_MAX = Duration.ofSeconds(5);

  /// Does a bounded piece of work.
  @FunctionalInterface
  interface Round {
    /// @return is there more?
    boolean done() throws SQLException;
  }

  private final Round round;
  private final Semaphore look = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;

  Rounds(String name, Round round) {
    this.round = round;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// There may be work.
  void look() {
    look.release();
  }

  @Override
  public void close() {
    closed = true;
    look.release();
    if (!thread.isAlive()) return;
    try {
      var _ = thread.join(STOP_MAX);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) {
        var pause = worked();
        if (!closed && look.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          look.drainPermits();
        }
      }
    } catch (InterruptedException _) {
      closed = true;
    }
  }

  /// @return after how long to look again
  private Duration worked() {
    try {
      while (!closed && round.done()) {}
      return LOOK_EVERY;
    } catch (SQLException | StoreUnavailableException e) {
      if (!closed) LOG.warnf("webhooks wait for the database: %s", e.getMessage());
    } catch (RuntimeException e) {
      if (!closed) LOG.error("webhooks stand still", e);
    }
    return RETRY_AFTER;
  }
}
