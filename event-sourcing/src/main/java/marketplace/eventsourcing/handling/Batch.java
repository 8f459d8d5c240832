package marketplace.eventsourcing.handling;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.CommandRequest;
import marketplace.eventsourcing.Consequences;
import marketplace.eventsourcing.Decision;
import marketplace.eventsourcing.Envelope;
import marketplace.eventsourcing.Outcome;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.Reaction;
import marketplace.eventsourcing.RejectedFact;
import marketplace.eventsourcing.RenderedAnswer;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import marketplace.eventsourcing.ViewRow;
import marketplace.eventsourcing.handling.Result.Handling;
import marketplace.eventsourcing.store.AnswerSlot;
import marketplace.eventsourcing.store.KeptAnswer;
import marketplace.eventsourcing.store.Loaded;
import marketplace.eventsourcing.store.SetAside;
import marketplace.eventsourcing.store.Writes;
import marketplace.eventsourcing.time.Moment;
import marketplace.eventsourcing.tracing.Step;
import org.jspecify.annotations.Nullable;

/// Decides the members of one batch, one after the other, each on what the earlier ones leave. From
/// what was loaded to the rows to write nothing but memory is touched, so both stores use it as it
/// is.
final class Batch {
  private static final String SCHEMA_INVALID = "SCHEMA_INVALID";

  private final Rules rules;
  private final Moment moment;
  private final Instant wall;
  private final Loaded loaded;
  private final boolean releasing;

  private final Undo undo = new Undo();
  private final Set<StreamId> missing = new HashSet<>();
  private final Map<StreamId, Standing<?, ?, ?, ?>> standings = new LinkedHashMap<>();
  private final Map<AnswerSlot, KeptAnswer> answers = new LinkedHashMap<>();
  private final Map<String, Integer> foreignVersions = new LinkedHashMap<>();
  private final Map<UUID, Boolean> facts = new LinkedHashMap<>();
  private final Map<RowKey, ViewRow> rows = new LinkedHashMap<>();
  private final Map<Long, SetAside> released = new LinkedHashMap<>();

  /// New ones, under negative numbers that stand for those that the store will give.
  private final Map<Long, SetAside> setAside = new LinkedHashMap<>();

  /// Records that wait, by what they wait for, in the order they came; new ones among them.
  private final Map<String, List<SetAside>> waiting = new HashMap<>();

  private final Set<StreamId> beingReleased = new HashSet<>();

  /// Of the deadlines that have been applied.
  private final List<Step> steps = new ArrayList<>();

  private long lastNumber;

  private record RowKey(String table, List<@Nullable Object> key) {}

  /// @param wall time of the append
  /// @param releasing whether records that wait for a stream of this batch are applied with it;
  ///   not, where one of them may be what makes the batch fail
  Batch(Rules rules, Moment moment, Instant wall, Loaded loaded, boolean releasing) {
    this.rules = rules;
    this.moment = moment;
    this.wall = wall;
    this.loaded = loaded;
    this.releasing = releasing;
    for (var record : loaded.setAside()) {
      waiting.computeIfAbsent(record.awaits(), _ -> new ArrayList<>()).add(record);
    }
  }

  Result decide(Task task) {
    var mark = undo.mark();
    try {
      return switch (task) {
        case Task.Command(var request) -> new Result.Answered(answer(request));
        case Task.Arrival(var incoming, var fault) -> new Result.Handled(receive(incoming, fault));
        case Task.Wake(var stream) -> new Result.Handled(wake(standing(stream)));
        case Task.Retry retry -> new Result.Handled(retry(retry));
        case Task.Follow(var event, var steps) -> new Result.Handled(follow(event, steps));
      };
    } catch (RuntimeException e) {
      undo.to(mark);
      return new Result.Failed(e);
    }
  }

  // Callers

  private <C, S, E, R> RenderedAnswer answer(CommandRequest<C, S, E, R> request) {
    var key = request.idempotencyKey();
    if (key == null) return rules.answers().render(decide(request));
    var slot = AnswerSlot.of(key);
    if (loaded.busy().contains(slot)) {
      return problem(409, "IDEMPOTENCY_KEY_IN_USE", "the first request is still being answered");
    }
    var kept = answers.getOrDefault(slot, loaded.answers().get(slot));
    if (kept != null) {
      return kept.bodyHash().equals(key.bodyHash())
          ? AnswerWriter.again(kept)
          : problem(422, "IDEMPOTENCY_KEY_REUSED", "the key was used with another body");
    }
    var answer = decide(request);
    var rendered = rules.answers().render(answer);
    if (rules.answers().isKept(answer)) {
      undo.put(answers, slot, new KeptAnswer(slot, key.bodyHash(), rendered));
    }
    return rendered;
  }

