package marketplace.eventsourcing.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.History;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.ViewRow;
import org.jspecify.annotations.Nullable;

/// The store of the simulation: one thread, nothing on disk, and otherwise as the real one. What a
/// transaction writes is there when it commits, all at once; what it does not commit never was.
public final class InMemoryEventStore implements EventStore {
  private static final Duration ANSWERS_KEPT_FOR = Duration.ofHours(24);

  private final InstantSource wall;

  /// Read much more often than appended to.
  private final Map<StreamId, History<?>> streams = new HashMap<>();

  private final List<Writes.Appended> log = new ArrayList<>();
  private final Map<AnswerSlot, Timed<KeptAnswer>> answers = new HashMap<>();
  private final Set<UUID> facts = new HashSet<>();
  private final Map<String, Integer> foreignVersions = new HashMap<>();
  private final TreeMap<Long, SetAside> setAside = new TreeMap<>();
  private final Map<StreamId, DueStream> deadlines = new HashMap<>();
  private final TreeSet<DueStream> byTime = new TreeSet<>();
  private final Map<String, Map<List<@Nullable Object>, ViewRow>> tables = new HashMap<>();
  private Consumer<ViewRow> rowListener = row -> {};
  private long lastSetAsideId;

  /// A stream with the deadline that it waits for, in the order in which deadlines fire.
  public record DueStream(StreamId stream, Deadline<?> deadline) implements Comparable<DueStream> {
    private static final Comparator<DueStream> ORDER =
        Comparator.<DueStream, Instant>comparing(due -> due.deadline().dueAt())
            .thenComparingInt(due -> due.deadline().rank())
            .thenComparing(due -> due.stream().id().toString())
            .thenComparing(DueStream::stream);

    @Override
    public int compareTo(DueStream other) {
      return ORDER.compare(this, other);
    }
  }

  private record Timed<T>(T value, Instant at) {}

  public InMemoryEventStore(InstantSource wall) {
    this.wall = wall;
  }

  /// Everything that was ever appended, in the order of the commits: what a relay reads.
  public List<Writes.Appended> log() {
    return Collections.unmodifiableList(log);
  }

  public History<?> history(StreamId stream) {
    var known = streams.get(stream);
    return known == null ? new History<>(stream, List.of()) : known;
  }

  public Collection<StreamId> streams() {
    return Collections.unmodifiableCollection(streams.keySet());
  }

  public Optional<DueStream> nextDeadline() {
    return byTime.isEmpty() ? Optional.empty() : Optional.of(byTime.first());
  }

  /// The rows of one read model, in the order in which they were first written.
  public Collection<ViewRow> rows(String table) {
    return Collections.unmodifiableCollection(tables.getOrDefault(table, Map.of()).values());
  }

  public Optional<ViewRow> row(String table, List<@Nullable Object> key) {
    return Optional.ofNullable(tables.getOrDefault(table, Map.of()).get(key));
  }

  /// Tells of every row that is written: for whoever looks for rows otherwise than by their key.
  public void onRow(Consumer<ViewRow> listener) {
    this.rowListener = listener;
  }

  public int foreignVersion(String stream) {
    return foreignVersions.getOrDefault(stream, 0);
  }

  @Override
  public Transaction begin() {
    return new InMemoryTransaction();
  }

  @Override
  public List<SetAside> dueForRetry(Instant parkedBefore, Instant now, int limit) {
    return setAside.values().stream()
        .filter(record ->
            switch (record.kind()) {
              case AWAITING -> true;
              case PARKED ->
                  record.delivery().receivedAt().isBefore(parkedBefore)
                      || streams.containsKey(StreamId.parse(record.awaits()));
              case FAULTY -> {
                var retryAt = record.retryAt();
                yield retryAt != null && !retryAt.isAfter(now);
              }
              case HELD, UNREADABLE -> false;
            })
        .limit(limit)
        .toList();
  }

  @Override
  public void postpone(SetAside failed) {
    setAside.replace(failed.id(), failed);
  }

  @Override
  public List<SetAside> setAside(int limit) {
    return setAside.values().stream().limit(limit).toList();
  }

  @Override
  public void tidy(Instant forgetAnswersBefore, Instant now) {
    answers.values().removeIf(answer -> answer.at().isBefore(forgetAnswersBefore));
  }

  private final class InMemoryTransaction implements Transaction {
    private @Nullable Writes written;

