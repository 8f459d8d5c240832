package marketplace.eventsourcing.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Aggregates;
import marketplace.eventsourcing.History;
import marketplace.eventsourcing.Ids;
import marketplace.eventsourcing.RenderedAnswer;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.ViewRow;
import marketplace.eventsourcing.ViewTable;
import org.jspecify.annotations.Nullable;

/// One batch on PostgreSQL. Tables are written in one fixed order and rows in key order, so that
/// batches of two instances never wait for each other in a circle.
final class JdbcTransaction implements EventStore.Transaction {
  /// An older answer is as good as none, even before it is removed.
  private static final String KEPT = "created_at > now() - interval '24 hours'";

  private static final Map<ViewTable, String> UPSERTS = new ConcurrentHashMap<>();

  private final Connection connection;
  private final Aggregates aggregates;

  JdbcTransaction(Connection connection, Aggregates aggregates) {
    this.connection = connection;
    this.aggregates = aggregates;
  }

  private interface Work<T> {
    T run() throws SQLException;
  }

  private static <T> T translating(String what, Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw Faults.translate(what, e);
    }
  }

  @Override
  public Loaded read(Wanted wanted) {
    return translating(
        "reading",
        () -> {
          // The locks first: what another transaction has answered is seen once it is over.
          var busy = lock(wanted.answers());
          return new Loaded(
              wanted.streams(),
              histories(wanted.streams()),
              answers(wanted.answers()),
              busy,
              knownFacts(wanted.facts()),
              foreignVersions(wanted.foreignStreams()),
              setAside(wanted));
        });
  }

  /// Never waits: one slow caller would hold up all.
  private Set<AnswerSlot> lock(Set<AnswerSlot> slots) throws SQLException {
    if (slots.isEmpty()) return Set.of();
    var byNumber = new HashMap<Long, AnswerSlot>();
    var rows = new SqlRows("bigint");
    for (var slot : slots) {
      var number = Ids.nameBased("answer", slot.toString()).getMostSignificantBits();
      byNumber.put(number, slot);
      rows.add(number);
    }
    Set<AnswerSlot> busy = new HashSet<>();
    rows.query(
        connection,
        "select number from "
            + rows.unnest()
            + " number where not pg_try_advisory_xact_lock(number)",
        row -> {
          var slot = byNumber.get(row.getLong(1));
          if (slot != null) busy.add(slot);
        });
    return busy;
  }

  private Map<StreamId, History<?>> histories(Set<StreamId> streams) throws SQLException {
    if (streams.isEmpty()) return Map.of();
    var byName = new HashMap<String, StreamId>();
    var rows = new SqlRows("text");
    for (var stream : streams) {
      var name = stream.toString();
      byName.put(name, stream);
      rows.add(name);
    }
    Map<StreamId, List<StoredEvent<?>>> events = new HashMap<>();
    rows.query(
        connection,
        "select "
            + EventRows.COLUMNS
            + " from event where stream = any(?::text[]) order by stream, version",
        row -> {
          var stream = byName.get(row.getString(1));
          if (stream == null) throw new SQLException("not asked for: " + row.getString(1));
          events
              .computeIfAbsent(stream, _ -> new ArrayList<>())
              .add(EventRows.read(row, stream, aggregates.of(stream)));
        });
    Map<StreamId, History<?>> histories = new HashMap<>();
    events.forEach((stream, list) -> histories.put(stream, history(stream, list)));
    return histories;
  }

  @SuppressWarnings("unchecked") // each event was read with the codec of its stream's aggregate
  private static <E> History<E> history(StreamId stream, List<StoredEvent<?>> events) {
    return new History<>(stream, (List<StoredEvent<E>>) (List<?>) events);
  }

  private Map<AnswerSlot, KeptAnswer> answers(Set<AnswerSlot> slots) throws SQLException {
    if (slots.isEmpty()) return Map.of();
    var rows = new SqlRows("text", "text", "text");
    for (var slot : slots) rows.add(slot.caller(), slot.path(), slot.key());
    Map<AnswerSlot, KeptAnswer> answers = new HashMap<>();
    rows.query(
        connection,
        """
        select caller, path, key, body_hash, status, headers, body
        from idempotency
        where (caller, path, key) in (select * from %s) and %s
        """
            .formatted(rows.unnest(), KEPT),
        row -> {
          var slot = new AnswerSlot(row.getString(1), row.getString(2), row.getString(3));
          answers.put(
              slot,
              new KeptAnswer(
                  slot,
                  row.getString(4),
                  new RenderedAnswer(
                      row.getInt(5), SetAsideRows.headers(row.getString(6)), row.getString(7))));
        });
    return answers;
  }

  private Set<UUID> knownFacts(Set<UUID> facts) throws SQLException {
    if (facts.isEmpty()) return Set.of();
    var rows = new SqlRows("uuid");
    facts.forEach(rows::add);
    Set<UUID> known = new HashSet<>();
    rows.query(
        connection,
        "select event_id from inbox where event_id = any(?::uuid[])",
        row -> known.add(row.getObject(1, UUID.class)));
    return known;
  }

  private Map<String, Integer> foreignVersions(Set<String> streams) throws SQLException {
    if (streams.isEmpty()) return Map.of();
    var rows = new SqlRows("text");
    streams.forEach(rows::add);
    Map<String, Integer> versions = new HashMap<>();
    rows.query(
        connection,
        "select stream, last_version from foreign_stream where stream = any(?::text[])",
        row -> versions.put(row.getString(1), row.getInt(2)));
    return versions;
  }

  private List<SetAside> setAside(Wanted wanted) throws SQLException {
    var causes =
        Stream.concat(
                wanted.streams().stream().map(StreamId::toString), wanted.foreignStreams().stream())
            .toArray(String[]::new);
    if (causes.length == 0 && wanted.setAside().isEmpty()) return List.of();
    List<SetAside> result = new ArrayList<>();
    try (var statement =
        connection.prepareStatement(
            "select "
                + SetAsideRows.COLUMNS
                + " from set_aside where awaits = any(?::text[]) or id = any(?::bigint[])"
                + " order by id")) {
      statement.setArray(1, connection.createArrayOf("text", causes));
      statement.setArray(2, connection.createArrayOf("int8", wanted.setAside().toArray()));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) result.add(SetAsideRows.read(rows));
      }
    }
    return result;
  }

  @Override
  public void write(Writes writes) {
    Set<Object> lost =
        translating(
            "writing",
            () -> {
              Set<Object> losers = new HashSet<>();
              insertEvents(writes.events(), losers);
              insertFacts(writes.facts(), losers);
              writeForeignVersions(writes.foreignVersions(), losers);
              insertAnswers(writes.answers(), losers);
              if (!losers.isEmpty()) return losers;
              deleteSetAside(writes.released(), losers);
              if (!losers.isEmpty()) return losers;
              insertSetAside(writes.setAside());
              writeDeadlines(writes.deadlines());
              writeRows(writes);
              return losers;
            });
    if (!lost.isEmpty()) throw new ConcurrentAppendException(lost);
  }

  private void insertEvents(List<Writes.Appended> events, Set<Object> lost) throws SQLException {
    if (events.isEmpty()) return;
    var byStream = new TreeMap<String, List<StoredEvent<?>>>();
    var names = new HashMap<StreamId, String>();
    for (var appended : events) {
      var event = appended.event();
      var name = names.computeIfAbsent(event.stream(), StreamId::toString);
      byStream.computeIfAbsent(name, _ -> new ArrayList<>()).add(event);
    }
    var rows =
        new SqlRows(
            "uuid",
            "text",
            "int",
            "int",
            "boolean",
            "text",
            "jsonb",
            "uuid",
            "uuid",
            "text",
            "text",
            "text",
            "text",
            "timestamptz",
            "timestamptz");
    byStream.forEach((name, list) -> {
      for (var event : list) addEvent(rows, name, event);
    });
    var taken = new HashSet<String>();
    rows.query(
        connection,
        """
        insert into event (event_id, stream, version, previous_published, has_message, type, data,
          correlation_id, causation_id, actor, origin, run_id, traceparent, time, recorded_at)
        select * from %s
        on conflict (stream, version) do nothing
        returning stream, version
        """
            .formatted(rows.unnest()),
        row -> taken.add(row.getString(1) + '/' + row.getInt(2)));
    if (taken.size() == rows.size()) return;
    byStream.forEach((name, list) -> {
      for (var event : list) {
        if (!taken.contains(name + '/' + event.version())) lost.add(event.stream());
      }
    });
  }

  private <E> void addEvent(SqlRows rows, String stream, StoredEvent<E> event) {
    var trace = event.trace();
    rows.add(
        event.eventId(),
        stream,
        event.version(),
        event.previousPublished(),
        event.hasMessage(),
        event.type(),
        encode(event),
        trace.correlationId(),
        trace.causationId(),
        trace.actor(),
        trace.origin(),
        trace.runId(),
        trace.traceparent(),
        event.time(),
        event.recordedAt());
  }

  @SuppressWarnings("unchecked") // the stream's name leads to the aggregate whose event this is
  private <E> String encode(StoredEvent<E> event) {
    return ((Aggregate<?, ?, E, ?>) aggregates.of(event.stream())).codec().encode(event.event());
  }

  private void insertFacts(Set<UUID> facts, Set<Object> lost) throws SQLException {
    if (facts.isEmpty()) return;
    var rows = new SqlRows("uuid");
    facts.stream().sorted(Comparator.comparing(UUID::toString)).forEach(rows::add);
    var taken = new HashSet<UUID>();
    rows.query(
        connection,
        """
        insert into inbox (event_id, received_month)
        select id, date_trunc('month', now() at time zone 'UTC') from %s id
        on conflict do nothing
        returning event_id
        """
            .formatted(rows.unnest()),
        row -> taken.add(row.getObject(1, UUID.class)));
    for (var fact : facts) {
      if (!taken.contains(fact)) lost.add(fact);
    }
  }

  private void writeForeignVersions(List<Writes.ForeignVersion> versions, Set<Object> lost)
      throws SQLException {
    if (versions.isEmpty()) return;
    var rows = new SqlRows("text", "int", "int");
    versions.stream()
        .sorted(Comparator.comparing(Writes.ForeignVersion::stream))
        .forEach(version -> rows.add(version.stream(), version.seen(), version.version()));
    var taken = new HashSet<String>();
    rows.query(
        connection,
        """
        with seen as (select * from %s as s (stream, before, after))
        insert into foreign_stream as f (stream, last_version)
        select stream, after from seen
        on conflict (stream) do update
        set last_version = excluded.last_version, updated_at = now()
        where f.last_version = (select before from seen where seen.stream = f.stream)
        returning f.stream
        """
            .formatted(rows.unnest()),
        row -> taken.add(row.getString(1)));
    for (var version : versions) {
      if (!taken.contains(version.stream())) lost.add(version.stream());
    }
  }

  private void insertAnswers(Iterable<KeptAnswer> answers, Set<Object> lost) throws SQLException {
    var bySlot = new TreeMap<AnswerSlot, KeptAnswer>();
    for (var answer : answers) bySlot.put(answer.slot(), answer);
    if (bySlot.isEmpty()) return;
    var rows = new SqlRows("text", "text", "text", "text", "int", "jsonb", "text");
    bySlot.forEach((slot, answer) ->
        rows.add(
            slot.caller(),
            slot.path(),
            slot.key(),
            answer.bodyHash(),
            answer.answer().status(),
            SetAsideRows.json(answer.answer().headers()),
            answer.answer().body()));
    var taken = new HashSet<AnswerSlot>();
    rows.query(
        connection,
        """
        insert into idempotency as i (caller, path, key, body_hash, status, headers, body)
        select * from %s
        on conflict (caller, path, key) do update
        set body_hash = excluded.body_hash, status = excluded.status, headers = excluded.headers,
          body = excluded.body, created_at = now()
        where not i.%s
        returning caller, path, key
        """
            .formatted(rows.unnest(), KEPT),
        row -> taken.add(new AnswerSlot(row.getString(1), row.getString(2), row.getString(3))));
    for (var slot : bySlot.keySet()) {
      if (!taken.contains(slot)) lost.add(slot);
    }
  }

  private void deleteSetAside(List<SetAside> released, Set<Object> lost) throws SQLException {
    if (released.isEmpty()) return;
    var rows = new SqlRows("bigint");
    released.stream().map(SetAside::id).sorted().forEach(rows::add);
    var gone = new HashSet<Long>();
    rows.query(
        connection,
        """
        delete from set_aside
        where id in (select id from set_aside where id = any(?::bigint[]) order by id for update)
        returning id
        """,
        row -> gone.add(row.getLong(1)));
    for (var record : released) {
      if (!gone.contains(record.id())) lost.add(record.awaits());
    }
  }

  private void insertSetAside(List<SetAside> records) throws SQLException {
    if (records.isEmpty()) return;
    var rows =
        new SqlRows(
            "text",
            "uuid",
            "text",
            "text",
            "text",
            "int",
            "bigint",
            "uuid",
            "jsonb",
            "bytea",
            "timestamptz",
            "timestamptz",
            "int",
            "timestamptz");
    for (var record : records) {
      var delivery = record.delivery();
      rows.add(
          record.kind(),
          record.eventId(),
          record.awaits(),
          record.reason().replace('\0', '\uFFFD'),
          delivery.topic(),
          delivery.partition(),
          delivery.offset(),
          delivery.key(),
          SetAsideRows.json(delivery.headers()),
          delivery.value(),
          delivery.receivedAt(),
          record.recordedAt(),
          record.attempts(),
          record.retryAt());
    }
    rows.execute(
        connection,
        """
        insert into set_aside (kind, event_id, awaits, reason, topic, partition_number,
          record_offset, record_key, headers, value, received_at, recorded_at, attempts, retry_at)
        select * from %s
        on conflict do nothing
        """
            .formatted(rows.unnest()));
  }

  private void writeDeadlines(List<Writes.NextDeadline> deadlines) throws SQLException {
    var gone = new SqlRows("text");
    var next = new SqlRows("text", "text", "int", "timestamptz");
    var byStream = new TreeMap<String, Writes.NextDeadline>();
    for (var deadline : deadlines) byStream.put(deadline.stream().toString(), deadline);
    byStream.forEach((stream, row) -> {
      var deadline = row.deadline();
      if (deadline == null) gone.add(stream);
      else next.add(stream, deadline.name(), deadline.rank(), deadline.dueAt());
    });
    if (!gone.isEmpty()) {
      gone.execute(connection, "delete from deadline where stream = any(?::text[])");
    }
    if (next.isEmpty()) return;
    next.execute(
        connection,
        """
        insert into deadline (stream, name, rank, due_at)
        select * from %s
        on conflict (stream) do update
        set name = excluded.name, rank = excluded.rank, due_at = excluded.due_at,
          leased_until = null
        """
            .formatted(next.unnest()));
  }

  private void writeRows(Writes writes) throws SQLException {
    var byTable =
        writes.rows().stream()
            .collect(
                Collectors.groupingBy(
                    ViewRow::table,
                    () -> new TreeMap<>(Comparator.comparing(ViewTable::name)),
                    Collectors.toList()));
    for (var table : byTable.entrySet()) writeRows(table.getKey(), table.getValue());
  }

  void writeRows(ViewTable table, List<ViewRow> unordered) throws SQLException {
    var rows = parameters(table, unordered);
    rows.execute(connection, UPSERTS.computeIfAbsent(table, _ -> upsert(table, rows.unnest())));
  }

  static SqlRows parameters(ViewTable table, List<ViewRow> unordered) {
    var rows =
        new SqlRows(table.columns().stream().map(ViewTable.Column::type).toArray(String[]::new));
    unordered.stream()
        .sorted(Comparator.comparing(row -> row.key().toString()))
        .forEach(row -> rows.add(row.values().toArray(new @Nullable Object[0])));
    return rows;
  }

  private static String upsert(ViewTable table, String rows) {
    var keys = table.keys().stream().map(ViewTable.Column::name).collect(Collectors.joining(", "));
    var columns =
        table.columns().stream().map(ViewTable.Column::name).collect(Collectors.joining(", "));
    var changed =
        table.columns().stream()
            .skip(table.keys().size())
            .map(column -> column.name() + " = excluded." + column.name())
            .collect(Collectors.joining(", "));
    return "insert into %s (%s) select * from %s on conflict (%s) do %s"
        .formatted(
            table.name(),
            columns,
            rows,
            keys,
            changed.isEmpty() ? "nothing" : "update set " + changed);
  }

  @Override
  public void commit() {
    translating(
        "committing",
        () -> {
          connection.commit();
          return true;
        });
  }

  @Override
  public void close() {
    try (connection) {
      connection.rollback();
    } catch (SQLException _) {
      // The connection is lost, and with it the transaction.
    }
  }
}
