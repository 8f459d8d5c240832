package marketplace.loadtest.market;

import static org.apache.kafka.clients.consumer.ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import marketplace.contracts.ContractJson;
import marketplace.eventsourcing.ClockRecord;
import marketplace.eventsourcing.Envelope;
import marketplace.eventsourcing.control.ClockJson;
import marketplace.eventsourcing.control.ControlFollower;
import marketplace.eventsourcing.messaging.Deliveries;
import marketplace.loadtest.market.Traffic.Sent;
import marketplace.simulation.journal.Published;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Reads along on the topics from now on, and writes down when the events of our commands came.
final class Witness implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration CATCH_UP_MAX = Duration.ofSeconds(30);
  private static final String BY_DEADLINE = "DEADLINE";

  /// Events that a deadline makes by itself, each at its instant. What follows from them elsewhere
  /// has the same actor, and has travelled.
  private static final Set<String> OF_DEADLINES =
      Set.of(
          "SellerReminded",
          "SellerTimedOut",
          "ShipDeadlineMissed",
          "PartialRefundOfferLapsed",
          "RefundSettled");

  private final Trace trace;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions = new ArrayList<>();
  private final Thread thread = Thread.ofPlatform().name("witness").daemon().unstarted(this::run);
  private final CountDownLatch caughtUp = new CountDownLatch(1);

  /// Only the thread writes these; they are read when it has caught up.
  private final Map<Long, Long> lastEventNanos = new HashMap<>();

  private final Latencies relayed = new Latencies();
  private final Latencies late = new Latencies();

  /// Null before it was read.
  private @Nullable ClockRecord clock;

  private volatile boolean catchingUp;

  Witness(Map<String, Object> kafka, Trace trace) {
    this.trace = trace;
    var settings = new HashMap<>(kafka);
    settings.put(ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    for (var family : Published.FAMILIES) addPartitions(family.topic());
    var events = List.copyOf(partitions);
    addPartitions(ControlFollower.TOPIC);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    consumer.seekToEnd(events);
    // Where the ends are is asked only now, or events would pass unseen before the first poll.
    partitions.forEach(consumer::position);
    thread.start();
  }

  private void addPartitions(String topic) {
    var infos = consumer.partitionsFor(topic);
    if (infos == null || infos.isEmpty()) {
      consumer.close();
      throw new IllegalStateException("there is no topic " + topic);
    }
    infos.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
  }

  private void run() {
    Map<TopicPartition, Long> ends = Map.of();
    try {
      while (true) {
        for (var record : consumer.poll(POLL)) see(record);
        if (!catchingUp) continue;
        if (ends.isEmpty()) ends = consumer.endOffsets(partitions);
        if (ends.entrySet().stream()
            .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
          return;
        }
      }
    } catch (WakeupException _) {
      // Somebody has had enough.
    } finally {
      consumer.close();
      caughtUp.countDown();
    }
  }

  private void see(ConsumerRecord<byte[], byte[]> record) {
    var now = System.nanoTime();
    var wall = Instant.now();
    if (record.topic().equals(ControlFollower.TOPIC)) {
      follow(record);
      return;
    }
    var delivery = Deliveries.of(record, wall);
    if (!(Envelope.read(delivery) instanceof Envelope envelope)) return;
    relayed.record(ChronoUnit.NANOS.between(envelope.recordedAt(), wall));
    var parent = envelope.traceparent();
    var number = parent == null ? OptionalLong.empty() : trace.number(parent);
    if (number.isEmpty()) return;
    if (!envelope.actor().equals(BY_DEADLINE)) {
      lastEventNanos.put(number.getAsLong(), now);
    } else if (OF_DEADLINES.contains(envelope.type())) {
      judge(envelope);
    }
  }

  private void follow(ConsumerRecord<byte[], byte[]> record) {
    byte @Nullable [] key = record.key();
    byte @Nullable [] value = record.value();
    if (key == null || value == null) return;
    if (!new String(key, StandardCharsets.UTF_8).equals(ControlFollower.CLOCK)) return;
    try {
      clock =
          ClockJson.read(ContractJson.mapper().readTree(new String(value, StandardCharsets.UTF_8)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a clock that is no JSON", e);
    }
  }

  /// By how much wall time was the deadline missed that made this event?
  private void judge(Envelope event) {
    var it = clock;
    if (it == null || it.rate() == 0 || event.time().isBefore(it.simAnchor())) return;
    var due =
        it.wallAnchor()
            .plusNanos(ChronoUnit.NANOS.between(it.simAnchor(), event.time()) / it.rate());
    late.record(ChronoUnit.NANOS.between(due, event.recordedAt()));
  }

  /// Reads what stands there now, and no more.
  void finish() {
    catchingUp = true;
    try {
      if (!caughtUp.await(CATCH_UP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("the topics were not read within " + CATCH_UP_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  // When it has finished

  Summary.Travel toFinalEvents(Map<Long, Sent> accepted) {
    var travelled = new Latencies();
    var missing = 0;
    for (var command : accepted.entrySet()) {
      var last = lastEventNanos.get(command.getKey());
      if (last == null) missing++;
      else travelled.record(last - command.getValue().intendedNanos());
    }
    return new Summary.Travel(missing, travelled.millis());
  }

  Summary.Millis relayed() {
    return relayed.millis();
  }

  Summary.Millis late() {
    return late.millis();
  }

  @Override
  public void close() {
    if (thread.isAlive()) consumer.wakeup();
  }
}
