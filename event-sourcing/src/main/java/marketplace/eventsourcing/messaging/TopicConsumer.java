package marketplace.eventsourcing.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import marketplace.eventsourcing.Delivery;
import marketplace.eventsourcing.Envelope;
import marketplace.eventsourcing.control.FaultRules;
import marketplace.eventsourcing.messaging.ConsumerProbe.Step;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One topic's way into the service: reads it in a group that all instances of the service share,
/// hands each record to the inbox and commits what the inbox has durably dealt with.
///
/// A partition that was polled is paused until its records are done, so that the others go on and
/// the instance stays in its group however long that takes. A crash repeats what was not committed;
/// the inbox knows the repeated ones by their ids.
public final class TopicConsumer implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(TopicConsumer.class);

  /// How long an idle loop waits for records.
  private static final Duration IDLE_POLL = Duration.ofMillis(500);

  /// How long a busy loop waits for its members before it looks for records of other partitions.
  private static final long BUSY_WAIT_MILLIS = 5;

  /// How long members on their way are waited for when a partition goes to another instance.
  private static final Duration HAND_OVER_MAX = Duration.ofSeconds(3);

  private static final Duration COMMIT_MAX = Duration.ofSeconds(5);
  private static final Duration RECONNECT_AFTER = Duration.ofSeconds(1);

  /// How often a loop that may not read yet asks whether it may.
  private static final Duration READY_EVERY = Duration.ofMillis(50);

  /// How often a topic that its producer has not created yet is looked for.
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private static final Duration LOOK_MAX = Duration.ofSeconds(5);

  private final String topic;
  private final Map<String, Object> kafka;
  private final Predicate<String> known;
  private final Function<Delivery, CompletableFuture<Void>> inbox;
  private final FaultRules faults;
  private final InstantSource wall;
  private final MeterRegistry meters;
  private final ConsumerProbe probe;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Semaphore laneSettled = new Semaphore(0);
  private BooleanSupplier mayRead = () -> true;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> open;
  private volatile long lag;
  private volatile long movedAtNanos = System.nanoTime();

  /// @param service names the group, together with the topic
  /// @param known types that are counted by name
  /// @param inbox is handed the records of a partition in their order; its result is complete when
  ///   the record is durably dealt with. May block while there is no room
  public TopicConsumer(
      ConsumerSettings settings,
      String service,
      String topic,
      Predicate<String> known,
      Function<Delivery, CompletableFuture<Void>> inbox,
      FaultRules faults,
      InstantSource wall,
      MeterRegistry meters) {
    this(settings, service, topic, known, inbox, faults, wall, meters, ConsumerProbe.NONE);
  }

  TopicConsumer(
      ConsumerSettings settings,
      String service,
      String topic,
      Predicate<String> known,
      Function<Delivery, CompletableFuture<Void>> inbox,
      FaultRules faults,
      InstantSource wall,
      MeterRegistry meters,
      ConsumerProbe probe) {
    this.topic = topic;
    this.known = known;
    this.inbox = inbox;
    this.faults = faults;
    this.wall = wall;
    this.meters = meters;
    this.probe = probe;
    kafka = new HashMap<>(settings.kafka());
    kafka.put(ConsumerConfig.GROUP_ID_CONFIG, group(service, topic));
    kafka.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    kafka.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    kafka.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.pollRecordsMax());
    kafka.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    kafka.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) settings.sessionTimeout().toMillis());
    kafka.put(
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
        (int) settings.sessionTimeout().dividedBy(3).toMillis());
    thread = Thread.ofPlatform().name("consume-" + topic).daemon().unstarted(this::run);
    Gauge.builder("marketplace.consumer.lag", () -> lag)
        .description("records of this instance's partitions that are not dealt with yet")
        .tag("topic", topic)
        .register(meters);
    Gauge.builder("marketplace.consumer.stalled.seconds", () -> stalledFor().toMillis() / 1000.0)
        .description("since offsets last moved, while there is something to read")
        .tag("topic", topic)
        .register(meters);
  }

  /// The consumer group of a service on a topic.
  public static String group(String service, String topic) {
    return service + "." + topic;
  }

  public String topic() {
    return topic;
  }

  /// @param ready nothing is read before this is so: no fact can be judged without a clock
  public void start(BooleanSupplier ready) {
    movedAtNanos = System.nanoTime();
    mayRead = ready;
    thread.start();
  }

  /// Records of this instance's partitions that are not dealt with yet.
  public long lag() {
    return lag;
  }

  /// How long ago it moved on, or saw that there is nothing to move on to. A loop that has died or
  /// waits for ever shows here too, because only its own turns set this back.
  public Duration stalledFor() {
    return Duration.ofNanos(System.nanoTime() - movedAtNanos);
  }

  /// Lets the members on their way end, commits them and leaves the group.
  @Override
  public void close() {
    closed.countDown();
    var consumer = open;
    if (consumer != null) consumer.wakeup();
    try {
      var _ = thread.join(HAND_OVER_MAX.plus(COMMIT_MAX));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void run() {
    while (!isClosed() && !mayRead.getAsBoolean()) {
      movedAtNanos = System.nanoTime();
      pause(READY_EVERY);
    }
    while (!isClosed()) {
      try (var consumer =
          new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        open = consumer;
        awaitTopic(consumer);
        new Session(consumer).run();
      } catch (WakeupException | InterruptException _) {
        closed.countDown();
      } catch (RuntimeException e) {
        LOG.errorf(e, "consuming %s starts again", topic);
        pause(RECONNECT_AFTER);
      }
    }
  }

  /// A client that subscribes to a topic that is not there complains every second.
  private void awaitTopic(KafkaConsumer<byte[], byte[]> consumer) {
    var told = false;
    while (!isClosed() && !exists(consumer)) {
      if (!told) LOG.infof("%s is not there yet", topic);
      told = true;
      movedAtNanos = System.nanoTime();
      pause(LOOK_EVERY);
    }
  }

  private boolean exists(KafkaConsumer<byte[], byte[]> consumer) {
    try {
      return consumer.listTopics(LOOK_MAX).containsKey(topic);
    } catch (TimeoutException _) {
      return false;
    }
  }

  private void pause(Duration time) {
    try {
      var _ = closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      closed.countDown();
    }
  }

  /// One connection to the brokers, with the lanes of the partitions that are being worked on.
  private final class Session implements ConsumerRebalanceListener {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Lane> lanes = new LinkedHashMap<>();

    Session(KafkaConsumer<byte[], byte[]> consumer) {
      this.consumer = consumer;
    }

    void run() {
      consumer.subscribe(List.of(topic), this);
      try {
        while (!isClosed()) turn();
      } catch (WakeupException _) {
        // closing: what is on its way is still waited for
      }
      finish(List.copyOf(lanes.keySet()));
    }

    private void turn() {
      var records = consumer.poll(lanes.isEmpty() ? IDLE_POLL : Duration.ZERO);
      for (var partition : records.partitions()) {
        lanes.put(
            partition,
            new Lane(
                records.records(partition),
                wall.millis(),
                faults,
                TopicConsumer.this::handOn,
                laneSettled::release));
        consumer.pause(List.of(partition));
      }
      advance();
      measure();
      if (!lanes.isEmpty()) awaitMembers();
    }

    private void advance() {
      var now = wall.instant();
      lanes.values().forEach(lane -> lane.advance(now));
      Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
      lanes.forEach((partition, lane) -> {
        if (lane.isDone()) done.put(partition, new OffsetAndMetadata(lane.next()));
      });
      if (done.isEmpty() || !commit(done)) return;
      lanes.keySet().removeAll(done.keySet());
      done.keySet().retainAll(consumer.assignment());
      consumer.resume(done.keySet());
    }

    /// @return is that settled? A broker that is away is asked again in the next turn
    private boolean commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
      probe.reached(Step.DEALT_WITH);
      try {
        consumer.commitSync(offsets, COMMIT_MAX);
        probe.reached(Step.COMMITTED);
        movedAtNanos = System.nanoTime();
        return true;
      } catch (CommitFailedException e) {
        LOG.infof("%s: partitions went elsewhere: %s", topic, e.getMessage());
        return true;
      } catch (RetriableException | RebalanceInProgressException e) {
        LOG.infof("%s: offsets cannot be committed yet: %s", topic, e.getMessage());
        return false;
      }
    }

    private void measure() {
      long sum = 0;
      for (var lane : lanes.values()) sum += lane.size();
      for (var partition : consumer.assignment()) {
        sum += consumer.currentLag(partition).orElse(0);
      }
      lag = sum;
      if (sum == 0 || faults.slowsConsuming(topic)) movedAtNanos = System.nanoTime();
    }

    private void awaitMembers() {
      try {
        var _ = laneSettled.tryAcquire(BUSY_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        laneSettled.drainPermits();
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      LOG.infof("%s: assigned %s", topic, partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      LOG.infof("%s: revoked %s", topic, partitions);
      finish(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      LOG.warnf("%s: lost %s", topic, partitions);
      partitions.forEach(lanes::remove);
    }

    /// Waits for what is on its way in these partitions, and commits how far each has come. The
    /// rest is read again by whoever gets the partition.
    private void finish(Collection<TopicPartition> partitions) {
      var until = System.nanoTime() + HAND_OVER_MAX.toNanos();
      Map<TopicPartition, OffsetAndMetadata> reached = new HashMap<>();
      for (var partition : partitions) {
        var lane = lanes.remove(partition);
        if (lane == null) continue;
        lane.awaitHandedOn(until);
        reached.put(partition, new OffsetAndMetadata(lane.next()));
      }
      if (reached.isEmpty()) return;
      try {
        commit(reached);
      } catch (WakeupException _) {
        commit(reached); // closing has interrupted the first try, and does so only once
      }
    }
  }

  private CompletableFuture<Void> handOn(ConsumerRecord<byte[], byte[]> record) {
    var delivery = Deliveries.of(record, wall.instant());
    var type = delivery.headers().getOrDefault(Envelope.TYPE, "");
    meters
        .counter(
            "marketplace.consumer.records",
            "topic",
            topic,
            "type",
            known.test(type) ? type : "other")
        .increment();
    return inbox.apply(delivery);
  }
}
