package marketplace.eventsourcing.store;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Aggregates;
import marketplace.eventsourcing.History;
import marketplace.eventsourcing.Message;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.relay.PublishedMark;

/// Looks at what is stored, outside of any decision.
public final class EventReader {
  private static final String AFTER =
      "select "
          + EventRows.COLUMNS
          + ", xid::text as transaction from event where (xid, position) > (?::xid8, ?::bigint)"
          + " and xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid, position limit ";

  private final DataSource database;
  private final Aggregates aggregates;

  public EventReader(DataSource database, Aggregates aggregates) {
    this.database = database;
    this.aggregates = aggregates;
  }

  /// One line of the audit trail.
  ///
  /// @param time simulated
  /// @param recordedAt wall time
  /// @param published has Kafka acknowledged its message? Always false for a private event
  /// @param data as it is stored
  public record AuditEntry(
      int streamVersion,
      UUID eventId,
      String type,
      Instant time,
      Instant recordedAt,
      String actor,
      UUID correlationId,
      UUID causationId,
      Origin origin,
      boolean published,
      @JsonRawValue String data) {}

  /// Where a reader of all events stands: behind this transaction's event.
  public record Place(String xid, long position) {
    /// Before everything.
    public static final Place START = new Place("0", 0);
  }

  /// A published event on the way past.
  public record Passing(Place place, StoredEvent<?> stored, Message message) {}

  /// @param next where to go on, also where nothing of this piece had a message
  public record Piece(List<Passing> events, Place next) {}

  /// @throws StoreUnavailableException where the database cannot be reached
  public <E> History<E> history(StreamId stream, Aggregate<?, ?, E, ?> aggregate) {
    return read(
        "select " + EventRows.COLUMNS + " from event where stream = ? order by version",
        rows -> {
          List<StoredEvent<E>> events = new ArrayList<>();
          while (rows.next()) events.add(EventRows.read(rows, stream, aggregate));
          return new History<>(stream, events);
        },
        stream.toString());
  }

  /// A stream as people look at it, oldest first.
  public List<AuditEntry> audit(StreamId stream) {
    return read(
        "select version, event_id, type, time, recorded_at, actor, correlation_id, causation_id,"
            + " origin, ("
            + PublishedMark.PUBLISHED
            + ") as published, data from event where stream = ? order by version",
        rows -> {
          List<AuditEntry> entries = new ArrayList<>();
          while (rows.next()) {
            entries.add(
                new AuditEntry(
                    rows.getInt("version"),
                    rows.getObject("event_id", UUID.class),
                    rows.getString("type"),
                    instant(rows, "time"),
                    instant(rows, "recorded_at"),
                    rows.getString("actor"),
                    rows.getObject("correlation_id", UUID.class),
                    rows.getObject("causation_id", UUID.class),
                    Origin.valueOf(rows.getString("origin")),
                    rows.getBoolean("published"),
                    rows.getString("data")));
          }
          return entries;
        },
        stream.toString());
  }

  /// Behind all that can be read now.
  public Place end() {
    return read(
        """
        select xid::text, position from event
        where xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid desc, position desc limit 1
        """,
        rows -> rows.next() ? new Place(rows.getString(1), rows.getLong(2)) : Place.START);
  }

  /// What comes behind a place, of all streams, in the order of transactions. Nothing that a still
  /// open transaction may yet add comes before it: a reader that goes on from here misses nothing.
  public Piece after(Place place, int limit) {
    return read(
        AFTER + limit,
        rows -> {
          List<Passing> events = new ArrayList<>();
          var next = place;
          while (rows.next()) {
            next = place(rows);
            if (rows.getBoolean("has_message")) events.add(passing(rows, next));
          }
          return new Piece(events, next);
        },
        place.xid(),
        Long.toString(place.position()));
  }

  /// @param next where to go on
  /// @param full are there more?
  public record Trail<E>(List<StoredEvent<E>> events, Place next, boolean full) {}

  /// Events of one kind of stream, private ones too, as `after` reads all of them.
  ///
  /// @param types the stored names that are wanted
  public <E> Trail<E> trail(
      Place place, int limit, Aggregate<?, ?, E, ?> aggregate, Set<String> types) {
    return read(
        AFTER + limit,
        rows -> {
          List<StoredEvent<E>> events = new ArrayList<>();
          var next = place;
          var count = 0;
          for (; rows.next(); count++) {
            next = place(rows);
            if (!types.contains(rows.getString("type"))) continue;
            events.add(EventRows.read(rows, StreamId.parse(rows.getString("stream")), aggregate));
          }
          return new Trail<>(events, next, count == limit);
        },
        place.xid(),
        Long.toString(place.position()));
  }

  /// How many events of these types come behind a place, though they may not be ready to be read
  /// yet. Counting stops at the limit.
  public long countAfter(Place place, int limit, Set<String> types) {
    return read(
        "select count(*) from (select from event where (xid, position) > (?::xid8, ?::bigint)"
            + " and type = any (string_to_array(?, ' ')) limit %d) later".formatted(limit),
        rows -> {
          rows.next();
          return rows.getLong(1);
        },
        place.xid(),
        Long.toString(place.position()),
        String.join(" ", types));
  }

  private static Place place(ResultSet rows) throws SQLException {
    return new Place(rows.getString("transaction"), rows.getLong("position"));
  }

  private Passing passing(ResultSet rows, Place place) throws SQLException {
    var stream = StreamId.parse(rows.getString("stream"));
    return passing(rows, place, stream, aggregates.of(stream));
  }

  private static <E> Passing passing(
      ResultSet rows, Place place, StreamId stream, Aggregate<?, ?, E, ?> aggregate)
      throws SQLException {
    var stored = EventRows.read(rows, stream, aggregate);
    var message =
        aggregate
            .publications()
            .messageFor(stored)
            .orElseThrow(() -> new IllegalStateException("no message for " + stored));
    return new Passing(place, stored, message);
  }

  private static Instant instant(ResultSet rows, String column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class).toInstant();
  }

  @FunctionalInterface
  private interface Reading<T> {
    T of(ResultSet rows) throws SQLException;
  }

  private <T> T read(String sql, Reading<T> reading, String... parameters) {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(true);
      try (var statement = connection.prepareStatement(sql)) {
        for (var i = 0; i < parameters.length; i++) statement.setString(i + 1, parameters[i]);
        try (var rows = statement.executeQuery()) {
          return reading.of(rows);
        }
      }
    } catch (SQLException e) {
      throw new StoreUnavailableException("events cannot be read", e);
    }
  }
}
