package marketplace.eventsourcing.following;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.sql.DataSource;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.store.EventReader;
import marketplace.eventsourcing.store.StoreUnavailableException;
import org.jboss.logging.Logger;

/// Goes through the service's own events in the order of their transactions, and hands those to the
/// handler that ask something of other streams afterwards (`FollowUps`). A piece of them is handed
/// over at once, so that what concerns one stream is decided and stored together.
///
/// Its place is kept after a piece has been dealt with: whoever goes on after a crash repeats a
/// part of it, which the inbox knows by the events' ids. One instance follows at a time; the others
/// look whether it still does. Nothing is ever passed over: where a rule fails, the follower stays
/// where it is, says so, and tries again.
public final class Follower implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Follower.class);

  private static final int EVENTS_EACH_PIECE = 500;
  private static final int COUNT_MAX = 10_000;
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final Duration STOP_MAX = Duration.ofSeconds(5);

  private final DataSource database;
  private final EventReader reader;
  private final Aggregate<?, ?, ?, ?> aggregate;
  private final Set<String> types;
  private final Function<StoredEvent<?>, CompletableFuture<Void>> handle;
  private final BooleanSupplier ready;
  private final Semaphore look = new Semaphore(0);
  private final Thread thread;
  private volatile long atTheEndNanos = System.nanoTime();
  private volatile boolean closed;

  /// @param aggregate whose streams' events are followed
  /// @param handle what an event asks for; may block while there is no room, and its result is
  ///   complete when that is durable
  /// @param ready before, nothing can be decided
  public Follower(
      DataSource database,
      EventReader reader,
      Aggregate<?, ?, ?, ?> aggregate,
      Function<StoredEvent<?>, CompletableFuture<Void>> handle,
      BooleanSupplier ready,
      MeterRegistry meters) {
    this.database = database;
    this.reader = reader;
    this.aggregate = aggregate;
    this.types = typesOf(aggregate);
    this.handle = handle;
    this.ready = ready;
    this.thread =
        Thread.ofPlatform().name("follow-" + aggregate.category()).daemon().unstarted(this::run);
    Gauge.builder("marketplace.follower.behind.seconds", this::secondsBehind)
        .description("wall time since all events of the service were followed up")
        .tag("streams", aggregate.category())
        .register(meters);
  }

  private static <E> Set<String> typesOf(Aggregate<?, ?, E, ?> aggregate) {
    return aggregate.codec().namesOf(aggregate.followUps().concerning());
  }

  public void start() {
    thread.start();
  }

  /// Ends the following; what was handed over already is the handler's.
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

  /// Has something to follow up been stored here? What others store is found a little later.
  public void appended(StoredEvent<?> event) {
    var streams = event.stream().category();
    if (streams.equals(aggregate.category()) && aggregate.followUps().concern(event.event())) {
      look.release();
    }
  }

  /// How many events are still to be followed up.
  ///
  /// @throws SQLException where the database does not answer
  public long behind() throws SQLException {
    try (var turn = new Turn(database, aggregate.category())) {
      return reader.countAfter(turn.place(), COUNT_MAX, types);
    }
  }

  private double secondsBehind() {
    return (System.nanoTime() - atTheEndNanos) / 1e9;
  }

  private void run() {
    try {
      while (!closed) {
        var _ = look.tryAcquire(followed().toMillis(), TimeUnit.MILLISECONDS);
        look.drainPermits();
      }
    } catch (InterruptedException _) {
      closed = true;
    }
  }

  /// @return after how long to look again
  private Duration followed() {
    try {
      while (!closed && ready.getAsBoolean() && followPiece()) {}
      return LOOK_EVERY;
    } catch (SQLException | StoreUnavailableException e) {
      LOG.warnf("events cannot be read, again in %s: %s", RETRY_AFTER, e.getMessage());
    } catch (CompletionException e) {
      if (!closed) LOG.warnf("not followed up, again in %s: %s", RETRY_AFTER, e.getCause());
    } catch (RuntimeException e) {
      LOG.errorf(e, "events of %s cannot be followed up", aggregate.category());
    }
    return RETRY_AFTER;
  }

  /// @return is there more?
  private boolean followPiece() throws SQLException {
    try (var turn = new Turn(database, aggregate.category())) {
      if (!turn.begin()) return nothingToDo();
      var place = turn.place();
      var piece = reader.trail(place, EVENTS_EACH_PIECE, aggregate, types);
      if (piece.next().equals(place)) return nothingToDo();
      var handed = piece.events().stream().map(handle).toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(handed).join();
      turn.endAt(piece.next());
      return piece.full();
    }
  }

  private boolean nothingToDo() {
    atTheEndNanos = System.nanoTime();
    return false;
  }
}
