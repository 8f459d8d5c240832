package marketplace.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import marketplace.eventsourcing.messaging.ProducerSettings;
import marketplace.loadtest.Load.Caller;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// From the decision, just before the commit, to a consumer of the topic, beside a bare producer
/// and the same consumer.
final class CommitToConsumer {
  private static final String TOPIC = "order.events.v1";
  private static final String RECORDED_AT = "ce_recordedat";
  private static final int RATE = 200;
  private static final int CALLERS = 64;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
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
    var commit = listenWhile(() -> Load.open(RATE, CALLERS, MEASURED, shop::placing));
    tell("commit to consumer", "consumer.commit", commit);
    try (var producer =
        new KafkaProducer<>(
            ProducerSettings.inOrder(platform.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      var bare = listenWhile(() -> Load.open(RATE, CALLERS, MEASURED, () -> sending(producer)));
      tell("bare producer to consumer", "consumer.bare", bare);
    }
  }

  private void tell(String what, String name, Load.Result latencies) {
    report.line("%s at %d/s: %s (wanted 25 and 150 ms)", what, RATE, latencies.percentiles());
    report.figure(name + ".p50.ms", latencies.millis(0.5));
    report.figure(name + ".p99.ms", latencies.millis(0.99));
  }

  private static Caller sending(KafkaProducer<String, String> producer) {
    return new Caller() {
      @Override
      public boolean call(int number) {
        var sent = new ProducerRecord<>(TOPIC, UUID.randomUUID().toString(), "{}");
        sent.headers().add(RECORDED_AT, Instant.now().toString().getBytes(UTF_8));
        var _ = producer.send(sent);
        return true;
      }

      @Override
      public void close() {}
    };
  }

  private interface Work {
    Load.Result run() throws Exception;
  }

  private Load.Result listenWhile(Work work) throws Exception {
    try (var listener = new Listener()) {
      var sent = work.run();
      Platform.await("all on the topic", () -> listener.count() >= sent.count());
      return listener.result(sent);
    }
  }

  /// Reads the end of the topic.
  private final class Listener implements AutoCloseable {
    private final LongStream.Builder latencies = LongStream.builder();
    private final Thread thread;
    private volatile boolean closing;
    private final AtomicInteger count = new AtomicInteger();

    Listener() throws InterruptedException {
      var ready = new CountDownLatch(1);
      thread = Thread.ofPlatform().start(() -> listen(ready));
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
            var header = read.headers().lastHeader(RECORDED_AT);
            var recorded = Instant.parse(new String(header.value(), UTF_8));
            latencies.add(Duration.between(recorded, Instant.now()).toNanos());
            count.incrementAndGet();
          }
        }
      }
    }

    int count() {
      return count.get();
    }

    /// The consumer has stopped reading when this is asked for.
    Load.Result result(Load.Result sent) throws InterruptedException {
      closing = true;
      thread.join();
      var sorted = latencies.build().toArray();
      Arrays.sort(sorted);
      return new Load.Result(sorted, sent.count() / sent.rate());
    }

    @Override
    public void close() {
      closing = true;
    }
  }
}