  private RenderedAnswer problem(int status, String code, String detail) {
    return rules.answers().render(Problem.of(status, code, detail, moment.instant()).toAnswer());
  }

  @SuppressWarnings("unchecked") // a request names a stream of its own aggregate
  private <C, S, E, R> Answer decide(CommandRequest<C, S, E, R> request) {
    var standing = (Standing<C, S, E, R>) standing(request.stream());
    if (standing.isOpen()) releaseParked(standing.stream());
    var wasOpen = standing.isOpen();
    standing.applyDeadlines(moment.instant(), _ -> true, wall);
    var outcome = outcome(request, standing);
    var answer = request.answer().apply(outcome);
    addRows(request.rows().apply(outcome));
    if (!wasOpen && standing.isOpen()) releaseParked(standing.stream());
    return answer;
  }

  private <C, S, E, R> Outcome<S, E, R> outcome(
      CommandRequest<C, S, E, R> request, Standing<C, S, E, R> standing) {
    var stream = standing.stream();
    var at = standing.notBeforeLast(moment.instant());
    var expected = request.expectedVersion();
    var mark = undo.mark();
    return switch (standing.decide(request.command(), at)) {
      // Only of what would be done otherwise, as RFC 9110 has it (13.2.1): whoever may not ask at
      // all must not learn at which version the stream is.
      case Decision.Accepted<E, R> _ when expected != null && expected != standing.version() ->
          new Outcome.VersionMismatch<>(
              stream, standing.version(), standing.publishedVersion(), standing.state(), at);
      case Decision.Accepted<E, R>(var events) -> {
        try {
          standing.append(events, request.trace(), at, wall);
        } catch (RefusedElsewhere e) {
          undo.to(mark);
          yield refused(standing, standing.aggregate().consequences().inOwnWords(e.reason()), at);
        }
        yield new Outcome.Done<>(
            stream, standing.version(), standing.publishedVersion(), events, standing.state(), at);
      }
      case Decision.Rejected<E, R>(var reason) -> refused(standing, reason, at);
    };
  }

  private static <C, S, E, R> Outcome<S, E, R> refused(
      Standing<C, S, E, R> standing, R reason, Instant at) {
    return new Outcome.Refused<>(
        standing.stream(),
        standing.version(),
        standing.publishedVersion(),
        reason,
        standing.state(),
        at);
  }

  // Other streams of the same service

  private <E> void spread(Consequences<E, ?> consequences, StoredEvent<E> event) {
    for (var step : consequences.of(event.event())) {
      if (!loaded.streams().contains(step.stream()) && !standings.containsKey(step.stream())) {
        missing.add(step.stream());
        throw new IllegalStateException("not read yet: " + step.stream());
      }
      var trace = event.trace().causedBy(event.eventId(), event.trace().actor());
      tell(standing(step.stream()), step.command(), trace, event.time());
    }
  }

  private <C, S, E, R> void tell(
      Standing<C, S, E, R> standing, Object command, Trace trace, Instant time) {
    standing.applyDeadlines(time, _ -> true, wall);
    switch (standing.decide(command, time)) {
      case Decision.Accepted<E, R>(var events) -> standing.append(events, trace, time, wall);
      case Decision.Rejected<E, R>(var reason) -> throw new RefusedElsewhere(reason);
    }
  }

  /// All that the event asks for, once, or nothing of it.
  private Handling follow(StoredEvent<?> event, List<Reaction.Step> steps) {
    if (isKnown(event.eventId())) return Handling.DUPLICATE;
    undo.put(facts, event.eventId(), true);
    var trace = event.trace().causedBy(event.eventId(), event.trace().actor());
    var mark = undo.mark();
    try {
      for (var step : steps) tell(standing(step.stream()), step.command(), trace, event.time());
      return Handling.APPLIED;
    } catch (RefusedElsewhere e) {
      undo.to(mark);
      return Handling.REFUSED;
    }
  }

  private boolean isKnown(UUID eventId) {
    return loaded.knownFacts().contains(eventId) || facts.containsKey(eventId);
  }

  /// Streams that turned out to be concerned and have not been read: nothing of this batch counts
  /// until it has been decided again with them.
  Set<StreamId> missing() {
    return missing;
  }

  // Deadlines

