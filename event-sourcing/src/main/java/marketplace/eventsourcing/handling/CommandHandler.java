package marketplace.eventsourcing.handling;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Aggregates;
import marketplace.eventsourcing.CommandRequest;
import marketplace.eventsourcing.Delivery;
import marketplace.eventsourcing.Inbound;
import marketplace.eventsourcing.RenderedAnswer;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.store.ConcurrentAppendException;
import marketplace.eventsourcing.store.EventStore;
import marketplace.eventsourcing.store.SetAside;
import marketplace.eventsourcing.store.StoreUnavailableException;
import marketplace.eventsourcing.store.Writes;
import marketplace.eventsourcing.time.SimulatedTime;
import marketplace.eventsourcing.tracing.Step;
import marketplace.eventsourcing.tracing.Tracing;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The only way in: whatever asks for a decision waits here, and is decided in batches. A batch
/// forms by itself while the one before it is being written.
public final class CommandHandler {
  private static final Logger LOG = Logger.getLogger(CommandHandler.class);

  private static final int WRITERS = 2;
  private static final int RETRIED_AT_ONCE_MAX = 200;
  private static final Duration BACK_OFF_MIN = Duration.ofMillis(50);
  private static final Duration BACK_OFF_MAX = Duration.ofSeconds(5);
  private static final Duration FAULTY_BACK_OFF_MAX = Duration.ofMinutes(5);
  private static final Duration TIDY_EVERY = Duration.ofMinutes(10);

  private final EventStore store;
  private final BatchRunner runner;
  private final InstantSource wall;
  private final HandlerSettings settings;
  private final Meters meters;
  private final Tracing tracing;
  private final Queues queues;
  private final List<Thread> writers = new ArrayList<>();
  private final List<Consumer<StoredEvent<?>>> listeners = new CopyOnWriteArrayList<>();
  private Instant lastTidied = Instant.EPOCH;

  public CommandHandler(
      EventStore store,
      List<Aggregate<?, ?, ?, ?>> aggregates,
      List<Inbound<?>> inbound,
      SimulatedTime clock,
      InstantSource wall,
      HandlerSettings settings,
      ObjectMapper json,
      MeterRegistry registry,
      Tracing tracing) {
    this.store = store;
    this.runner =
        new BatchRunner(
            store,
            Rules.of(
                new Aggregates(aggregates),
                new FactReader(inbound, clock),
                settings,
                json,
                tracing),
            clock,
            wall,
            this::written);
    this.wall = wall;
    this.settings = settings;
    this.queues = new Queues(settings);
    this.meters = new Meters(registry, queues);
    this.tracing = tracing;
  }

  /// Tells of every event, after its commit and by the thread that has written it.
  public void onAppended(Consumer<StoredEvent<?>> listener) {
    listeners.add(listener);
  }

  private void written(Writes writes) {
    Untaken.tell(writes);
    for (var listener : listeners) {
      for (var appended : writes.events()) listener.accept(appended.event());
    }
  }

  public synchronized void start() {
    for (var number = 1; number <= WRITERS; number++) {
      writers.add(Thread.ofPlatform().name("event-writer-" + number).start(this::writeBatches));
    }
  }

