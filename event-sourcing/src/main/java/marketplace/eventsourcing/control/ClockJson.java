package marketplace.eventsourcing.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import marketplace.eventsourcing.ClockRecord;
import org.jspecify.annotations.Nullable;

/// Clock records as they travel: what the harness writes and every service reads.
public final class ClockJson {
  private ClockJson() {}

  /// @throws IllegalArgumentException which says what was expected and what came
  public static ClockRecord read(JsonNode json) {
    return new ClockRecord(
        number(json, "epoch"),
        instant(json, "wallAnchor"),
        instant(json, "simAnchor"),
        number(json, "rate"),
        json.hasNonNull("deadlinesUpTo") ? bound(json.get("deadlinesUpTo")) : null);
  }

  public static ObjectNode write(ClockRecord record) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("epoch", record.epoch())
            .put("wallAnchor", record.wallAnchor().toString())
            .put("simAnchor", record.simAnchor().toString())
            .put("rate", record.rate());
    var bound = record.deadlinesUpTo();
    if (bound != null) {
      json.putObject("deadlinesUpTo")
          .put("at", bound.at().toString())
          .put("rank", bound.rank())
          .put("id", bound.id());
    }
    return json;
  }

  private static ClockRecord.Bound bound(JsonNode json) {
    var rank = number(json, "rank");
    if (rank != (int) rank) throw expected("rank", "a small whole number", json.get("rank"));
    var id = json.get("id");
    if (id == null || !id.isTextual()) throw expected("id", "text", id);
    return new ClockRecord.Bound(instant(json, "at"), (int) rank, id.textValue());
  }

  private static long number(JsonNode json, String field) {
    var value = json.get(field);
    if (value != null && value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    throw expected(field, "a whole number", value);
  }

  private static Instant instant(JsonNode json, String field) {
    var value = json.get(field);
    if (value != null && value.isTextual()) {
      try {
        return Instant.parse(value.textValue());
      } catch (DateTimeException _) {
        // told below, as for what is no text
      }
    }
    throw expected(field, "an RFC 3339 instant", value);
  }

  private static IllegalArgumentException expected(
      String field, String what, @Nullable JsonNode was) {
    return new IllegalArgumentException("%s must be %s, was %s".formatted(field, what, was));
  }
}
