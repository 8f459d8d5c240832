package marketplace.eventsourcing.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;

/// Rows of the event table as stored events.
final class EventRows {
  static final String COLUMNS =
      "stream, position, event_id, version, previous_published, has_message, type, data,"
          + " correlation_id, causation_id, actor, origin, run_id, traceparent, time, recorded_at";

  private EventRows() {}

  /// @param row with at least `COLUMNS`, in their order
  static <E> StoredEvent<E> read(ResultSet row, StreamId stream, Aggregate<?, ?, E, ?> aggregate)
      throws SQLException {
    var type = row.getString(7);
    return new StoredEvent<>(
        row.getLong(2),
        row.getObject(3, UUID.class),
        stream,
        row.getInt(4),
        row.getInt(5),
        row.getBoolean(6),
        type,
        aggregate.codec().decode(type, row.getString(8)),
        new Trace(
            row.getObject(9, UUID.class),
            row.getObject(10, UUID.class),
            row.getString(11),
            Origin.valueOf(row.getString(12)),
            row.getString(13),
            row.getString(14)),
        instant(row, 15),
        instant(row, 16));
  }

  static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
