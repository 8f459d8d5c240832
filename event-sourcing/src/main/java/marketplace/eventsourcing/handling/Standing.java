package marketplace.eventsourcing.handling;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Change;
import marketplace.eventsourcing.Consequences;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.Decision;
import marketplace.eventsourcing.History;
import marketplace.eventsourcing.Message;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import marketplace.eventsourcing.ViewRow;
import marketplace.eventsourcing.store.Writes;
import org.jspecify.annotations.Nullable;

/// How one stream stands in the middle of a batch: what was read, and what the batch has added.
final class Standing<C, S, E, R> {
  /// Of one stream before one command; more would be a loop.
  private static final int DEADLINES_MAX = 1_000;

  private static final String DEADLINE_ACTOR = "DEADLINE";

  private final Aggregate<C, S, E, R> aggregate;
  private final StreamId stream;
  private final History<E> loaded;
  private final S before;
  private final HandlerSettings settings;
  private final Undo undo;
  private final Spreading spreading;
  private final Tracer tracer;
  private final List<StoredEvent<E>> added = new ArrayList<>();
  private final List<Writes.Appended> appended = new ArrayList<>();
  private S state;
  private int version;
  private int publishedVersion;
  private @Nullable Instant lastTime;
  private boolean deadlineWanted;

  /// Tells the other streams what an event asks of them.
  interface Spreading {
    /// @throws RefusedElsewhere where one of them refuses
    <E> void spread(Consequences<E, ?> consequences, StoredEvent<E> event);
  }

  /// Traces a deadline that is applied.
  interface Tracer {
    /// @return of what it brings
    Trace begin(String deadline, StreamId stream, Trace trace);
  }

  private Standing(
      Aggregate<C, S, E, R> aggregate,
      History<E> loaded,
      HandlerSettings settings,
      Undo undo,
      Spreading spreading,
      Tracer tracer) {
    this.aggregate = aggregate;
    this.stream = loaded.stream();
    this.loaded = loaded;
    this.before = loaded.fold(aggregate.decider());
    this.settings = settings;
    this.undo = undo;
    this.spreading = spreading;
    this.tracer = tracer;
    this.state = before;
    this.version = loaded.version();
    this.publishedVersion = loaded.publishedVersion();
    this.lastTime = loaded.events().isEmpty() ? null : loaded.events().getLast().time();
  }

  @SuppressWarnings("unchecked") // the store reads a stream with the codec of its own aggregate
  static <C, S, E, R> Standing<C, S, E, R> of(
      Aggregate<C, S, E, R> aggregate,
      StreamId stream,
      @Nullable History<?> loaded,
      HandlerSettings settings,
      Undo undo,
      Spreading spreading,
      Tracer tracer) {
    var history = loaded == null ? new History<E>(stream, List.of()) : (History<E>) loaded;
    return new Standing<>(aggregate, history, settings, undo, spreading, tracer);
  }

  StreamId stream() {
    return stream;
  }

  boolean isOpen() {
    return version > 0;
  }

  int version() {
    return version;
  }

  int publishedVersion() {
    return publishedVersion;
  }

  S state() {
    return state;
  }

  Aggregate<C, S, E, R> aggregate() {
    return aggregate;
  }

  /// Time does not go back within a stream.
  Instant notBeforeLast(Instant time) {
    return lastTime != null && time.isBefore(lastTime) ? lastTime : time;
  }

  @SuppressWarnings("unchecked") // whoever names a stream gives a command of its aggregate
  Decision<E, R> decide(Object command, Instant time) {
    return aggregate.decider().decide((C) command, state, notBeforeLast(time));
  }

  /// Lets every deadline that is due at `time` decide, each at its own instant.
  void applyDeadlines(Instant time, Predicate<Deadline<C>> admitted, Instant recordedAt) {
    for (var fired = 0; ; fired++) {
      var next = aggregate.decider().nextDeadline(state);
      if (next.isEmpty() || next.get().dueAt().isAfter(time) || !admitted.test(next.get())) return;
      if (fired == DEADLINES_MAX) throw new IllegalStateException("no end of deadlines: " + stream);
      apply(next.get(), recordedAt);
    }
  }

  private void apply(Deadline<C> deadline, Instant recordedAt) {
    var bringer = bringerOf(deadline);
    var at = notBeforeLast(deadline.dueAt());
    switch (aggregate.decider().decide(deadline.command(), state, at)) {
      case Decision.Accepted<E, R>(var events) -> {
        var trace = bringer.trace().causedBy(bringer.eventId(), DEADLINE_ACTOR);
        append(events, tracer.begin(deadline.name(), stream, trace), at, recordedAt);
      }
      case Decision.Rejected<E, R>(var reason) ->
          throw new IllegalStateException(
              "deadline %s of %s is refused: %s".formatted(deadline.name(), stream, reason));
    }
    // Another one of the same name and instant is progress: two refunds may arrive together.
    if (aggregate.decider().nextDeadline(state).filter(deadline::equals).isPresent()) {
      throw new IllegalStateException(
          "deadline %s of %s has passed and is still there".formatted(deadline.name(), stream));
    }
  }

