package marketplace.loadtest;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import marketplace.eventsourcing.messaging.ProducerSettings;
import marketplace.loadtest.Load.Caller;
import marketplace.loadtest.Load.Callers;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// From the answer to a command, the first that anybody outside hears of its commit, to a consumer
/// of the topic; beside a bare producer and the same consumer.
final class CommitToConsumer {
  private static final String TOPIC = "order.events.v1";
  private static final int RATE = 200;
  private static final int CALLERS = 64;
  private static final Duration WARM_UP = Duration.ofSeconds(60);
  private static final Duration MEASURED = Duration.ofSeconds(20);

  private final Platform platform;
  private final Shop shop;
  private final Report report;

  CommitToConsumer(Platform platform, Shop shop, Report report) {
    this.platform = platform;
    this.shop = shop;
    this.report = report;
  }

  void measure() throws Exception {
    Load.open(RATE, CALLERS, WARM_UP, shop::placing);
    var commit = listenWhile(sent -> () -> shop.placing(order -> sent.accept(order.id())));
    tell("commit to consumer", "consumer.commit", commit);
    try (var producer =
        new KafkaProducer<>(
            ProducerSettings.inOrder(platform.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      var bare = listenWhile(sent -> () -> sending(producer, sent));
      tell("bare producer to consumer", "consumer.bare", bare);
    }
  }

  private void tell(String what, String name, Load.Result latencies) {
    report.line("%s at %d/s: %s (wanted 25 and 150 ms)", what, RATE, latencies.percentiles());
    report.figure(name + ".p50.ms", latencies.millis(0.5));
    report.figure(name + ".p99.ms", latencies.millis(0.99));
  }

  private static Caller sending(KafkaProducer<String, String> producer, Consumer<String> sent) {
    return Caller.of(
        _ -> {
          var key = UUID.randomUUID().toString();
          sent.accept(key);
          var _ = producer.send(new ProducerRecord<>(TOPIC, key, "{}"));
          return true;
        },
        () -> {});
  }

  private interface Sending {
    /// @param sent is told the key of every record as soon as it is on its way
    Callers telling(Consumer<String> sent);
  }

  private Load.Result listenWhile(Sending sending) throws Exception {
    Map<String, Long> sentAt = new ConcurrentHashMap<>();
    try (var listener = new Listener()) {
      var callers = sending.telling(key -> sentAt.put(key, System.nanoTime()));
      var load = Load.open(RATE, CALLERS, MEASURED, callers);
      Platform.await("all on the topic", () -> listener.arrivedAt.size() >= load.count());
      return listener.since(sentAt, load);
    }
  }

  /// Reads the end of the topic.
  private final class Listener implements AutoCloseable {
    private final Map<String, Long> arrivedAt = new ConcurrentHashMap<>();
    private volatile boolean closing;

    Listener() throws InterruptedException {
      var ready = new CountDownLatch(1);
      Thread.ofPlatform().daemon().start(() -> listen(ready));
      ready.await();
    }

    private void listen(CountDownLatch ready) {
      try (var consumer =
          new KafkaConsumer<>(
              Map.<String, Object>of(
                  ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, platform.bootstrapServers()),
              new StringDeserializer(),
              new StringDeserializer())) {
        List<TopicPartition> partitions =
            consumer.partitionsFor(TOPIC).stream()
                .map(info -> new TopicPartition(TOPIC, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        ready.countDown();
        while (!closing) {
          for (var read : consumer.poll(Duration.ofMillis(100))) {
            arrivedAt.putIfAbsent(read.key(), System.nanoTime());
          }
        }
      }
    }

    /// An event that is there before the answer has taken no time.
    Load.Result since(Map<String, Long> sentAt, Load.Result load) {
      var latencies =
          sentAt.entrySet().stream()
              .mapToLong(sent -> {
                var arrived = arrivedAt.getOrDefault(sent.getKey(), Long.MAX_VALUE);
                return Math.max(0, arrived - sent.getValue());
              })
              .toArray();
      Arrays.sort(latencies);
      return new Load.Result(latencies, load.seconds());
    }

    @Override
    public void close() {
      closing = true;
    }
  }
}
