package marketplace.eventsourcing.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.messaging.TopicCreator;
import marketplace.eventsourcing.relay.RelayProbe.Step;
import marketplace.eventsourcing.relay.RelayStatus.State;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// What the relay costs, beside a floor that is measured in the same run: `mvn test
/// -Dtest=RelayBenchmark -Drelay.benchmark=true`.
@EnabledIfSystemProperty(named = "relay.benchmark", matches = "true")
class RelayBenchmark {
  private static final int BACKLOG = Integer.getInteger("relay.benchmark.backlog", 100_000);
  private static final int EVENTS_OF_A_TRANSACTION = 50;
  private static final int RATE = 200;
  private static final int WARM_UP = 5 * RATE;
  private static final int MEASURED = 20 * RATE;

  private final Stage stage = new Stage();

  @AfterEach
  void end() throws SQLException {
    stage.end();
  }

  @Test
  void drains_a_backlog_beside_an_engine_that_only_counts() throws Exception {
    var bare = stage.settings("bare-" + stage.service);
    startOnce();
    try (var database = new RelayDatabase(bare)) {
      database.createSlot();
    }
    fill();
    for (var round = 0; round < 3; round++) {
      var floor = countWithBareEngine(bare);
      var rate = drain();
      System.out.printf(
          "backlog of %,d: bare engine %,.0f/s, relay %,.0f/s, ratio %.2f%n",
          BACKLOG, floor, rate, rate / floor);
    }
  }

  private void startOnce() {
    try (var relay = relay(RelayProbe.NONE)) {
      relay.start();
      Stage.await("it publishes", () -> relay.status().state() == State.PUBLISHING);
    }
  }

  private void fill() throws Exception {
    try (var writer = stage.writer()) {
      for (var written = 0; written < BACKLOG; written += EVENTS_OF_A_TRANSACTION) {
        var stream = Stage.newStream();
        for (var version = 1; version <= EVENTS_OF_A_TRANSACTION; version++) {
          writer.said(stream, version);
        }
        writer.commit();
      }
    }
  }

  /// Confirms nothing, so each round finds the same backlog.
  private double countWithBareEngine(RelaySettings bare) throws Exception {
    var counting = new Counting();
    var reader = new LogReader(bare, counting);
    var thread = Thread.ofPlatform().start(reader::run);
    counting.begun.await();
    var before = processorTimes();
    counting.done.await();
    printProcessorTimes("bare engine", before);
    reader.close();
    thread.join();
    return counting.rate();
  }

  private static final class Counting implements ChangeConsumer<RecordChangeEvent<SourceRecord>> {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private long beginning;
    private long end;
    private int count;

    @Override
    public void handleBatch(
        List<RecordChangeEvent<SourceRecord>> records,
        RecordCommitter<RecordChangeEvent<SourceRecord>> committer) {
      if (count == 0) beginning = System.nanoTime();
      begun.countDown();
      count += records.size();
      if (count >= BACKLOG) {
        end = System.nanoTime();
        done.countDown();
      }
    }

    double rate() {
      return BACKLOG / ((end - beginning) / 1e9);
    }
  }

  /// From the first batch to the last record on the topic. The slot is put back by hand, so that
  /// each round drains the same backlog.
  private double drain() throws Exception {
    var slot = stage.settings().slot();
    stage.execute("select pg_copy_logical_replication_slot('%1$s', '%1$s_kept')".formatted(slot));
    var begun = new long[1];
    RelayProbe probe =
        step -> {
          if (step == Step.BEFORE_SEND && begun[0] == 0) begun[0] = System.nanoTime();
        };
    long ended;
    try (var relay = relay(probe);
        var ends = new Ends()) {
      var wanted = ends.sum() + BACKLOG;
      relay.start();
      Stage.await("it has begun", () -> begun[0] != 0);
      var before = processorTimes();
      Stage.await("the backlog is on the topic", () -> ends.sum() >= wanted);
      ended = System.nanoTime();
      printProcessorTimes("relay", before);
    }
    Stage.await(
        "the slot is free",
        () -> stage.count("select count(*) from pg_replication_slots where active") == 0);
    stage.execute("select pg_drop_replication_slot('%s')".formatted(slot));
    stage.execute("select pg_copy_logical_replication_slot('%1$s_kept', '%1$s')".formatted(slot));
    stage.execute("select pg_drop_replication_slot('%s_kept')".formatted(slot));
    stage.execute("update published_mark set mark = '1:1:'");
    return BACKLOG / ((ended - begun[0]) / 1e9);
  }

  /// Of the threads in this process, the broker's too; PostgreSQL runs elsewhere. A busy machine
  /// spoils the rates and not these.
  private static Map<Long, Long> processorTimes() {
    var threads = ManagementFactory.getThreadMXBean();
    Map<Long, Long> times = new HashMap<>();
    for (var id : threads.getAllThreadIds()) times.put(id, threads.getThreadCpuTime(id));
    return times;
  }