    @Override
    public Loaded read(Wanted wanted) {
      Map<StreamId, History<?>> histories = new HashMap<>();
      for (var stream : wanted.streams()) {
        var history = streams.get(stream);
        if (history != null) histories.put(stream, history);
      }
      var since = wall.instant().minus(ANSWERS_KEPT_FOR);
      Map<AnswerSlot, KeptAnswer> kept = new HashMap<>();
      for (var slot : wanted.answers()) {
        var answer = answers.get(slot);
        if (answer != null && answer.at().isAfter(since)) kept.put(slot, answer.value());
      }
      Set<UUID> known = new HashSet<>();
      for (var fact : wanted.facts()) {
        if (facts.contains(fact)) known.add(fact);
      }
      Map<String, Integer> versions = new HashMap<>();
      for (var stream : wanted.foreignStreams()) {
        var version = foreignVersions.get(stream);
        if (version != null) versions.put(stream, version);
      }
      return new Loaded(
          wanted.streams(), histories, kept, Set.of(), known, versions, waitingFor(wanted));
    }

    private List<SetAside> waitingFor(Wanted wanted) {
      if (setAside.isEmpty()) return List.of();
      Set<String> causes = new HashSet<>(wanted.foreignStreams());
      for (var stream : wanted.streams()) causes.add(stream.toString());
      return setAside.values().stream()
          .filter(
              record -> causes.contains(record.awaits()) || wanted.setAside().contains(record.id()))
          .toList();
    }

    @Override
    public void write(Writes writes) {
      Set<Object> lost = new HashSet<>();
      Map<StreamId, Integer> versions = new HashMap<>();
      for (var appended : writes.events()) {
        var event = appended.event();
        var stream = event.stream();
        var before = versions.put(stream, event.version());
        if (before == null) before = history(stream).version();
        if (event.version() != before + 1) lost.add(stream);
      }
      for (var fact : writes.facts()) {
        if (facts.contains(fact)) lost.add(fact);
      }
      for (var version : writes.foreignVersions()) {
        if (foreignVersion(version.stream()) != version.seen()) lost.add(version.stream());
      }
      for (var record : writes.released()) {
        if (!setAside.containsKey(record.id())) lost.add(record.awaits());
      }
      if (!lost.isEmpty()) throw new ConcurrentAppendException(lost);
      written = writes;
    }

    @Override
    public void commit() {
      if (written == null) return;
      store(written);
      written = null;
    }

    @Override
    public void close() {
      written = null;
    }
  }

  private void store(Writes writes) {
    var now = wall.instant();
    for (var appended : writes.events()) {
      var stored = placed(appended.event());
      streams.put(stored.stream(), longer(history(stored.stream()), stored));
      log.add(new Writes.Appended(stored, appended.message()));
    }
    facts.addAll(writes.facts());
    for (var version : writes.foreignVersions()) {
      foreignVersions.put(version.stream(), version.version());
    }
    for (var answer : writes.answers()) answers.put(answer.slot(), new Timed<>(answer, now));
    for (var record : writes.released()) setAside.remove(record.id());
    for (var record : writes.setAside()) {
      if (record.eventId() == null && isRepeated(record)) continue;
      setAside.put(++lastSetAsideId, record.withId(lastSetAsideId));
    }
    for (var next : writes.deadlines()) put(next);
    for (var row : writes.rows()) {
      tables.computeIfAbsent(row.table().name(), _ -> new LinkedHashMap<>()).put(row.key(), row);
      rowListener.accept(row);
    }
  }

  @SuppressWarnings("unchecked") // an event of the same stream
  private static <E> History<E> longer(History<E> history, StoredEvent<?> next) {
    return history.and((StoredEvent<E>) next);
  }

  private boolean isRepeated(SetAside record) {
    var delivery = record.delivery();
    return setAside.values().stream()
        .filter(other -> other.eventId() == null)
        .map(SetAside::delivery)
        .anyMatch(other ->
            other.topic().equals(delivery.topic())
                && other.partition() == delivery.partition()
                && other.offset() == delivery.offset());
  }

  private void put(Writes.NextDeadline next) {
    var before = deadlines.remove(next.stream());
    if (before != null) byTime.remove(before);
    var deadline = next.deadline();
    if (deadline == null) return;
    var due = new DueStream(next.stream(), deadline);
    deadlines.put(next.stream(), due);
    byTime.add(due);
  }

  private <E> StoredEvent<E> placed(StoredEvent<E> event) {
    return new StoredEvent<>(
        log.size() + 1,
        event.eventId(),
        event.stream(),
        event.version(),
        event.previousPublished(),
        event.hasMessage(),
        event.type(),
        event.event(),
        event.trace(),
        event.time(),
        event.recordedAt());
  }
}