  /// Lets the open batches end. Whoever still waits gets a `StoreUnavailableException`.
  public synchronized void stop() {
    queues.close();
    for (var writer : writers) {
      try {
        writer.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    writers.clear();
  }

  /// Waits until the answer is durable.
  ///
  /// @throws QueueFullException where too many are waiting
  /// @throws ConcurrentAppendException after too many lost races
  /// @throws StoreUnavailableException where the database is away
  public RenderedAnswer handle(CommandRequest<?, ?, ?, ?> request) {
    var step = tracing.command(request.command(), request.stream(), request.trace());
    try {
      var answer = answerTo(request.goingOnFrom(step));
      step.end("status", String.valueOf(answer.status()));
      return answer;
    } catch (RuntimeException e) {
      step.fail(e);
      throw e;
    }
  }

  private RenderedAnswer answerTo(CommandRequest<?, ?, ?, ?> request) {
    var pending = new Pending(new Task.Command(request), Pending.Source.CALLER);
    queues.offer(pending);
    return switch (await(pending.result())) {
      case Result.Answered(var answer) -> answer;
      case Result.Handled _, Result.Failed _ ->
          throw new IllegalStateException("a command has got no answer: " + request.command());
    };
  }

  private static Result await(CompletableFuture<Result> result) {
    try {
      return result.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) throw cause;
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for an answer", e);
    }
  }

  /// Waits for room; the result is complete when the record is durably dealt with: applied,
  /// refused, found to be a repetition, or set aside. Records of one partition must be handed over
  /// in their order.
  public CompletableFuture<Void> accept(Delivery delivery) {
    var incoming = runner.read(delivery);
    if (!(incoming instanceof Incoming.Understood understood) || understood.asksForNothing()) {
      return put(new Task.Arrival(incoming, null), Pending.Source.FACT).thenApply(_ -> null);
    }
    var fact = understood.fact();
    var step = tracing.consumption(fact.type(), fact.subject(), fact.trace());
    return put(new Task.Arrival(understood.goingOnFrom(step), null), Pending.Source.FACT)
        .whenComplete((result, failure) -> end(step, result, failure))
        .thenApply(_ -> null);
  }

  private static void end(Step step, @Nullable Result result, @Nullable Throwable failure) {
    if (failure != null) step.fail(failure);
    else if (result instanceof Result.Handled(var how)) step.end("result", how.name());
    else step.end();
  }

  /// Waits for room; the result is complete when what one of the service's own events asks of other
  /// streams is durably done, refused, or found to be done already. Fails where their rules do:
  /// whoever follows the events tries again.
  public CompletableFuture<Void> follow(StoredEvent<?> event) {
    return put(runner.followUps(event), Pending.Source.FACT).thenApply(_ -> null);
  }

  /// Waits for room; applies the deadlines of a stream that the clock's bound admits. `Bound.id` is
  /// compared with the id of the stream, without its category. Fails where a deadline's own rule
  /// does: whoever leases the stream next tries again.
  public CompletableFuture<Void> wake(StreamId stream) {
    return put(new Task.Wake(stream), Pending.Source.DEADLINE).thenApply(_ -> null);
  }

  /// Looks again at what is parked; to be called each second of wall time.
  ///
  /// @param readPast has every topic been read up to this wall time at its producer, or to its end?
  ///   Only then may a record that has waited for too long be refused
  public CompletableFuture<Void> retryParked(Predicate<Instant> readPast) {
    var now = wall.instant();
    var parkedBefore = now.minus(settings.parkFor());
    tidy(now);
    var waiting = new ArrayList<CompletableFuture<Result>>();
    for (var record : store.dueForRetry(parkedBefore, now, RETRIED_AT_ONCE_MAX)) {
      var refusable =
          record.delivery().receivedAt().isBefore(parkedBefore)
              && readPast.test(record.recordedAt());
      waiting.add(
          put(
              new Task.Retry(record, runner.read(record.delivery()), refusable),
              Pending.Source.FACT));
    }
    return CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new));
  }

  private synchronized void tidy(Instant now) {
    if (now.isBefore(lastTidied.plus(TIDY_EVERY))) return;
    store.tidy(now.minus(settings.keepAnswersFor()), now);
    lastTidied = now;
  }

  private CompletableFuture<Result> put(Task task, Pending.Source source) {
    var pending = new Pending(task, source);
    queues.put(pending);
    return pending.result();
  }

  // The writers

  private void writeBatches() {
    for (var batch = queues.take(); !batch.isEmpty(); batch = queues.take()) {
      try {
        write(batch, true);
      } catch (RuntimeException | Error e) {
        // Nothing gets past write(); should it ever, nobody may wait for ever.
        LOG.error("a batch was lost", e);
        for (var pending : batch) pending.result().completeExceptionally(e);
      } finally {
        queues.release(batch);
      }
    }
  }

  /// @param releasing see `Batch`
  private void write(List<Pending> batch, boolean releasing) {
    if (batch.isEmpty()) return;
    List<Result> results;
    try {
      results = runner.run(batch.stream().map(Pending::task).toList(), releasing);
    } catch (ConcurrentAppendException e) {
      lost(batch, e);
      return;
    } catch (StoreUnavailableException e) {
      for (var pending : batch.reversed()) away(pending, e);
      return;
    } catch (RuntimeException e) {
      fault(batch, releasing, e);
      return;
    }
    meters.written(batch.size());
    for (var i = 0; i < batch.size(); i++) {
      switch (results.get(i)) {
        case Result.Failed(var cause) -> failed(batch.get(i), cause);
        case Result.Handled(var how) -> {
          if (batch.get(i).source() == Pending.Source.FACT) meters.handled(how);
          batch.get(i).result().complete(results.get(i));
        }
        case Result.Answered _ -> batch.get(i).result().complete(results.get(i));
      }
    }
  }

  /// The members that lost go back to the head of their queue, the others are written at once.
  private void lost(List<Pending> batch, ConcurrentAppendException race) {
    meters.race();
    var claims = new HashSet<>(race.lost());
    var losers = new ArrayList<Pending>();
    var others = new ArrayList<Pending>();
    for (var pending : batch) {
      if (pending.claims().stream().anyMatch(claims::contains)) {
        losers.add(pending);
        // Whoever comes after a loser and shares something with it must stay behind it.
        claims.addAll(pending.claims());
      } else {
        others.add(pending);
      }
    }
    if (losers.isEmpty()) {
      losers.addAll(others);
      others.clear();
    }
    for (var loser : losers.reversed()) again(loser, race);
    write(others, true);
  }

  private void again(Pending pending, ConcurrentAppendException race) {
    var attempts = pending.countRace();
    if (pending.source() == Pending.Source.CALLER) {
      if (attempts > settings.retriesMax()) pending.result().completeExceptionally(race);
      else queues.putBack(pending, Duration.ZERO);
    } else {
      queues.putBack(
          pending,
          attempts > settings.retriesMax() ? backOff(attempts, BACK_OFF_MAX) : Duration.ZERO);
    }
  }

  /// A fault has no name: the batch is halved until the member that it belongs to stands alone.
  private void fault(List<Pending> batch, boolean releasing, RuntimeException fault) {
    if (batch.size() > 1) {
      write(batch.subList(0, batch.size() / 2), releasing);
      write(batch.subList(batch.size() / 2, batch.size()), releasing);
    } else if (releasing) {
      // It may come from a record that waited for the member, which has nothing to do with it.
      write(batch, false);
    } else {
      failed(batch.getFirst(), fault);
    }
  }

  private void failed(Pending pending, RuntimeException cause) {
    meters.fault();
    try (var _ = pending.task().logFields()) {
      failedAloud(pending, cause);
    }
  }

  private void failedAloud(Pending pending, RuntimeException cause) {
    switch (pending.task()) {
      case Task.Command _, Task.Wake _, Task.Follow _ -> {
        LOG.errorf(cause, "could not be decided: %s", pending.claims());
        pending.result().completeExceptionally(cause);
      }
      case Task.Arrival(var incoming, _) -> {
        LOG.errorf(cause, "could not be applied: %s", pending.claims());
        var attempts = pending.countFault();
        if (attempts < settings.factAttemptsMax()) {
          queues.putBack(pending, backOff(attempts, BACK_OFF_MAX));
        } else {
          // Set aside, it blocks the records behind it no longer, save those of its own stream.
          var giveUp = new Fault(cause.toString(), 1, wall.instant().plus(BACK_OFF_MAX));
          queues.putBack(pending.as(new Task.Arrival(incoming, giveUp)), Duration.ZERO);
        }
      }
      case Task.Retry(var record, _, _) -> postpone(pending, record, cause);
    }
  }

  private void postpone(Pending pending, SetAside record, RuntimeException cause) {
    var next = wall.instant().plus(backOff(record.attempts() + 1, FAULTY_BACK_OFF_MAX));
    try {
      store.postpone(record.postponed(cause.toString(), next));
      pending.result().complete(new Result.Failed(cause));
    } catch (RuntimeException e) {
      pending.result().completeExceptionally(e);
    }
  }

  /// Without a database nobody gets an answer that would let a fact be acknowledged.
  private void away(Pending pending, StoreUnavailableException away) {
    if (pending.source() == Pending.Source.CALLER) {
      pending.result().completeExceptionally(away);
    } else {
      queues.putBack(pending, backOff(pending.countRace(), BACK_OFF_MAX));
    }
  }

  private static Duration backOff(int attempts, Duration max) {
    var doubled = BACK_OFF_MIN.multipliedBy(1L << Math.min(attempts, 20));
    return doubled.compareTo(max) < 0 ? doubled : max;
  }
}
