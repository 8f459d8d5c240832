package marketplace.eventsourcing.relay;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import org.apache.kafka.connect.data.Struct;

/// One row of the event table, from the log or from the table itself, its data not understood yet.
record EventRow(
    UUID eventId,
    StreamId stream,
    int version,
    int previousPublished,
    boolean hasMessage,
    String type,
    String data,
    Trace trace,
    Instant time,
    Instant recordedAt) {

  static final String COLUMNS =
      "event_id, stream, version, previous_published, has_message, type, data, correlation_id,"
          + " causation_id, actor, origin, run_id, traceparent, time, recorded_at";

  static EventRow of(Struct row) {
    return new EventRow(
        UUID.fromString(row.getString("event_id")),
        StreamId.parse(row.getString("stream")),
        row.getInt32("version"),
        row.getInt32("previous_published"),
        row.getBoolean("has_message"),
        row.getString("type"),
        row.getString("data"),
        new Trace(
            UUID.fromString(row.getString("correlation_id")),
            UUID.fromString(row.getString("causation_id")),
            row.getString("actor"),
            Origin.valueOf(row.getString("origin")),
            row.getString("run_id"),
            row.getString("traceparent")),
        Instant.parse(row.getString("time")),
        Instant.parse(row.getString("recorded_at")));
  }

  static EventRow of(ResultSet row) throws SQLException {
    return new EventRow(
        row.getObject("event_id", UUID.class),
        StreamId.parse(row.getString("stream")),
        row.getInt("version"),
        row.getInt("previous_published"),
        row.getBoolean("has_message"),
        row.getString("type"),
        row.getString("data"),
        new Trace(
            row.getObject("correlation_id", UUID.class),
            row.getObject("causation_id", UUID.class),
            row.getString("actor"),
            Origin.valueOf(row.getString("origin")),
            row.getString("run_id"),
            row.getString("traceparent")),
        row.getObject("time", OffsetDateTime.class).toInstant(),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant());
  }

  /// Its position is of no use to a message.
  <E> StoredEvent<E> stored(E event) {
    return new StoredEvent<>(
        0,
        eventId,
        stream,
        version,
        previousPublished,
        hasMessage,
        type,
        event,
        trace,
        time,
        recordedAt);
  }
}