  /// The event after which the deadline first stood as it stands now.
  private StoredEvent<E> bringerOf(Deadline<C> deadline) {
    var decider = aggregate.decider();
    var folded = decider.initialState();
    for (var events : List.of(loaded.events(), added)) {
      for (var event : events) {
        folded = decider.evolve(folded, event.event());
        if (decider.nextDeadline(folded).filter(deadline::equals).isPresent()) return event;
      }
    }
    throw new IllegalStateException("nothing has brought " + deadline + " to " + stream);
  }

  void append(List<E> events, Trace trace, Instant time, Instant recordedAt) {
    if (events.isEmpty()) return;
    remember();
    var at = notBeforeLast(time);
    // Whatever hand caused it: what is stored here is this service's own decision.
    var own =
        trace.origin() == Origin.SERVICE
            ? trace
            : new Trace(
                trace.correlationId(),
                trace.causationId(),
                trace.actor(),
                Origin.SERVICE,
                trace.runId(),
                trace.traceparent());
    var first = added.size();
    for (var event : events) append(event, own, at, recordedAt);
    lastTime = at;
    for (var event : List.copyOf(added.subList(first, added.size()))) {
      spreading.spread(aggregate.consequences(), event);
    }
  }

  private void append(E event, Trace trace, Instant at, Instant recordedAt) {
    version++;
    var eventId = StoredEvent.eventId(stream, version);
    var silent = stored(eventId, event, false, trace, at, recordedAt);
    // What cannot be published is never accepted.
    var message = aggregate.publications().messageFor(silent).orElse(null);
    var stored = message == null ? silent : stored(eventId, event, true, trace, at, recordedAt);
    if (message != null) {
      requireShort(message);
      publishedVersion = version;
    }
    added.add(stored);
    appended.add(new Writes.Appended(stored, message));
    state = aggregate.decider().evolve(state, event);
  }

  private void requireShort(Message message) {
    if (!settings.leavesProcess()) return;
    var length = message.data().length();
    if (length > settings.messageCharactersMax()) {
      throw new IllegalStateException(
          "a message must have at most %d characters, %s of %s had %d"
              .formatted(settings.messageCharactersMax(), message.type(), stream, length));
    }
  }

  private StoredEvent<E> stored(
      UUID eventId, E event, boolean hasMessage, Trace trace, Instant at, Instant recordedAt) {
    return new StoredEvent<>(
        0,
        eventId,
        stream,
        version,
        publishedVersion,
        hasMessage,
        aggregate.codec().nameOf(event),
        event,
        trace,
        at,
        recordedAt);
  }

  private void remember() {
    var size = added.size();
    var oldState = state;
    var oldVersion = version;
    var oldPublishedVersion = publishedVersion;
    var oldLastTime = lastTime;
    undo.add(() -> {
      added.subList(size, added.size()).clear();
      appended.subList(size, appended.size()).clear();
      state = oldState;
      version = oldVersion;
      publishedVersion = oldPublishedVersion;
      lastTime = oldLastTime;
    });
  }

  /// Its row is written even where nothing has changed, so that whoever holds it lets go.
  void refreshDeadline() {
    deadlineWanted = true;
  }

  List<Writes.Appended> appended() {
    return appended;
  }

  List<ViewRow> rows() {
    if (added.isEmpty()) return List.of();
    return aggregate
        .projection()
        .rowsFor(
            new Change<>(
                stream,
                before,
                state,
                List.copyOf(added),
                version,
                publishedVersion,
                added.getLast().time()));
  }

  Optional<Writes.NextDeadline> nextDeadline() {
    if (added.isEmpty() && !deadlineWanted) return Optional.empty();
    Optional<Deadline<C>> next =
        version == 0 ? Optional.empty() : aggregate.decider().nextDeadline(state);
    if (!deadlineWanted && same(next, knownDeadline())) return Optional.empty();
    return Optional.of(new Writes.NextDeadline(stream, next.orElse(null)));
  }

  private Optional<Deadline<C>> knownDeadline() {
    return loaded.events().isEmpty() ? Optional.empty() : aggregate.decider().nextDeadline(before);
  }

  private static <C> boolean same(Optional<Deadline<C>> one, Optional<Deadline<C>> other) {
    if (one.isEmpty() || other.isEmpty()) return one.isEmpty() == other.isEmpty();
    var a = one.get();
    var b = other.get();
    return a.name().equals(b.name()) && a.rank() == b.rank() && a.dueAt().equals(b.dueAt());
  }
}
