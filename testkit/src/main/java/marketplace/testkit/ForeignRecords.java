package marketplace.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import marketplace.contracts.ContractJson;
import marketplace.contracts.Message;
import marketplace.contracts.MessageFamily;
import marketplace.eventsourcing.Envelope;
import marketplace.eventsourcing.Inbound;
import marketplace.eventsourcing.ServiceRules;
import marketplace.eventsourcing.messaging.ProducerSettings;
import marketplace.platform.TestPlatform;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Records that nobody should write to our topics, spoiled in every way that we know. Each is set
/// aside with a reason that says what is wrong with it, or passed over where it is merely none of
/// the service's business, and the service reads on behind it.
public final class ForeignRecords {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LISTED_MAX = 200;
  private static final List<MessageFamily<? extends Message>> FAMILIES =
      List.of(
          MessageFamily.ORDER,
          MessageFamily.SELLER,
          MessageFamily.SELLER_ACCOUNTS,
          MessageFamily.REFUND,
          MessageFamily.DISPUTE);

  private final String topic;
  private final String type;
  private final List<Foreign> records = new ArrayList<>();

  /// @param reason a part of what must be said of it; null where it is passed over
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Foreign(
      String topic,
      String what,
      @Nullable String key,
      byte @Nullable [] value,
      Map<String, String> headers,
      @Nullable String reason) {}

  private ForeignRecords(Inbound<?> inbound) {
    topic = inbound.topic();
    type =
        FAMILIES.stream()
            .filter(family -> family.topic().equals(topic))
            .flatMap(family -> family.types().stream())
            .findFirst()
            .orElseThrow();
  }

