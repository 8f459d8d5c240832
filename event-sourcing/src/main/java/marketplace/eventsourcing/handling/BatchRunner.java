package marketplace.eventsourcing.handling;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Delivery;
import marketplace.eventsourcing.EnvelopeReading;
import marketplace.eventsourcing.RejectedFact;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.store.AnswerSlot;
import marketplace.eventsourcing.store.EventStore;
import marketplace.eventsourcing.store.Loaded;
import marketplace.eventsourcing.store.SetAside;
import marketplace.eventsourcing.store.Wanted;
import marketplace.eventsourcing.store.Writes;
import marketplace.eventsourcing.time.SimulatedTime;

/// One batch, one transaction: reads what its members need, lets them be decided, writes what they
/// leave.
final class BatchRunner {
  private final EventStore store;
  private final Rules rules;
  private final SimulatedTime clock;
  private final InstantSource wall;
  private final Consumer<Writes> written;

  /// @param written is told what each batch has left, after the commit
  BatchRunner(
      EventStore store,
      Rules rules,
      SimulatedTime clock,
      InstantSource wall,
      Consumer<Writes> written) {
    this.store = store;
    this.rules = rules;
    this.clock = clock;
    this.wall = wall;
    this.written = written;
  }

  Incoming read(Delivery delivery) {
    return rules.reader().read(delivery);
  }

  Incoming read(Delivery delivery, EnvelopeReading reading) {
    return rules.reader().read(delivery, reading);
  }

  /// What an event asks of other streams afterwards.
  Task.Follow followUps(StoredEvent<?> event) {
    return followUps(rules.aggregates().of(event.stream()), event);
  }

  @SuppressWarnings("unchecked") // a stream's events are those of its aggregate
  private static <E> Task.Follow followUps(Aggregate<?, ?, E, ?> aggregate, StoredEvent<?> event) {
    return new Task.Follow(event, aggregate.followUps().steps().apply((StoredEvent<E>) event));
  }

  /// Answers in the order of the tasks, after the commit.
  ///
  /// @param releasing see `Batch`
  List<Result> run(List<Task> tasks, boolean releasing) {
    try (var transaction = store.begin()) {
      var wanted = wantedBy(tasks);
      while (true) {
        var loaded = withWhatWaits(transaction, wanted, transaction.read(wanted));
        // The time after reading: what was read may have happened while this waited its turn.
        var batch =
            new Batch(
                rules,
                clock.moment(),
                wall.instant().truncatedTo(ChronoUnit.MILLIS),
                loaded,
                releasing);
        List<Result> results = new ArrayList<>(tasks.size());
        for (var task : tasks) results.add(batch.decide(task));
        if (!batch.missing().isEmpty()) {
          wanted = wanted.and(batch.missing());
          continue;
        }
        var writes = batch.writes();
        if (!writes.isEmpty()) {
          transaction.write(writes);
          transaction.commit();
          batch.committed();
          written.accept(writes);
        }
        return results;
      }
    }
  }

  private static Wanted wantedBy(List<Task> tasks) {
    Set<StreamId> streams = new HashSet<>();
    Set<AnswerSlot> answers = new HashSet<>();
    Set<UUID> facts = new HashSet<>();
    Set<String> foreignStreams = new HashSet<>();
    Set<Long> setAside = new HashSet<>();
    for (var task : tasks) {
      switch (task) {
        case Task.Command(var request) -> {
          streams.add(request.stream());
          var key = request.idempotencyKey();
          if (key != null) answers.add(AnswerSlot.of(key));
        }
        case Task.Arrival(var incoming, _) -> {
          addStreams(incoming, streams);
          var envelope = incoming.envelope();
          if (envelope != null) {
            facts.add(envelope.id());
            foreignStreams.add(envelope.subject());
          }
        }
        case Task.Wake(var stream) -> streams.add(stream);
        case Task.Follow(var event, var steps) -> {
          facts.add(event.eventId());
          for (var step : steps) streams.add(step.stream());
        }
        case Task.Retry(var record, var incoming, _) -> {
          setAside.add(record.id());
          addStreams(incoming, streams);
          var envelope = incoming.envelope();
          if (envelope != null) foreignStreams.add(envelope.subject());
        }
      }
    }
    return new Wanted(streams, answers, facts, foreignStreams, setAside);
  }

  /// Its own streams, and that in which a refusal may have been noted already.
  private static void addStreams(Incoming incoming, Set<StreamId> streams) {
    streams.addAll(incoming.streams());
    var envelope = incoming.envelope();
    if (envelope != null) streams.add(RejectedFact.streamOf(envelope.id()));
  }

  /// Records that wait for one of the streams may be about further ones, for which others wait.
  private Loaded withWhatWaits(EventStore.Transaction transaction, Wanted wanted, Loaded first) {
    if (first.setAside().isEmpty()) return first;
    var histories = new HashMap<>(first.histories());
    var setAside = new ArrayList<>(first.setAside());
    var known = new HashSet<>(wanted.streams());
    List<SetAside> latest = first.setAside();
    while (!latest.isEmpty()) {
      Set<StreamId> more = new HashSet<>();
      for (var record : latest) addStreams(read(record.delivery()), more);
      more.removeAll(known);
      if (more.isEmpty()) break;
      known.addAll(more);
      var next = transaction.read(Wanted.streams(more));
      histories.putAll(next.histories());
      latest = next.setAside();
      setAside.addAll(latest);
    }
    return new Loaded(
        known,
        histories,
        first.answers(),
        first.busy(),
        first.knownFacts(),
        first.foreignVersions(),
        setAside.stream()
            .distinct()
            .sorted(java.util.Comparator.comparingLong(SetAside::id))
            .toList());
  }
}
