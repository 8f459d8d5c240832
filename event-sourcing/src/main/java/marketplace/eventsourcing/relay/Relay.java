package marketplace.eventsourcing.relay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import marketplace.eventsourcing.UnknownStoredEventException;
import marketplace.eventsourcing.relay.RelayStatus.State;
import marketplace.eventsourcing.tracing.Tracing;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Publishes what the service has stored, for as long as it is started: after every fault it begins
/// again, with growing pauses, and says so by its status and its meters. Of several instances one
/// publishes and the others wait for their turn.
public final class Relay implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Relay.class);

  private final RelaySettings settings;
  private final Translation translation;
  private final Tracing tracing;
  private final RelayProbe probe;
  private final Counter restarts;
  private final Counter republished;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition called = lock.newCondition();
  private boolean stopping;

  /// Null until `start`.
  private @Nullable Thread thread;

  /// Null between two runs.
  private @Nullable RelayRun running;

  private volatile State state = State.STOPPED;

  /// Null while nothing is wrong.
  private volatile @Nullable String fault;

  private volatile long unpublished;

  public Relay(
      RelaySettings settings, List<PublishedCategory<?>> categories, MeterRegistry registry) {
    this(settings, categories, registry, RelayProbe.NONE);
  }

  Relay(
      RelaySettings settings,
      List<PublishedCategory<?>> categories,
      MeterRegistry registry,
      RelayProbe probe) {
    this(settings, categories, registry, Tracing.OFF, probe);
  }

  public Relay(
      RelaySettings settings,
      List<PublishedCategory<?>> categories,
      MeterRegistry registry,
      Tracing tracing,
      RelayProbe probe) {
    this.settings = settings;
    this.tracing = tracing;
    this.translation = new Translation(settings.service(), categories);
    this.probe = probe;
    this.restarts =
        Counter.builder("marketplace.relay.restarts")
            .description("Runs of the relay that ended with a fault")
            .register(registry);
    this.republished =
        Counter.builder("marketplace.relay.republished")
            .description("Events that were published from the table because the log lacked them")
            .register(registry);
    Gauge.builder("marketplace.relay.unpublished", this, relay -> relay.unpublished)
        .description("Store head less published mark, in events with a message")
        .register(registry);
    for (var each : State.values()) {
      Gauge.builder("marketplace.relay.state", this, relay -> relay.state == each ? 1 : 0)
          .description("1 for the state in which the relay is")
          .tag("state", each.name())
          .register(registry);
    }
  }

  public void start() {
    lock.lock();
    try {
      if (thread != null) throw new IllegalStateException("a relay is started once");
      state = State.STARTING;
      thread = Thread.ofPlatform().name(settings.slot()).start(this::publish);
    } finally {
      lock.unlock();
    }
  }

  /// Returns when nothing of it runs any more. What was sent and not confirmed is sent again by the
  /// next one.
  @Override
  public void close() {
    Thread ending;
    lock.lock();
    try {
      stopping = true;
      called.signalAll();
      if (running != null) running.stop();
      ending = thread;
    } finally {
      lock.unlock();
    }
    try {
      if (ending != null) ending.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public RelayStatus status() {
    return new RelayStatus(state, fault, unpublished);
  }

  /// Asks for a published mark soon: without it the mark is up to a second old.
  public void requestMark() {
    lock.lock();
    try {
      if (running != null) running.requestMark();
    } finally {
      lock.unlock();
    }
  }

  private void publish() {
    var pause = settings.pauseLeast();
    while (!isStopping()) {
      var begun = System.nanoTime();
      try {
        runOnce();
      } catch (Exception e) {
        if (isStopping()) break;
        // A run that has gone well for a while is no part of a series of faults.
        var lasted = Duration.ofNanos(System.nanoTime() - begun);
        if (lasted.compareTo(settings.pauseMost()) > 0) pause = settings.pauseLeast();
        failed(e, pause);
        await(pause);
        pause = pause.multipliedBy(2);
        if (pause.compareTo(settings.pauseMost()) > 0) pause = settings.pauseMost();
      }
    }
    state = State.STOPPED;
  }

  private void runOnce() throws Exception {
    var run = new RelayRun(settings, translation, tracing, probe, new Reports());
    if (!begin(run)) {
      run.stop();
    }
    try {
      run.run();
    } finally {
      end();
    }
  }

  private boolean begin(RelayRun run) {
    lock.lock();
    try {
      running = run;
      return !stopping;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      running = null;
    } finally {
      lock.unlock();
    }
  }

  private void failed(Exception e, Duration pause) {
    state = State.FAILED;
    fault = root(e);
    restarts.increment();
    LOG.errorf(e, "relay of %s stopped, starts again in %s", settings.service(), pause);
  }

  /// The innermost cause says what it was; an event of a newer build is told apart because nothing
  /// but a newer instance helps.
  private static String root(Throwable thrown) {
    var cause = thrown;
    while (cause.getCause() != null && !(cause instanceof UnknownStoredEventException)) {
      cause = cause.getCause();
    }
    return cause.toString();
  }

  private boolean isStopping() {
    lock.lock();
    try {
      return stopping;
    } finally {
      lock.unlock();
    }
  }

  private void await(Duration pause) {
    lock.lock();
    try {
      var left = pause.toNanos();
      while (!stopping && left > 0) left = called.awaitNanos(left);
    } catch (InterruptedException e) {
      stopping = true;
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private final class Reports implements RelayRun.Listener {
    @Override
    public void became(State reached) {
      if (reached == State.PUBLISHING || reached == State.WAITING) fault = null;
      state = reached;
    }

    @Override
    public void unpublished(long count) {
      unpublished = count;
    }

    @Override
    public void republished(int count) {
      republished.increment(count);
    }
  }
}