  /// Writes them to each topic that the service reads, and waits until it has dealt with them.
  ///
  /// @return one line for each record that was not dealt with as it must be
  public static List<String> wrongOnes(int port, ServiceRules rules) {
    var records =
        rules.inbound().stream().flatMap(inbound -> new ForeignRecords(inbound).all()).toList();
    publish(records);
    var until = System.nanoTime() + PATIENCE.toNanos();
    var wrong = wrongNow(port, records);
    while (!wrong.isEmpty() && System.nanoTime() < until) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      wrong = wrongNow(port, records);
    }
    return wrong;
  }

  private Stream<Foreign> all() {
    record("no key", null, bytes("{}"), headers(), "the key must be a UUID");
    record("a key that is no UUID", "7", bytes("{}"), headers(), "the key must be a UUID");
    header("ce_type", null, "header ce_type is missing");
    header("ce_type", "SomethingElse", null);
    header("ce_type", "With\0Nul", null);
    header("ce_id", null, "header ce_id is missing");
    header("ce_id", "7", "header ce_id must be a UUID");
    header("ce_id", "7".repeat(5_000), "header ce_id must have at most");
    header("ce_specversion", "2.0", "header ce_specversion must be 1.0");
    header("ce_time", "yesterday", "header ce_time must be an RFC 3339 instant");
    header("ce_subject", " ", "header ce_subject is blank");
    header("ce_origin", "SERVICE", "header ce_streamversion is missing");
    header("ce_streamversion", "-1", "header ce_streamversion must be a whole number");
    header("content-type", "application/avro", "header content-type must be application/json");
    header("ce_dataschema", "urn:elsewhere", "ce_dataschema must be");
    header("ce_dataschema", MessageFamily.dataSchema(type) + "1", "ce_dataschema must be");
    value("a tombstone", null, "the value is missing");
    value("half a body", bytes("{\"orderId\": "), type + ": ");
    value("no JSON", bytes("Hello"), type + ": ");
    value("no text", new byte[] {(byte) 0xC3, 0x28}, type + ": ");
    value("a list", bytes("[]"), "data must be a JSON object");
    value("missing fields", bytes("{}"), "is missing");
    value("wrong kinds", bytes(wrongKinds()), type + ": ");
    value("U+0000, escaped", bytes("{\"text\": \"a\\u0000b\"}"), "the character U+0000");
    value("U+0000, bare", bytes("{\"text\": \"a\0b\"}"), type + ": ");
    value("too much", new byte[Envelope.VALUE_BYTES_MAX + 1], "the value must have at most");
    return records.stream();
  }

  private void header(String name, @Nullable String text, @Nullable String reason) {
    var headers = headers();
    if (text == null) headers.remove(name);
    else headers.put(name, text);
    var what =
        name + " " + (text == null ? "missing" : text.substring(0, Math.min(20, text.length())));
    record(what, UUID.randomUUID().toString(), bytes("{}"), headers, reason);
  }

  private void value(String what, byte @Nullable [] value, String reason) {
    record(what, UUID.randomUUID().toString(), value, headers(), reason);
  }

  private void record(
      String what,
      @Nullable String key,
      byte @Nullable [] value,
      Map<String, String> headers,
      @Nullable String reason) {
    records.add(new Foreign(topic, what, key, value, headers, reason));
  }

  /// An injected event, which takes no part in version counting: so each stands for itself.
  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", UUID.randomUUID().toString());
    headers.put("ce_type", type);
    headers.put("ce_source", "/foreign");
    headers.put("ce_subject", "foreign-" + UUID.randomUUID());
    headers.put("ce_time", ContractJson.format(TestClock.START));
    headers.put("content-type", "application/json");
    headers.put("ce_dataschema", MessageFamily.dataSchema(type));
    headers.put("ce_origin", "INJECTED");
    return headers;
  }

  /// Every field is there, and none is of its kind.
  private String wrongKinds() {
    try (var schema = MessageFamily.class.getResourceAsStream("/schemas/" + type + ".v1.json")) {
      var data = JSON.createObjectNode();
      for (var field : JSON.readTree(Objects.requireNonNull(schema, type)).path("required")) {
        data.putObject(field.asText()).put("of", "another kind");
      }
      return data.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static void publish(List<Foreign> records) {
    records.stream().map(Foreign::topic).distinct().forEach(TestTopics::createTopic);
    try (var producer =
        new KafkaProducer<>(
            ProducerSettings.inOrder(TestPlatform.kafka().bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (var foreign : records) {
        var record = new ProducerRecord<>(foreign.topic(), foreign.key(), foreign.value());
        foreign.headers().forEach((name, text) -> record.headers().add(name, bytes(text)));
        producer.send(record).get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("record was not published", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static List<String> wrongNow(int port, List<Foreign> records) {
    List<String> wrong = new ArrayList<>();
    List<JsonNode> listed = new ArrayList<>();
    get(port, "/v1/simulation/rejected?limit=" + LISTED_MAX).forEach(listed::add);
    for (var foreign : records) {
      var found = listed.stream().filter(row -> isAbout(row, foreign)).findFirst();
      found.ifPresent(listed::remove);
      if (found.isPresent() == (foreign.reason() == null)) {
        wrong.add(
            "%s: %s is not as it must be in the list".formatted(foreign.topic(), foreign.what()));
      }
    }
    var lag = get(port, "/v1/simulation/quiescence").path("consumerLag").asLong(-1);
    if (lag != 0) wrong.add("consumers are behind by " + lag);
    return wrong;
  }

  /// Its id is listed where it could be read; where the record does not even say what it is, only
  /// the reason is known.
  private static boolean isAbout(JsonNode row, Foreign foreign) {
    var sameId = row.path("eventId").asText().equals(foreign.headers().get("ce_id"));
    var reason = foreign.reason();
    if (reason == null) return sameId;
    return row.path("kind").asText().equals("UNREADABLE")
        && row.path("topic").asText().equals(foreign.topic())
        && row.path("reason").asText().contains(reason)
        && (sameId || row.path("eventId").isNull());
  }

  private static JsonNode get(int port, String path) {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .header("X-Role", "SIMULATION")
            .header("X-Actor-Id", UUID.randomUUID().toString())
            .GET();
    try (var http = HttpClient.newHttpClient()) {
      return JSON.readTree(http.send(request.build(), BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