  private <C, S, E, R> Handling wake(Standing<C, S, E, R> standing) {
    standing.refreshDeadline();
    var bound = moment.deadlinesUpTo();
    var id = standing.stream().id().toString();
    standing.applyDeadlines(
        moment.instant(),
        deadline -> bound == null || bound.admits(deadline.dueAt(), deadline.rank(), id),
        wall);
    return Handling.APPLIED;
  }

  private Trace beginDeadline(String name, StreamId stream, Trace trace) {
    var step = rules.tracing().deadline(name, stream, trace);
    steps.add(step);
    undo.add(steps::removeLast);
    return trace.goingOnFrom(step);
  }

  // Foreign facts

  private Handling receive(Incoming incoming, @Nullable Fault fault) {
    var envelope = incoming.envelope();
    if (envelope == null) return setAside(Handling.UNREADABLE, incoming, "", reasonOf(incoming));
    if (isKnown(envelope.id())) return Handling.DUPLICATE;
    var version = envelope.streamVersion();
    if (version != null && version <= seen(envelope.subject())) return Handling.DUPLICATE;
    if (version == null && incoming instanceof Incoming.Skipped) return Handling.SKIPPED;
    undo.put(facts, envelope.id(), true);
    if (isGap(envelope)) {
      return setAside(
          Handling.HELD,
          incoming,
          envelope.subject(),
          "version %d is missing, the last one seen is %d"
              .formatted(envelope.previousVersion(), seen(envelope.subject())));
    }
    if (fault != null) return setAsideFaulty(incoming, envelope, fault);
    var how = apply(incoming, null);
    raise(envelope);
    return how;
  }

  private int seen(String foreignStream) {
    return foreignVersions.getOrDefault(
        foreignStream, loaded.foreignVersions().getOrDefault(foreignStream, 0));
  }

  private boolean isGap(Envelope envelope) {
    var previous = envelope.previousVersion();
    return previous != null && previous > seen(envelope.subject());
  }

  /// What was seen of the foreign stream reaches up to this record now, and further where later
  /// ones have been waiting for it.
  private void raise(Envelope envelope) {
    var version = envelope.streamVersion();
    if (version == null || version <= seen(envelope.subject())) return;
    undo.put(foreignVersions, envelope.subject(), version);
    releaseHeld(envelope.subject());
  }

  /// @param from where the record was set aside; null for one that has just come
  private Handling apply(Incoming incoming, @Nullable SetAside from) {
    return switch (incoming) {
      case Incoming.Skipped _ -> {
        release(from);
        yield Handling.SKIPPED;
      }
      case Incoming.Unreadable unreadable -> {
        refuse(incoming, SCHEMA_INVALID);
        yield putAside(Handling.UNREADABLE, incoming, "", unreadable.reason(), from);
      }
      case Incoming.Failing(_, _, var cause) -> throw cause;
      case Incoming.Understood understood ->
          switch (understood.response()) {
            case Reaction.Await(var what) ->
                putAside(Handling.AWAITING, incoming, what, "awaits " + what, from);
            case Reaction.React react -> react(understood, react, from);
          };
    };
  }

  private Handling react(
      Incoming.Understood incoming, Reaction.React react, @Nullable SetAside from) {
    Set<StreamId> streams = new LinkedHashSet<>();
    for (var step : react.steps()) {
      if (!step.opens() && !streams.contains(step.stream()) && !standing(step.stream()).isOpen()) {
        var awaits = step.stream().toString();
        return putAside(Handling.PARKED, incoming, awaits, awaits + " is not open yet", from);
      }
      streams.add(step.stream());
    }
    var untouched = undo.mark();
    release(from);
    for (var stream : streams) {
      if (standing(stream).isOpen()) releaseParked(stream);
      standing(stream).applyDeadlines(incoming.fact().time(), _ -> true, wall);
    }
    var mark = undo.mark();
    for (var step : react.steps()) {
      var rejectReason = take(standing(step.stream()), step.command(), incoming);
      if (rejectReason != null) {
        if (rejectReason.equals(rules.settings().parkedTooLong())) {
          undo.to(untouched);
          var awaits = step.stream().toString();
          return putAside(Handling.PARKED, incoming, awaits, awaits + " is not ready yet", from);
        }
        undo.to(mark);
        refuse(incoming, rejectReason);
        return Handling.REFUSED;
      }
    }
    addRows(react.rows());
    for (var stream : streams) {
      if (standing(stream).isOpen()) releaseParked(stream);
    }
    return Handling.APPLIED;
  }

