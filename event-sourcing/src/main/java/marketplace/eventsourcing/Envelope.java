package marketplace.eventsourcing;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import marketplace.eventsourcing.tracing.Traceparent;
import org.jspecify.annotations.Nullable;

/// The attributes of an event on its way through Kafka: CloudEvents 1.0 in binary mode, where the
/// record's value is the data and everything else is a header (domain, section 6.2).
///
/// @param streamVersion null on an injected event that takes no part in version counting, and then
///   `previousVersion` is null too
/// @param recordedAt wall time of the commit at the producer
public record Envelope(
    UUID id,
    String type,
    String source,
    String subject,
    Instant time,
    @Nullable String dataSchema,
    @Nullable Integer streamVersion,
    @Nullable Integer previousVersion,
    UUID correlationId,
    UUID causationId,
    String actor,
    Instant recordedAt,
    Origin origin,
    @Nullable String runId,
    @Nullable String traceparent)
    implements EnvelopeReading {

  public static final String ID = "ce_id";
  public static final String TYPE = "ce_type";
  public static final String REJECTED_BY = "rejectedby";
  public static final String REJECT_REASON = "rejectreason";

  /// Of any header that is kept; what a producer of ours writes stays far below.
  public static final int HEADER_LENGTH_MAX = 512;

  /// Of a record's value. An event of ours is smaller by the limits on what makes it.
  public static final int VALUE_BYTES_MAX = 512 * 1024;

  private static final String SPEC_VERSION = "ce_specversion";
  private static final String SOURCE = "ce_source";
  public static final String SUBJECT = "ce_subject";
  private static final String TIME = "ce_time";
  private static final String CONTENT_TYPE = "content-type";
  private static final String DATA_SCHEMA = "ce_dataschema";
  private static final String STREAM_VERSION = "ce_streamversion";
  private static final String PREVIOUS_VERSION = "ce_previousversion";
  public static final String CORRELATION_ID = "ce_correlationid";
  private static final String CAUSATION_ID = "ce_causationid";
  private static final String ACTOR = "ce_actor";
  private static final String RECORDED_AT = "ce_recordedat";
  private static final String ORIGIN = "ce_origin";
  private static final String RUN_ID = "ce_runid";

  /// Of the attributes' headers.
  private static final String PREFIX = "ce_";

  private static final Set<String> NUMBERS = Set.of(STREAM_VERSION, PREVIOUS_VERSION);
  private static final JsonFactory DOCUMENTS = new JsonFactory();

  private static final String HARNESS = "HARNESS";
  private static final String JSON = "application/json";
  private static final int UUID_LENGTH = 36;
  private static final byte[] ESCAPED_NUL = {'u', '0', '0', '0', '0'};

  /// Instants outside could not be stored.
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  /// Always three digits: readers compare these texts.
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  /// Of a stored event's message.
  ///
  /// @param source `ce_source`: `/order-service`
  public static Envelope of(StoredEvent<?> stored, Message message, String source) {
    var trace = stored.trace();
    return new Envelope(
        stored.eventId(),
        message.type(),
        source,
        stored.stream().toString(),
        stored.time(),
        message.dataSchema(),
        stored.version(),
        stored.previousPublished(),
        trace.correlationId(),
        trace.causationId(),
        trace.actor(),
        stored.recordedAt(),
        trace.origin(),
        trace.runId(),
        trace.traceparent());
  }

  /// Of an event that is in nobody's store: it is its own cause, and takes no part in version
  /// counting.
  public static Envelope injected(
      UUID id,
      String type,
      String source,
      String subject,
      Instant time,
      String dataSchema,
      Instant recordedAt) {
    return new Envelope(
        id,
        type,
        source,
        subject,
        time,
        dataSchema,
        null,
        null,
        id,
        id,
        HARNESS,
        recordedAt,
        Origin.INJECTED,
        null,
        null);
  }

  /// As the headers of a record, in a fixed order.
  public Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(SPEC_VERSION, "1.0");
    headers.put(ID, id.toString());
    headers.put(TYPE, type);
    headers.put(SOURCE, source);
    headers.put(SUBJECT, subject);
    headers.put(TIME, MILLISECONDS.format(time));
    headers.put(CONTENT_TYPE, JSON);
    if (dataSchema != null) headers.put(DATA_SCHEMA, dataSchema);
    if (streamVersion != null) headers.put(STREAM_VERSION, Integer.toString(streamVersion));
    if (previousVersion != null) headers.put(PREVIOUS_VERSION, Integer.toString(previousVersion));
    headers.put(CORRELATION_ID, correlationId.toString());
    headers.put(CAUSATION_ID, causationId.toString());
    headers.put(ACTOR, actor);
    headers.put(RECORDED_AT, MILLISECONDS.format(recordedAt));
    headers.put(ORIGIN, origin.name());
    if (runId != null) headers.put(RUN_ID, runId);
    if (traceparent != null) headers.put(Traceparent.HEADER, traceparent);
    return headers;
  }

  /// As one JSON document with the message's data in it: CloudEvents 1.0 in structured mode.
  public String document(Message message) {
    Map<String, String> attributes = headers();
    attributes.putAll(message.headers());
    var written = new StringWriter();
    try (var json = DOCUMENTS.createGenerator(written)) {
      json.writeStartObject();
      for (var attribute : attributes.entrySet()) {
        json.writeFieldName(nameInDocument(attribute.getKey()));
        if (NUMBERS.contains(attribute.getKey())) json.writeNumber(attribute.getValue());
        else json.writeString(attribute.getValue());
      }
      json.writeFieldName("data");
      json.writeRawValue(message.data());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("nothing is written but memory", e);
    }
    return written.toString();
  }

  private static String nameInDocument(String header) {
    if (header.equals(CONTENT_TYPE)) return "datacontenttype";
    return header.startsWith(PREFIX) ? header.substring(PREFIX.length()) : header;
  }

  /// Reads what a record says about itself, or why it cannot be an event of ours. A service's event
  /// carries every attribute; of an injected one only those are asked for that say what happened,
  /// when and to what.
  public static EnvelopeReading read(Delivery delivery) {
    try {
      checkRecord(delivery);
      var headers = new Headers(delivery.headers());
      headers.expect(SPEC_VERSION, "1.0");
      headers.expectJson();
      var origin = headers.origin();
      return origin == Origin.SERVICE
          ? ofService(headers, origin)
          : ofHarness(headers, origin, delivery.receivedAt());
    } catch (UnreadableHeader e) {
      return new EnvelopeReading.Unreadable(e.reason);
    }
  }

  /// The trace of what follows from this event.
  public Trace trace() {
    return new Trace(correlationId, id, actor, origin, runId, traceparent);
  }

  private static Envelope ofService(Headers headers, Origin origin) throws UnreadableHeader {
    var streamVersion = headers.number(STREAM_VERSION, 1);
    return new Envelope(
        headers.uuid(ID),
        headers.text(TYPE),
        headers.text(SOURCE),
        headers.text(SUBJECT),
        headers.instant(TIME),
        headers.optionalText(DATA_SCHEMA),
        streamVersion,
        headers.previousVersion(streamVersion),
        headers.uuid(CORRELATION_ID),
        headers.uuid(CAUSATION_ID),
        headers.text(ACTOR),
        headers.instant(RECORDED_AT),
        origin,
        headers.optionalText(RUN_ID),
        headers.traceparent());
  }

  private static Envelope ofHarness(Headers headers, Origin origin, Instant receivedAt)
      throws UnreadableHeader {
    var id = headers.uuid(ID);
    var counted = headers.has(STREAM_VERSION) || headers.has(PREVIOUS_VERSION);
    @Nullable Integer streamVersion = counted ? headers.number(STREAM_VERSION, 1) : null;
    return new Envelope(
        id,
        headers.text(TYPE),
        headers.text(SOURCE),
        headers.text(SUBJECT),
        headers.instant(TIME),
        headers.optionalText(DATA_SCHEMA),
        streamVersion,
        streamVersion == null ? null : headers.previousVersion(streamVersion),
        headers.has(CORRELATION_ID) ? headers.uuid(CORRELATION_ID) : id,
        headers.has(CAUSATION_ID) ? headers.uuid(CAUSATION_ID) : id,
        headers.has(ACTOR) ? headers.text(ACTOR) : HARNESS,
        headers.has(RECORDED_AT) ? headers.instant(RECORDED_AT) : receivedAt,
        origin,
        headers.optionalText(RUN_ID),
        headers.traceparent());
  }

  private static void checkRecord(Delivery delivery) throws UnreadableHeader {
    if (delivery.key() == null) throw new UnreadableHeader("the key must be a UUID");
    var value = delivery.value();
    if (value == null) throw new UnreadableHeader("the value is missing");
    if (value.length > VALUE_BYTES_MAX) {
      throw new UnreadableHeader(
          "the value must have at most %d bytes, had %d".formatted(VALUE_BYTES_MAX, value.length));
    }
    if (escapesNul(value)) {
      throw new UnreadableHeader("the value contains the character U+0000");
    }
  }

  /// JSON can say U+0000 only by its escape; neither text nor jsonb of PostgreSQL can hold it.
  private static boolean escapesNul(byte[] json) {
    var escaped = false;
    for (var i = 0; i + 5 <= json.length; i++) {
      if (escaped && Arrays.equals(json, i, i + 5, ESCAPED_NUL, 0, 5)) return true;
      escaped = !escaped && json[i] == '\\';
    }
    return false;
  }

  /// Reads one header after the other; the first that cannot be read ends it.
  private record Headers(Map<String, String> values) {
    boolean has(String name) {
      return values.containsKey(name);
    }

    @Nullable String optionalText(String name) throws UnreadableHeader {
      return has(name) ? text(name) : null;
    }

    /// What is none is ignored: the event itself says all that is asked for.
    @Nullable String traceparent() {
      return Traceparent.read(values.get(Traceparent.HEADER));
    }

    String text(String name) throws UnreadableHeader {
      var value = values.get(name);
      if (value == null) throw new UnreadableHeader("header " + name + " is missing");
      if (value.isBlank()) throw new UnreadableHeader("header " + name + " is blank");
      if (value.length() > HEADER_LENGTH_MAX) {
        throw new UnreadableHeader(
            "header %s must have at most %d characters, had %d"
                .formatted(name, HEADER_LENGTH_MAX, value.length()));
      }
      return value;
    }

    UUID uuid(String name) throws UnreadableHeader {
      var text = text(name);
      if (isUuid(text)) return UUID.fromString(text);
      throw unexpected(name, "a UUID", text);
    }

    /// Java reads shorter forms too, and signs, as nobody else does.
    private static boolean isUuid(String text) {
      if (text.length() != UUID_LENGTH) return false;
      for (var i = 0; i < UUID_LENGTH; i++) {
        var dash = i == 8 || i == 13 || i == 18 || i == 23;
        var letter = text.charAt(i);
        if (dash ? letter != '-' : !HexFormat.isHexDigit(letter)) return false;
      }
      return true;
    }

    Instant instant(String name) throws UnreadableHeader {
      var text = text(name);
      try {
        var instant = Instant.parse(text).truncatedTo(ChronoUnit.MILLIS);
        if (!instant.isBefore(EARLIEST) && !instant.isAfter(LATEST)) return instant;
      } catch (DateTimeException _) {
        // told below, as for instants out of range
      }
      throw unexpected(name, "an RFC 3339 instant from 1970 to 9999", text);
    }

    int number(String name, int min) throws UnreadableHeader {
      var text = text(name);
      try {
        var number = Integer.parseInt(text);
        if (number >= min) return number;
      } catch (NumberFormatException _) {
        // told below, as for numbers that are too small
      }
      throw unexpected(name, "a whole number >= " + min, text);
    }

    int previousVersion(int streamVersion) throws UnreadableHeader {
      var previous = number(PREVIOUS_VERSION, 0);
      if (previous < streamVersion) return previous;
      throw unexpected(PREVIOUS_VERSION, "below " + STREAM_VERSION, Integer.toString(previous));
    }

    Origin origin() throws UnreadableHeader {
      var text = text(ORIGIN);
      for (var origin : Origin.values()) {
        if (origin.name().equals(text)) return origin;
      }
      throw unexpected(ORIGIN, "SERVICE or INJECTED", text);
    }

    void expect(String name, String expected) throws UnreadableHeader {
      var text = text(name);
      if (!text.equals(expected)) throw unexpected(name, expected, text);
    }

    void expectJson() throws UnreadableHeader {
      var text = text(CONTENT_TYPE);
      if (!text.equals(JSON) && !text.startsWith(JSON + ";")) {
        throw unexpected(CONTENT_TYPE, JSON, text);
      }
    }

    private static UnreadableHeader unexpected(String name, String expected, String was) {
      return new UnreadableHeader("header %s must be %s, was %s".formatted(name, expected, was));
    }
  }

  /// Ends the reading; never leaves this file.
  private static final class UnreadableHeader extends Exception {
    private final String reason;

    UnreadableHeader(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }
  }
}
