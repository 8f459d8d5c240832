package marketplace.eventsourcing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
  private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-00000000000a");
  private static final UUID KEY = UUID.fromString("00000000-0000-0000-0000-00000000000b");
  private static final UUID CORRELATION = UUID.fromString("00000000-0000-0000-0000-00000000000c");
  private static final UUID CAUSATION = UUID.fromString("00000000-0000-0000-0000-00000000000d");
  private static final Instant TIME = Instant.parse("2026-01-05T09:00:00Z");
  private static final Instant RECORDED = Instant.parse("2026-11-21T10:00:00.120Z");
  private static final Instant RECEIVED = Instant.parse("2026-11-21T10:00:01Z");

  private static final Envelope WRITTEN =
      new Envelope(
          ID,
          "Said",
          "/note-service",
          "note-" + KEY,
          TIME,
          "/schemas/Said/v1",
          3,
          1,
          CORRELATION,
          CAUSATION,
          "BUYER:1",
          RECORDED,
          Origin.SERVICE,
          "run-1",
          "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

  @Test
  void puts_attributes_and_data_into_one_document() {
    var message =
        new Message(
            "notes.v1", KEY.toString(), "Said", "/schemas/Said/v1", "{\"word\":\"a \\\"b\\\"\"}");
    assertThat(WRITTEN.document(message))
        .isEqualTo(
            """
            {"specversion":"1.0","id":"%s","type":"Said","source":"/note-service",\
            "subject":"note-%s","time":"2026-01-05T09:00:00.000Z",\
            "datacontenttype":"application/json","dataschema":"/schemas/Said/v1",\
            "streamversion":3,"previousversion":1,"correlationid":"%s","causationid":"%s",\
            "actor":"BUYER:1","recordedat":"2026-11-21T10:00:00.120Z","origin":"SERVICE",\
            "runid":"run-1",\
            "traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",\
            "data":{"word":"a \\"b\\""}}\
            """
                .formatted(ID, KEY, CORRELATION, CAUSATION));
  }

  @Test
  void writes_the_attributes_of_a_stored_event() {
    assertThat(headers())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("ce_specversion", "1.0"),
                Map.entry("ce_id", ID.toString()),
                Map.entry("ce_type", "Said"),
                Map.entry("ce_source", "/note-service"),
                Map.entry("ce_subject", "note-" + KEY),
                Map.entry("ce_time", "2026-01-05T09:00:00.000Z"),
                Map.entry("content-type", "application/json"),
                Map.entry("ce_dataschema", "/schemas/Said/v1"),
                Map.entry("ce_streamversion", "3"),
                Map.entry("ce_previousversion", "1"),
                Map.entry("ce_correlationid", CORRELATION.toString()),
                Map.entry("ce_causationid", CAUSATION.toString()),
                Map.entry("ce_actor", "BUYER:1"),
                Map.entry("ce_recordedat", "2026-11-21T10:00:00.120Z"),
                Map.entry("ce_origin", "SERVICE"),
                Map.entry("ce_runid", "run-1"),
                Map.entry(
                    "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")));
  }

  @Test
  void reads_what_it_has_written() {
    assertThat(read(headers())).isEqualTo(WRITTEN);
  }

  @Test
  void gives_what_follows_the_event_as_its_cause() {
    assertThat(WRITTEN.trace())
        .isEqualTo(
            new Trace(CORRELATION, ID, "BUYER:1", Origin.SERVICE, "run-1", WRITTEN.traceparent()));
  }

  @Test
  void asks_of_an_injected_event_only_what_happened_when_and_to_what() {
    var headers = headers();
    headers.put("ce_origin", "INJECTED");
    for (var name :
        new String[] {
          "ce_streamversion",
          "ce_previousversion",
          "ce_correlationid",
          "ce_causationid",
          "ce_actor",
          "ce_recordedat",
          "ce_dataschema",
          "ce_runid",
          "traceparent"
        }) {
      headers.remove(name);
    }
    assertThat(read(headers))
        .isEqualTo(
            new Envelope(
                ID,
                "Said",
                "/note-service",
                "note-" + KEY,
                TIME,
                null,
                null,
                null,
                ID,
                ID,
                "HARNESS",
                RECEIVED,
                Origin.INJECTED,
                null,
                null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ce_specversion",
        "ce_id",
        "ce_type",
        "ce_source",
        "ce_subject",
        "ce_time",
        "content-type",
        "ce_streamversion",
        "ce_previousversion",
        "ce_correlationid",
        "ce_causationid",
        "ce_actor",
        "ce_recordedat",
        "ce_origin"
      })
  void says_which_attribute_is_missing(String name) {
    var headers = headers();
    headers.remove(name);
    assertThat(read(headers)).isEqualTo(unreadable("header " + name + " is missing"));
    headers.put(name, " ");
    assertThat(read(headers)).isEqualTo(unreadable("header " + name + " is blank"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ce_specversion     | 0.3                              | 1.0
          ce_id              | 17                               | a UUID
          ce_id              | 1-2-3-4-5                        | a UUID
          ce_time            | yesterday                        | an RFC 3339 instant from 1970 to 9999
          ce_time            | +1000000000-12-31T23:59:59Z      | an RFC 3339 instant from 1970 to 9999
          content-type       | text/plain                       | application/json
          ce_streamversion   | 0                                | a whole number >= 1
          ce_streamversion   | 99999999999                      | a whole number >= 1
          ce_previousversion | -1                               | a whole number >= 0
          ce_previousversion | 3                                | below ce_streamversion
          ce_origin          | ELSEWHERE                        | SERVICE or INJECTED
          """)
  void says_what_was_expected_and_what_came(String name, String value, String expected) {
    var headers = headers();
    headers.put(name, value);
    assertThat(read(headers))
        .isEqualTo(unreadable("header %s must be %s, was %s".formatted(name, expected, value)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "yes", "00-0af7651916cd43dd8448eb211c80319c-01"})
  void reads_an_event_although_its_trace_cannot_be_read(String traceparent) {
    var headers = headers();
    headers.put("traceparent", traceparent);
    assertThat(read(headers))
        .isInstanceOfSatisfying(
            Envelope.class, envelope -> assertThat(envelope.traceparent()).isNull());
  }

  @Test
  void refuses_overlong_headers() {
    var headers = headers();
    headers.put("ce_actor", "x".repeat(Envelope.HEADER_LENGTH_MAX));
    assertThat(read(headers)).isInstanceOf(Envelope.class);
    headers.put("ce_actor", "x".repeat(Envelope.HEADER_LENGTH_MAX + 1));
    assertThat(read(headers))
        .isEqualTo(unreadable("header ce_actor must have at most 512 characters, had 513"));
  }

  @Test
  void refuses_records_that_are_no_events() {
    var json = "{}".getBytes(UTF_8);
    assertThat(read(null, headers(), json)).isEqualTo(unreadable("the key must be a UUID"));
    assertThat(read(KEY, headers(), null)).isEqualTo(unreadable("the value is missing"));
    assertThat(read(KEY, Map.of(), json)).isEqualTo(unreadable("header ce_specversion is missing"));
  }

  @Test
  void refuses_values_that_are_too_large() {
    assertThat(read(KEY, headers(), new byte[Envelope.VALUE_BYTES_MAX]))
        .isInstanceOf(Envelope.class);
    assertThat(read(KEY, headers(), new byte[Envelope.VALUE_BYTES_MAX + 1]))
        .isEqualTo(unreadable("the value must have at most 524288 bytes, had 524289"));
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"a\":\"\\u0000\"}', false",
    "'{\"a\":\"\\\\\\u0000\"}', false",
    "'{\"a\":\"\\\\u0000\"}', true",
    "'{\"a\":\"u0000\"}', true",
    "'\\u0000', false",
    "'\\u000', true"
  })
  void refuses_the_escaped_character_that_no_text_column_takes(String json, boolean readable) {
    assertThat(read(KEY, headers(), json.getBytes(UTF_8)) instanceof Envelope).isEqualTo(readable);
  }

  private static Map<String, String> headers() {
    var stored =
        new StoredEvent<>(
            17,
            ID,
            new StreamId("note", KEY),
            3,
            1,
            true,
            "note.said.v1",
            "hello",
            new Trace(
                CORRELATION, CAUSATION, "BUYER:1", Origin.SERVICE, "run-1", WRITTEN.traceparent()),
            TIME,
            RECORDED);
    var message = new Message("note.events.v1", KEY.toString(), "Said", "/schemas/Said/v1", "{}");
    return Envelope.of(stored, message, "/note-service").headers();
  }

  private static EnvelopeReading read(Map<String, String> headers) {
    return read(KEY, headers, "{}".getBytes(UTF_8));
  }

  private static EnvelopeReading read(
      @Nullable UUID key, Map<String, String> headers, byte @Nullable [] value) {
    return Envelope.read(
        new Delivery.Received("note.events.v1", 0, 7, key, headers, value, RECEIVED));
  }

  private static EnvelopeReading unreadable(String reason) {
    return new EnvelopeReading.Unreadable(reason);
  }
}
