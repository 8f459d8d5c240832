package marketplace.simulation.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Work that takes longer than a caller waits: it has an id, and is asked for later. The last ones
/// are kept as long as the process lives.
final class Jobs<R> {
  private static final Logger LOG = Logger.getLogger(Jobs.class);
  private static final int KEPT = 50;

  private final Map<UUID, Job<R>> jobs = new LinkedHashMap<>();

  enum State {
    RUNNING,
    ENDED,
    FAILED
  }

  /// One piece of it.
  static final class Job<R> {
    private final UUID id;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile State state = State.RUNNING;
    private volatile String progress = "";
    private volatile @Nullable R result;
    private volatile @Nullable String fault;

    Job(UUID id) {
      this.id = id;
    }

    UUID id() {
      return id;
    }

    State state() {
      return state;
    }

    /// How far it has come, in words.
    String progress() {
      return progress;
    }

    /// Null unless it has ended.
    @Nullable R result() {
      return result;
    }

    /// Why it failed; null unless it has.
    @Nullable String fault() {
      return fault;
    }

    void at(String newProgress) {
      progress = newProgress;
    }

    boolean isStopped() {
      return stopped.get();
    }

    void stop() {
      stopped.set(true);
    }
  }

  Job<R> start(String name, Function<Job<R>, R> work) {
    return start(UUID.randomUUID(), name, work);
  }

  /// In the place of an earlier one with this id.
  Job<R> start(UUID id, String name, Function<Job<R>, R> work) {
    var job = new Job<R>(id);
    synchronized (jobs) {
      jobs.put(job.id(), job);
      if (jobs.size() > KEPT) jobs.remove(jobs.keySet().iterator().next());
    }
    Thread.ofPlatform().daemon().name(name).start(() -> run(name, job, work));
    return job;
  }

  private static <R> void run(String name, Job<R> job, Function<Job<R>, R> work) {
    try {
      job.result = work.apply(job);
      job.state = State.ENDED;
    } catch (RuntimeException e) {
      LOG.errorf(e, "%s has failed", name);
      job.fault = e.toString();
      job.state = State.FAILED;
    }
  }

  /// @throws marketplace.eventsourcing.ProblemException where there is none
  Job<R> find(UUID id) {
    synchronized (jobs) {
      var job = jobs.get(id);
      if (job == null) throw Problems.notFound("nothing is known of " + id);
      return job;
    }
  }
}
