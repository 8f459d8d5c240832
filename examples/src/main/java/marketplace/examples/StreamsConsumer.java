package marketplace.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/// Answers four questions with Kafka Streams: a table by event id has each event once, however
/// often it was told, and a count over a table takes back what it has counted when a row is
/// replaced.
///
/// ```
/// java -cp "examples/target/classes:examples/target/lib/*" \
///   marketplace.examples.StreamsConsumer localhost:9092 expected.json
/// ```
public final class StreamsConsumer {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Kept, or the level that is set on it would be forgotten with it.
  private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

  private static final List<String> TOPICS =
      List.of("order.events.v1", "seller.events.v1", "refund.events.v1");

  private static final String CANCELLATIONS = "cancellations-per-hour";
  private static final String REASONS = "requests-by-reason";
  private static final String TIMEOUTS = "timeouts-per-seller";
  private static final String REFUNDS = "refunds-per-seller-and-day";
  private static final Duration DONE_MAX = Duration.ofMinutes(5);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private StreamsConsumer() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 2) throw new IllegalArgumentException("HOST:PORT EXPECTED.JSON");
    // It warns of rows that overtake one another, as they may in a join by foreign key.
    KAFKA.setLevel(Level.SEVERE);
    var bootstrapServers = arguments[0];
    // A new one each time, so that it begins at the beginning.
    var application = "example-" + UUID.randomUUID();
    var answers = new Answers(Path.of(arguments[1]));
    var streams = new KafkaStreams(topology(), settings(application, bootstrapServers));
    try (var kafka = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      try (streams) {
        streams.start();
        awaitEnd(kafka, application);
        answers
            .with("cancellationsPerHour", all(streams, CANCELLATIONS))
            .with("requestsByReason", all(streams, REASONS))
            .with("timeoutsPerSeller", all(streams, TIMEOUTS))
            .with("refundsPerSellerAndDay", bySeller(all(streams, REFUNDS)));
      }
      streams.cleanUp();
      kafka.deleteTopics(topicsOf(kafka, application)).all().get();
    }
    System.exit(answers.compare());
  }

  private static Topology topology() {
    var builder = new StreamsBuilder();
    var orders = events(builder, TOPICS.get(0));
    var sellers = events(builder, TOPICS.get(1));
    var refunds = events(builder, TOPICS.get(2));

    once(orders, "OrderCancelled")
        .groupBy((_, event) -> KeyValue.pair(hour(event), event))
        .count(Materialized.as(CANCELLATIONS));
    once(orders, "CancellationRequested")
        .groupBy((_, event) -> KeyValue.pair(text(event, "reason"), event))
        .count(Materialized.as(REASONS));
    once(sellers, "SellerTimedOut")
        .groupBy((_, event) -> KeyValue.pair(text(event, "sellerId"), event))
        .count(Materialized.as(TIMEOUTS));

    // Either may be heard of first (lesson 5): a join of tables takes the other half when it comes.
    var orderById =
        orders
            .filter((_, event) -> text(event, "ce_type").equals("OrderPlaced"))
            .selectKey((_, event) -> text(event, "orderId"))
            .toTable();
    once(refunds, "RefundIssued")
        .join(
            orderById,
            refund -> text(refund, "orderId"),
            (refund, order) ->
                with(refund, "sellerAndDay", text(order, "sellerId") + " " + day(refund)))
        .groupBy((_, refund) -> KeyValue.pair(text(refund, "sellerAndDay"), refund))
        .aggregate(
            () -> "{}",
            (_, refund, sums) -> plus(sums, 1, number(refund, "amountMinor")),
            (_, refund, sums) -> plus(sums, -1, -number(refund, "amountMinor")),
            Materialized.as(REFUNDS));
    return builder.build();
  }

  /// The data of a topic's events, and beside it what else is needed of their headers.
  private static KStream<String, String> events(StreamsBuilder builder, String topic) {
    return builder.<String, String>stream(topic).process(HeadersBesideData::new);
  }

  private static final class HeadersBesideData
      extends ContextualProcessor<String, String, String, String> {
    @Override
    public void process(Record<String, String> event) {
      var data = event.value();
      for (var name : List.of("ce_id", "ce_type", "ce_time")) {
        var header = event.headers().lastHeader(name);
        data = with(data, name, header == null ? "" : new String(header.value(), UTF_8));
      }
      context().forward(event.withValue(data));
    }
  }

  /// The events of a type by their ids.
  private static KTable<String, String> once(KStream<String, String> events, String type) {
    return events
        .filter((_, event) -> text(event, "ce_type").equals(type))
        .selectKey((_, event) -> text(event, "ce_id"))
        .toTable();
  }

  private static <V> Map<String, V> all(KafkaStreams streams, String store) {
    ReadOnlyKeyValueStore<String, V> table =
        streams.store(
            StoreQueryParameters.fromNameAndType(store, QueryableStoreTypes.keyValueStore()));
    Map<String, V> all = new TreeMap<>();
    try (var rows = table.all()) {
      rows.forEachRemaining(row -> all.put(row.key, row.value));
    }
    return all;
  }

  private static Map<String, Map<String, JsonNode>> bySeller(Map<String, String> sums) {
    Map<String, Map<String, JsonNode>> bySeller = new TreeMap<>();
    sums.forEach((sellerAndDay, sum) -> {
      var space = sellerAndDay.indexOf(' ');
      bySeller
          .computeIfAbsent(sellerAndDay.substring(0, space), _ -> new TreeMap<>())
          .put(sellerAndDay.substring(space + 1), json(sum));
    });
    return bySeller;
  }

  /// Streams never end; this one is done when it has committed the ends of all partitions that it
  /// reads, its own in between included, and they are still the ends when one looks again.
  private static void awaitEnd(Admin kafka, String application)
      throws ExecutionException, InterruptedException {
    var giveUp = System.nanoTime() + DONE_MAX.toNanos();
    Map<TopicPartition, Long> before = Map.of();
    while (System.nanoTime() < giveUp) {
      Thread.sleep(LOOK_EVERY);
      var ends = ends(kafka, application);
      var read = kafka.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata().get();
      var done =
          ends.entrySet().stream().allMatch(end -> isRead(read.get(end.getKey()), end.getValue()));
      if (done && ends.equals(before)) return;
      before = done ? ends : Map.of();
    }
    throw new IllegalStateException("not at the end after " + DONE_MAX);
  }

  private static boolean isRead(@Nullable OffsetAndMetadata committed, long end) {
    return end == 0 || (committed != null && committed.offset() == end);
  }

  private static Map<TopicPartition, Long> ends(Admin kafka, String application)
      throws ExecutionException, InterruptedException {
    var topics = new ArrayList<>(TOPICS);
    for (var own : topicsOf(kafka, application)) {
      if (!own.endsWith("-changelog")) topics.add(own);
    }
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (var topic : kafka.describeTopics(topics).allTopicNames().get().values()) {
      for (var partition : topic.partitions()) {
        asked.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest());
      }
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    kafka
        .listOffsets(asked)
        .all()
        .get()
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  /// Those in between, which the library has made.
  private static List<String> topicsOf(Admin kafka, String application)
      throws ExecutionException, InterruptedException {
    return kafka.listTopics().names().get().stream()
        .filter(topic -> topic.startsWith(application))
        .toList();
  }

  private static Properties settings(String application, String bootstrapServers) {
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 200);
    settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    return settings;
  }

  // A sum is JSON, so that it can be stored as text and is the answer as it is.
  private static String plus(String sums, int count, long amountMinor) {
    var sum = (ObjectNode) json(sums);
    return sum.put("count", sum.path("count").longValue() + count)
        .put("amountMinor", sum.path("amountMinor").longValue() + amountMinor)
        .toString();
  }

  private static String with(String event, String name, String value) {
    return ((ObjectNode) json(event)).put(name, value).toString();
  }

  private static String text(String event, String field) {
    return json(event).path(field).asText();
  }

  private static long number(String event, String field) {
    return json(event).path(field).longValue();
  }

  private static String hour(String event) {
    return Instant.parse(text(event, "ce_time")).truncatedTo(ChronoUnit.HOURS).toString();
  }

  private static String day(String event) {
    return text(event, "ce_time").substring(0, "2026-01-05".length());
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + text, e);
    }
  }
}