  /// Null where the step is taken, otherwise why it is refused.
  private <C, S, E, R> @Nullable String take(
      Standing<C, S, E, R> standing, Object command, Incoming.Understood incoming) {
    var fact = incoming.fact();
    return switch (standing.decide(command, fact.time())) {
      case Decision.Accepted<E, R>(var events) -> {
        try {
          standing.append(events, fact.trace(), fact.time(), wall);
        } catch (RefusedElsewhere e) {
          var aggregate = standing.aggregate();
          yield aggregate.rejectReason().apply(aggregate.consequences().inOwnWords(e.reason()));
        }
        yield null;
      }
      case Decision.Rejected<E, R>(var reason) -> standing.aggregate().rejectReason().apply(reason);
    };
  }

  /// The copy for the world is an event of its own, so that it leaves as surely as any other.
  private void refuse(Incoming incoming, String reason) {
    var envelope = incoming.envelope();
    var key = incoming.delivery().key();
    var value = incoming.delivery().value();
    if (envelope == null || key == null || value == null) return;
    var refused =
        new RejectedFact(
            key.toString(),
            envelope.type(),
            envelope.dataSchema(),
            new String(value, StandardCharsets.UTF_8).replace('\0', '\uFFFD'),
            rules.settings().service(),
            reason);
    var time =
        incoming instanceof Incoming.Understood understood
            ? understood.fact().time()
            : envelope.time();
    refuse(
        standing(RejectedFact.AGGREGATE, RejectedFact.streamOf(envelope.id())),
        refused,
        envelope,
        time);
  }

  private <R> void refuse(
      Standing<RejectedFact, Boolean, RejectedFact, R> standing,
      RejectedFact refused,
      Envelope envelope,
      Instant time) {
    if (standing.isOpen()) return;
    standing.append(List.of(refused), envelope.trace(), time, wall);
  }

  // What is set aside, and comes back

  private Handling retry(Task.Retry retry) {
    var record = retry.setAside();
    if (!waits(record)) return Handling.DUPLICATE;
    var envelope = retry.incoming().envelope();
    var how = retry(retry, record);
    if (envelope != null && how != Handling.FAULTY) raise(envelope);
    if (retry.refusable() && (how == Handling.PARKED || how == Handling.AWAITING)) {
      release(record);
      refuse(retry.incoming(), rules.settings().parkedTooLong());
      return Handling.REFUSED;
    }
    return how;
  }

  private Handling retry(Task.Retry retry, SetAside record) {
    if (record.kind() != SetAside.Kind.PARKED) return apply(retry.incoming(), record);
    var stream = StreamId.parse(record.awaits());
    if (!standing(stream).isOpen()) return Handling.PARKED;
    releaseParked(stream);
    return waits(record) ? Handling.PARKED : Handling.APPLIED;
  }

  private boolean waits(SetAside record) {
    return waiting.getOrDefault(record.awaits(), List.of()).stream()
        .anyMatch(other -> other.id() == record.id());
  }

  /// All that waited for a stream, in the order they came. Those that it is not ready for wait on,
  /// and are not asked again by one another.
  private void releaseParked(StreamId stream) {
    if (!releasing || beingReleased.contains(stream)) return;
    var parked = waiting.get(stream.toString());
    if (parked == null || parked.isEmpty()) return;
    undo.put(waiting, stream.toString(), List.of());
    beingReleased.add(stream);
    try {
      for (var record : parked) releaseOne(record, rules.reader().read(record.delivery()));
    } finally {
      beingReleased.remove(stream);
    }
  }

  /// Those that waited for an earlier record of their foreign stream, as far as they follow now.
  private void releaseHeld(String foreignStream) {
    if (!releasing || !waiting.containsKey(foreignStream)) return;
    var held =
        waiting.getOrDefault(foreignStream, List.of()).stream()
            .filter(record -> record.kind() == SetAside.Kind.HELD)
            .map(record -> new Held(record, rules.reader().read(record.delivery())))
            .sorted(Comparator.comparingInt(Held::version))
            .toList();
    for (var next : held) {
      var envelope = next.incoming().envelope();
      if (envelope == null || isGap(envelope)) return;
      var known = envelope.streamVersion() == null || next.version() <= seen(foreignStream);
      if (known) {
        release(next.record());
      } else if (releaseOne(next.record(), next.incoming())) {
        undo.put(foreignVersions, foreignStream, next.version());
      } else {
        return;
      }
    }
  }

  private record Held(SetAside record, Incoming incoming) {
    int version() {
      var envelope = incoming.envelope();
      var version = envelope == null ? null : envelope.streamVersion();
      return version == null ? 0 : version;
    }
  }