  private static void printProcessorTimes(String what, Map<Long, Long> before) {
    var threads = ManagementFactory.getThreadMXBean();
    processorTimes().entrySet().stream()
        .map(now -> Map.entry(now.getKey(), now.getValue() - before.getOrDefault(now.getKey(), 0L)))
        .sorted(Map.Entry.<Long, Long>comparingByValue().reversed())
        .limit(6)
        .forEach(spent -> {
          var thread = threads.getThreadInfo(spent.getKey());
          System.out.printf(
              "  %s: %.1f µs an event in %s%n",
              what,
              spent.getValue() / 1e3 / BACKLOG,
              thread == null ? "?" : thread.getThreadName());
        });
  }

  /// How many records the topic has.
  private final class Ends implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stage.bootstrapServers),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    private final List<TopicPartition> partitions;

    Ends() {
      TopicCreator.create(
          Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stage.bootstrapServers),
          List.of(TopicCreator.events(stage.topic, 3)));
      partitions =
          consumer.partitionsFor(stage.topic).stream()
              .map(info -> new TopicPartition(stage.topic, info.partition()))
              .toList();
    }

    long sum() {
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
      consumer.close();
    }
  }

  @Test
  void tells_consumers_soon_beside_a_bare_producer() throws Exception {
    try (var relay = relay(RelayProbe.NONE);
        var listener = new Listener();
        var writer = stage.writer()) {
      relay.start();
      Stage.await("it publishes", () -> relay.status().state() == State.PUBLISHING);
      atRate(
          listener,
          "commit to consumer",
          number -> {
            var stream = Stage.newStream();
            writer.said(stream, 1);
            var id = StoredEvent.eventId(stream, 1).toString();
            writer.commit();
            listener.sent.put(id, System.nanoTime());
          });
    }
    try (var listener = new Listener();
        var producer =
            new KafkaProducer<>(
                Map.<String, Object>of(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stage.bootstrapServers),
                new StringSerializer(),
                new ByteArraySerializer())) {
      atRate(
          listener,
          "bare producer to consumer",
          number -> {
            var stream = new StreamId("bare", java.util.UUID.randomUUID());
            var sent =
                new ProducerRecord<>(stage.topic, stream.id().toString(), "{}".getBytes(UTF_8));
            sent.headers().add("ce_id", stream.toString().getBytes(UTF_8));
            listener.sent.put(stream.toString(), System.nanoTime());
            var _ = producer.send(sent);
          });
    }
  }

  private interface Action {
    void take(int number) throws Exception;
  }

  private static void atRate(Listener listener, String what, Action action) throws Exception {
    var begun = System.nanoTime();
    for (var number = 0; number < WARM_UP + MEASURED; number++) {
      var due = begun + number * Duration.ofSeconds(1).toNanos() / RATE;
      while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
      action.take(number);
    }
    Stage.await("all came", () -> listener.latencies.size() == WARM_UP + MEASURED);
    var sorted = new ArrayList<>(listener.latencies.subList(WARM_UP, WARM_UP + MEASURED));
    Collections.sort(sorted);
    System.out.printf(
        "%s at %d/s: p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms%n",
        what, RATE, millis(sorted, 0.5), millis(sorted, 0.99), millis(sorted, 0.999));
  }

  private static double millis(List<Long> sorted, double share) {
    return sorted.get((int) (sorted.size() * share)) / 1e6;
  }

  /// Reads the end of the topic.
  private final class Listener implements AutoCloseable {
    private final Map<String, Long> sent = new ConcurrentHashMap<>();
    private final List<Long> latencies = Collections.synchronizedList(new ArrayList<>());
    private final Thread thread;
    private volatile boolean closing;

    Listener() throws InterruptedException {
      TopicCreator.create(
          Map.of("bootstrap.servers", stage.bootstrapServers),
          List.of(TopicCreator.events(stage.topic, 3)));
      var ready = new CountDownLatch(1);
      thread = Thread.ofPlatform().start(() -> listen(ready));
      ready.await();
    }

    private void listen(CountDownLatch ready) {
      try (var consumer =
          new KafkaConsumer<>(
              Map.<String, Object>of(
                  ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stage.bootstrapServers),
              new StringDeserializer(),
              new ByteArrayDeserializer())) {
        var partitions =
            consumer.partitionsFor(stage.topic).stream()
                .map(info -> new TopicPartition(stage.topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        ready.countDown();
        while (!closing) {
          for (var read : consumer.poll(Duration.ofMillis(100))) {
            var now = System.nanoTime();
            // The commit may return after its event has arrived.
            var at = sent.getOrDefault(Stage.header(read, "ce_id"), now);
            latencies.add(now - at);
          }
        }
      }
    }

    @Override
    public void close() {
      closing = true;
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Relay relay(RelayProbe probe) {
    return new Relay(
        stage.settings(),
        List.of(Notes.publishedOn(stage.topic)),
        new SimpleMeterRegistry(),
        probe);
  }
}
