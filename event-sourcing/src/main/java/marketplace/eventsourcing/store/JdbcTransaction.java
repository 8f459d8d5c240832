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

  @Override
  public Loaded read(Wanted wanted) {
    var batch = new SqlBatch();
    // The locks first: what another transaction has answered is seen once it is over.
    var busy = lock(batch, wanted.answers());
    var events = events(batch, wanted.streams());
    var answers = answers(batch, wanted.answers());
    var known = knownFacts(batch, wanted.facts());
    var foreignVersions = foreignVersions(batch, wanted.foreignStreams());
    var setAside = setAside(batch, wanted);
    run("reading", batch);
    return new Loaded(
        wanted.streams(), histories(events), answers, busy, known, foreignVersions, setAside);
  }

  private void run(String what, SqlBatch batch) {
    try {
      batch.run(connection);
    } catch (SQLException e) {
      throw Faults.translate(what, e);
    }
  }

  // What each of these returns is filled when the batch runs.

  /// Never waits: one slow caller would hold up all.
  private static Set<AnswerSlot> lock(SqlBatch batch, Set<AnswerSlot> slots) {
    Set<AnswerSlot> busy = new HashSet<>();
    if (slots.isEmpty()) return busy;
    var byNumber = new HashMap<Long, AnswerSlot>();
    var rows = new SqlRows("bigint");
    for (var slot : slots) {
      var number = Ids.nameBased("answer", slot.toString()).getMostSignificantBits();
      byNumber.put(number, slot);
      rows.add(number);
    }
    batch.query(
        "select number from "
            + rows.unnest()
            + " number where not pg_try_advisory_xact_lock(number)",
        row -> {
          var slot = byNumber.get(row.getLong(1));
          if (slot != null) busy.add(slot);
        },
        rows);
    return busy;
  }

  private Map<StreamId, List<StoredEvent<?>>> events(SqlBatch batch, Set<StreamId> streams) {
    Map<StreamId, List<StoredEvent<?>>> events = new HashMap<>();
    if (streams.isEmpty()) return events;
    var byName = new HashMap<String, StreamId>();
    var rows = new SqlRows("text");
    for (var stream : streams) {
      var name = stream.toString();
      byName.put(name, stream);
      rows.add(name);
    }
    batch.query(
        "select "
            + EventRows.COLUMNS
            + " from event where stream = any(?::text[]) order by stream, version",
        row -> {
          var stream = byName.get(row.getString(1));
          if (stream == null) throw new SQLException("not asked for: " + row.getString(1));
          events
              .computeIfAbsent(stream, _ -> new ArrayList<>())
              .add(EventRows.read(row, stream, aggregates.of(stream)));
        },
        rows);
    return events;
  }

  private static Map<StreamId, History<?>> histories(Map<StreamId, List<StoredEvent<?>>> events) {
    Map<StreamId, History<?>> histories = new HashMap<>();
    events.forEach((stream, list) -> histories.put(stream, history(stream, list)));
    return histories;
  }

  @SuppressWarnings("unchecked") // each event was read with the codec of its stream's aggregate
  private static <E> History<E> history(StreamId stream, List<StoredEvent<?>> events) {
    return new History<>(stream, (List<StoredEvent<E>>) (List<?>) events);
  }

  private static Map<AnswerSlot, KeptAnswer> answers(SqlBatch batch, Set<AnswerSlot> slots) {
    Map<AnswerSlot, KeptAnswer> answers = new HashMap<>();
    if (slots.isEmpty()) return answers;
    var rows = new SqlRows("text", "text", "text");
    for (var slot : slots) rows.add(slot.caller(), slot.path(), slot.key());
    batch.query(
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
        },
        rows);
    return answers;
  }

  private static Set<UUID> knownFacts(SqlBatch batch, Set<UUID> facts) {
    Set<UUID> known = new HashSet<>();
    if (facts.isEmpty()) return known;
    var rows = new SqlRows("uuid");
    facts.forEach(rows::add);
    batch.query(
        "select event_id from inbox where event_id = any(?::uuid[])",
        row -> known.add(row.getObject(1, UUID.class)),
        rows);
    return known;
  }

  private static Map<String, Integer> foreignVersions(SqlBatch batch, Set<String> streams) {
    Map<String, Integer> versions = new HashMap<>();
    if (streams.isEmpty()) return versions;
    var rows = new SqlRows("text");
    streams.forEach(rows::add);
    batch.query(
        "select stream, last_version from foreign_stream where stream = any(?::text[])",
        row -> versions.put(row.getString(1), row.getInt(2)),
        rows);
    return versions;
  }

  private static List<SetAside> setAside(SqlBatch batch, Wanted wanted) {
    List<SetAside> result = new ArrayList<>();
    var causes = new SqlRows("text");
    wanted.streams().forEach(stream -> causes.add(stream.toString()));
    wanted.foreignStreams().forEach(causes::add);
    var ids = new SqlRows("bigint");
    wanted.setAside().forEach(ids::add);
    if (causes.isEmpty() && ids.isEmpty()) return result;
    batch.query(
        "select "
            + SetAsideRows.COLUMNS
            + " from set_aside where awaits = any(?::text[]) or id = any(?::bigint[])"
            + " order by id",
        row -> result.add(SetAsideRows.read(row)),
        causes,
        ids);
    return result;
  }

  @Override
  public void write(Writes writes) {
    var decided = new SqlBatch();
    var taken = new Taken();
    insertEvents(decided, writes.events(), taken);
    insertFacts(decided, writes.facts(), taken);
    writeForeignVersions(decided, writes.foreignVersions(), taken);
    insertAnswers(decided, writes.answers(), taken);
    run("writing", decided);
    // What follows from a decision is written only once it is sure that this one counts.
    taken.requireAll();
    var following = new SqlBatch();
    deleteSetAside(following, writes.released(), taken);
    insertSetAside(following, writes.setAside());
    writeDeadlines(following, writes.deadlines());
    writeRows(following, writes);
    run("writing", following);
    taken.requireAll();
  }

  /// What has to be won against other writers, and was.
  private static final class Taken {
    private final Map<Object, Object> wanted = new HashMap<>();

    /// @param key of the row
    /// @param what another writer has been faster with, if the row cannot be had
    void want(Object key, Object what) {
      wanted.put(key, what);
    }

    void won(Object key) {
      wanted.remove(key);
    }

    void requireAll() {
      if (!wanted.isEmpty()) throw new ConcurrentAppendException(Set.copyOf(wanted.values()));
    }
  }

  private void insertEvents(SqlBatch batch, List<Writes.Appended> events, Taken taken) {
    if (events.isEmpty()) return;
    var byStream = new TreeMap<String, List<StoredEvent<?>>>();
    var names = new HashMap<StreamId, String>();
    for (var appended : events) {
      var event = appended.event();
      var name = names.computeIfAbsent(event.stream(), StreamId::toString);
      byStream.computeIfAbsent(name, _ -> new ArrayList<>()).add(event);
      taken.want(name + '/' + event.version(), event.stream());
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
    batch.query(
        """
        insert into event (event_id, stream, version, previous_published, has_message, type, data,
          correlation_id, causation_id, actor, origin, run_id, traceparent, time, recorded_at)
        select * from %s
        on conflict (stream, version) do nothing
        returning stream, version
        """
            .formatted(rows.unnest()),
        row -> taken.won(row.getString(1) + '/' + row.getInt(2)),
        rows);
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

  private static void insertFacts(SqlBatch batch, Set<UUID> facts, Taken taken) {
    if (facts.isEmpty()) return;
    var rows = new SqlRows("uuid");
    facts.stream().sorted(Comparator.comparing(UUID::toString)).forEach(rows::add);
    facts.forEach(fact -> taken.want(fact, fact));
    batch.query(
        """
        insert into inbox (event_id, received_month)
        select id, date_trunc('month', now() at time zone 'UTC') from %s id
        on conflict do nothing
        returning event_id
        """
            .formatted(rows.unnest()),
        row -> taken.won(row.getObject(1, UUID.class)),
        rows);
  }

  private static void writeForeignVersions(
      SqlBatch batch, List<Writes.ForeignVersion> versions, Taken taken) {
    if (versions.isEmpty()) return;
    var rows = new SqlRows("text", "int", "int");
    versions.stream()
        .sorted(Comparator.comparing(Writes.ForeignVersion::stream))
        .forEach(version -> {
          rows.add(version.stream(), version.seen(), version.version());
          taken.want(version.stream(), version.stream());
        });
    batch.query(
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
        row -> taken.won(row.getString(1)),
        rows);
  }

  private static void insertAnswers(SqlBatch batch, Iterable<KeptAnswer> answers, Taken taken) {
    var bySlot = new TreeMap<AnswerSlot, KeptAnswer>();
    for (var answer : answers) bySlot.put(answer.slot(), answer);
    if (bySlot.isEmpty()) return;
    var rows = new SqlRows("text", "text", "text", "text", "int", "jsonb", "text");
    bySlot.forEach((slot, answer) -> {
      rows.add(
          slot.caller(),
          slot.path(),
          slot.key(),
          answer.bodyHash(),
          answer.answer().status(),
          SetAsideRows.json(answer.answer().headers()),
          answer.answer().body());
      taken.want(slot, slot);
    });
    batch.query(
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
        row -> taken.won(new AnswerSlot(row.getString(1), row.getString(2), row.getString(3))),
        rows);
  }

  private static void deleteSetAside(SqlBatch batch, List<SetAside> released, Taken taken) {
    if (released.isEmpty()) return;
    var rows = new SqlRows("bigint");
    released.stream().map(SetAside::id).sorted().forEach(rows::add);
    released.forEach(record -> taken.want(record.id(), record.awaits()));
    batch.query(
        """
        delete from set_aside
        where id in (select id from set_aside where id = any(?::bigint[]) order by id for update)
        returning id
        """,
        row -> taken.won(row.getLong(1)),
        rows);
  }

  private static void insertSetAside(SqlBatch batch, List<SetAside> records) {
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
    batch.execute(
        """
        insert into set_aside (kind, event_id, awaits, reason, topic, partition_number,
          record_offset, record_key, headers, value, received_at, recorded_at, attempts, retry_at)
        select * from %s
        on conflict do nothing
        """
            .formatted(rows.unnest()),
        rows);
  }

  private static void writeDeadlines(SqlBatch batch, List<Writes.NextDeadline> deadlines) {
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
      batch.execute("delete from deadline where stream = any(?::text[])", gone);
    }
    if (next.isEmpty()) return;
    batch.execute(
        """
        insert into deadline (stream, name, rank, due_at)
        select * from %s
        on conflict (stream) do update
        set name = excluded.name, rank = excluded.rank, due_at = excluded.due_at,
          leased_until = null
        """
            .formatted(next.unnest()),
        next);
  }

  private static void writeRows(SqlBatch batch, Writes writes) {
    var byTable =
        writes.rows().stream()
            .collect(
                Collectors.groupingBy(
                    ViewRow::table,
                    () -> new TreeMap<>(Comparator.comparing(ViewTable::name)),
                    Collectors.toList()));
    byTable.forEach((table, rows) -> writeRows(batch, table, rows));
  }

  static void writeRows(SqlBatch batch, ViewTable table, List<ViewRow> unordered) {
    var rows = parameters(table, unordered);
    batch.execute(UPSERTS.computeIfAbsent(table, _ -> upsert(table, rows.unnest())), rows);
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
    try {
      connection.commit();
    } catch (SQLException e) {
      throw Faults.translate("committing", e);
    }
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