  /// A record that fails must not take those with it that it had waited for.
  private boolean releaseOne(SetAside record, Incoming incoming) {
    var mark = undo.mark();
    try {
      apply(incoming, record);
      return true;
    } catch (RuntimeException e) {
      undo.to(mark);
      var envelope = incoming.envelope();
      if (envelope == null) throw e;
      release(record);
      setAsideFaulty(incoming, envelope, new Fault(e.toString(), 1, wall));
      return false;
    }
  }

  private Handling setAsideFaulty(Incoming incoming, Envelope envelope, Fault fault) {
    add(
        new SetAside(
            --lastNumber,
            SetAside.Kind.FAULTY,
            envelope.id(),
            envelope.subject(),
            fault.reason(),
            incoming.delivery(),
            envelope.recordedAt(),
            fault.attempts(),
            fault.retryAt()));
    return Handling.FAULTY;
  }

  /// Sets it aside, or leaves it where it is if it waits for the same still.
  private Handling putAside(
      Handling how, Incoming incoming, String awaits, String reason, @Nullable SetAside from) {
    if (from != null && from.kind().name().equals(how.name()) && from.awaits().equals(awaits)) {
      if (!waits(from)) waitOn(from);
      return how;
    }
    release(from);
    return setAside(how, incoming, awaits, reason);
  }

  private Handling setAside(Handling how, Incoming incoming, String awaits, String reason) {
    var envelope = incoming.envelope();
    add(
        new SetAside(
            --lastNumber,
            SetAside.Kind.valueOf(how.name()),
            envelope == null ? null : envelope.id(),
            awaits,
            reason,
            incoming.delivery(),
            envelope == null ? incoming.delivery().receivedAt() : envelope.recordedAt(),
            0,
            null));
    return how;
  }

  private void add(SetAside record) {
    waitOn(record);
    undo.put(setAside, record.id(), record);
  }

  private void waitOn(SetAside record) {
    var others = new ArrayList<>(waiting.getOrDefault(record.awaits(), List.of()));
    others.add(record);
    undo.put(waiting, record.awaits(), others);
  }

  private void release(@Nullable SetAside record) {
    if (record == null) return;
    if (record.id() < 0) undo.remove(setAside, record.id());
    else undo.put(released, record.id(), record);
    undo.put(
        waiting,
        record.awaits(),
        waiting.getOrDefault(record.awaits(), List.of()).stream()
            .filter(other -> other.id() != record.id())
            .toList());
  }

  // The batch as a whole

  private Standing<?, ?, ?, ?> standing(StreamId stream) {
    var known = standings.get(stream);
    return known != null ? known : standing(rules.aggregates().of(stream), stream);
  }

  @SuppressWarnings("unchecked") // one category, one aggregate
  private <C, S, E, R> Standing<C, S, E, R> standing(
      Aggregate<C, S, E, R> aggregate, StreamId stream) {
    return (Standing<C, S, E, R>)
        standings.computeIfAbsent(
            stream,
            _ ->
                Standing.of(
                    aggregate,
                    stream,
                    loaded.histories().get(stream),
                    rules.settings(),
                    undo,
                    this::spread,
                    this::beginDeadline));
  }

  private void addRows(List<ViewRow> added) {
    for (var row : added) undo.put(rows, new RowKey(row.table().name(), row.key()), row);
  }

  /// What it has decided is stored.
  void committed() {
    steps.forEach(Step::end);
  }

  Writes writes() {
    var events = new ArrayList<Writes.Appended>();
    var deadlines = new ArrayList<Writes.NextDeadline>();
    for (var standing : standings.values()) {
      events.addAll(standing.appended());
      addRows(standing.rows());
      standing.nextDeadline().ifPresent(deadlines::add);
    }
    var versions = new ArrayList<Writes.ForeignVersion>();
    foreignVersions.forEach((stream, version) ->
        versions.add(
            new Writes.ForeignVersion(
                stream, loaded.foreignVersions().getOrDefault(stream, 0), version)));
    var newest = Comparator.comparingLong(SetAside::id).reversed();
    return new Writes(
        events,
        List.copyOf(rows.values()),
        deadlines,
        Set.copyOf(facts.keySet()),
        versions,
        setAside.values().stream().sorted(newest).toList(),
        List.copyOf(released.values()),
        List.copyOf(answers.values()));
  }

  private static String reasonOf(Incoming incoming) {
    return incoming instanceof Incoming.Unreadable(_, _, var reason) ? reason : "";
  }
}
