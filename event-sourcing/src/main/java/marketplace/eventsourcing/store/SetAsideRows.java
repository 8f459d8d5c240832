package marketplace.eventsourcing.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import marketplace.eventsourcing.Delivery;

/// Rows of the table of records that are set aside, and headers as JSON.
final class SetAsideRows {
  static final String COLUMNS =
      "id, kind, event_id, awaits, reason, topic, partition_number, record_offset, record_key,"
          + " headers, value, received_at, recorded_at, attempts, retry_at";

  private static final ObjectMapper JSON = new ObjectMapper();

  private SetAsideRows() {}

  static SetAside read(ResultSet row) throws SQLException {
    return new SetAside(
        row.getLong(1),
        SetAside.Kind.valueOf(row.getString(2)),
        row.getObject(3, UUID.class),
        row.getString(4),
        row.getString(5),
        new Delivery.Received(
            row.getString(6),
            row.getInt(7),
            row.getLong(8),
            row.getObject(9, UUID.class),
            headers(row.getString(10)),
            row.getBytes(11),
            EventRows.instant(row, 12)),
        EventRows.instant(row, 13),
        row.getInt(14),
        row.getObject(15) == null ? null : EventRows.instant(row, 15));
  }

  static String json(Map<String, String> headers) {
    try {
      return JSON.writeValueAsString(headers);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("headers cannot be written: " + headers, e);
    }
  }

  static Map<String, String> headers(String json) {
    try {
      return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored headers cannot be read: " + json, e);
    }
  }
}
