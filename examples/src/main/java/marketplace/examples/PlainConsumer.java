package marketplace.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads all topics from their beginnings to their ends, and answers six questions.
///
/// ```
/// java -cp "load-test/target/lib/*" \
///   examples/src/main/java/marketplace/examples/PlainConsumer.java localhost:9092 expected.json
/// ```
public final class PlainConsumer {
  private static final List<String> TOPICS =
      List.of("order.events.v1", "seller.events.v1", "refund.events.v1", "dispute.events.v1");

  private static final ObjectMapper JSON = new ObjectMapper();

  /// Kept, or the level that is set on it would be forgotten with it.
  private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

  /// A relay that dies sends its last events again, under the same ids (lesson 6).
  private final Set<String> seen = new HashSet<>();

  private final Map<String, Long> cancellationsPerHour = new TreeMap<>();
  private final Map<String, Long> requestsByReason = new TreeMap<>();
  private final Map<String, Long> disputesPerDay = new TreeMap<>();

  // Topics come in any order to one another (lesson 5): what belongs together is joined at the end.
  private final Map<String, Instant> requestedAt = new HashMap<>();
  private final Map<String, String> requestBySettlement = new HashMap<>();
  private final Map<String, String> sellerByOrder = new HashMap<>();
  private final List<Refund> refunds = new ArrayList<>();
  private final TreeMap<Instant, Long> moneyMoved = new TreeMap<>();

  private record Refund(
      String orderId, String causeId, String method, long amountMinor, Instant at) {}

  private PlainConsumer() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) throw new IllegalArgumentException("HOST:PORT EXPECTED.JSON");
    KAFKA.setLevel(Level.WARNING);
    var consumer = new PlainConsumer();
    consumer.readAll(arguments[0]);
    System.exit(consumer.answer(new Answers(Path.of(arguments[1]))));
  }

  private void readAll(String bootstrapServers) throws IOException {
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
    try (var kafka =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (var topic : TOPICS) {
        for (var info : kafka.partitionsFor(topic)) {
          partitions.add(new TopicPartition(topic, info.partition()));
        }
      }
      kafka.assign(partitions);
      kafka.seekToBeginning(partitions);
      var ends = kafka.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> kafka.position(end.getKey()) < end.getValue())) {
        for (var record : kafka.poll(Duration.ofMillis(200))) read(record);
      }
    }
  }

  private void read(ConsumerRecord<String, String> record) throws IOException {
    if (!seen.add(header(record, "ce_id"))) return;
    var at = Instant.parse(header(record, "ce_time"));
    var data = JSON.readTree(record.value());
    switch (header(record, "ce_type")) {
      case "OrderPlaced" -> sellerByOrder.put(text(data, "orderId"), text(data, "sellerId"));
      case "OrderCancelled" -> count(cancellationsPerHour, hour(at));
      case "CancellationRequested" -> {
        count(requestsByReason, text(data, "reason"));
        requestedAt.put(text(data, "cancellationId"), at);
      }
      case "OrderUnitsCancelled" ->
          requestBySettlement.put(text(data, "settlementId"), text(data, "cancellationId"));
      case "PaymentCaptured" -> move(at, data.get("amountMinor").longValue());
      case "PayoutReleased" -> move(at, -data.get("amountMinor").longValue());
      case "RefundIssued" -> {
        var amount = data.get("amountMinor").longValue();
        move(at, -amount);
        refunds.add(
            new Refund(
                text(data, "orderId"), text(data, "causeId"), text(data, "method"), amount, at));
      }
      case "DisputeOpened" -> count(disputesPerDay, day(at));
      // There will be events that nobody knows today.
      default -> {}
    }
  }

  private int answer(Answers answers) {
    return answers
        .with("cancellationsPerHour", cancellationsPerHour)
        .with("requestsByReason", requestsByReason)
        .with("disputesPerDay", disputesPerDay)
        .with("secondsToRefundByMethod", secondsToRefundByMethod())
        .with("refundsPerSellerAndDay", refundsPerSellerAndDay())
        .with("moneyHeldAtMidnight", heldAt(answers.asked("moneyHeldAtMidnight")))
        .compare();
  }

  private Map<String, Long> heldAt(Set<String> midnights) {
    Map<String, Long> held = new TreeMap<>();
    for (var midnight : midnights) {
      var before = moneyMoved.headMap(Instant.parse(midnight)).values();
      held.put(midnight, before.stream().mapToLong(Long::longValue).sum());
    }
    return held;
  }

  /// The lower median. Refunds of returns and disputes have no request.
  private Map<String, Long> secondsToRefundByMethod() {
    Map<String, List<Long>> all = new TreeMap<>();
    for (var refund : refunds) {
      var asked = requestedAt.get(requestBySettlement.getOrDefault(refund.causeId(), ""));
      if (asked == null) continue;
      all.computeIfAbsent(refund.method(), _ -> new ArrayList<>())
          .add(Duration.between(asked, refund.at()).toSeconds());
    }
    Map<String, Long> medians = new TreeMap<>();
    all.forEach((method, seconds) -> {
      var sorted = seconds.stream().sorted().toList();
      medians.put(method, sorted.get((sorted.size() - 1) / 2));
    });
    return medians;
  }

  private Map<String, Map<String, Map<String, Long>>> refundsPerSellerAndDay() {
    Map<String, Map<String, Map<String, Long>>> perSeller = new TreeMap<>();
    for (var refund : refunds) {
      var sums =
          perSeller
              .computeIfAbsent(sellerByOrder.get(refund.orderId()), _ -> new TreeMap<>())
              .computeIfAbsent(day(refund.at()), _ -> new TreeMap<>());
      sums.merge("count", 1L, Long::sum);
      sums.merge("amountMinor", refund.amountMinor(), Long::sum);
    }
    return perSeller;
  }

  private void move(Instant at, long minor) {
    moneyMoved.merge(at, minor, Long::sum);
  }

  private static void count(Map<String, Long> counts, String what) {
    counts.merge(what, 1L, Long::sum);
  }

  private static String hour(Instant at) {
    return at.truncatedTo(ChronoUnit.HOURS).toString();
  }

  private static String day(Instant at) {
    return at.toString().substring(0, "2026-01-05".length());
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  private static String text(JsonNode data, String field) {
    return data.path(field).asText("");
  }
}
