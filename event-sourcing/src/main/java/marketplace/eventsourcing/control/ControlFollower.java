package marketplace.eventsourcing.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import marketplace.eventsourcing.time.SimulatedClock;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads the control topic from its beginning, in every instance for itself, and goes on following
/// it: the clock, and what others have asked for by the first part of its key.
///
/// Nothing is told before the topic was read to its end, and the clock comes last. An outdated
/// clock record with a high rate would show a time that lies years ahead, and time does not come
/// back.
public final class ControlFollower implements AutoCloseable {
  public static final String TOPIC = "simulation.control.v1";
  public static final String CLOCK = "clock";

  private static final Logger LOG = Logger.getLogger(ControlFollower.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final long RETRY_MILLIS = 500;

  private final Map<String, Object> kafka;
  private final TopicPartition only;
  private final SimulatedClock clock;
  private final Map<String, BiConsumer<String, JsonNode>> listeners;
  private final ObjectMapper mapper = new ObjectMapper();
  private final Map<String, String> told = new HashMap<>();
  private final Thread thread = Thread.ofPlatform().name("control").daemon().unstarted(this::run);
  private volatile @Nullable KafkaConsumer<String, String> open;
  private final CountDownLatch closed = new CountDownLatch(1);

  /// @param kafka how to reach the brokers
  /// @param listeners by the part of the key up to and with the colon, `policy:`; each is told the
  ///   rest of the key and the record's JSON, only when it changed. What it throws is logged
  public ControlFollower(
      Map<String, Object> kafka,
      SimulatedClock clock,
      Map<String, BiConsumer<String, JsonNode>> listeners) {
    this(TOPIC, kafka, clock, listeners);
  }

  ControlFollower(
      String topic,
      Map<String, Object> kafka,
      SimulatedClock clock,
      Map<String, BiConsumer<String, JsonNode>> listeners) {
    this.only = new TopicPartition(topic, 0);
    this.kafka = new HashMap<>(kafka);
    this.kafka.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    this.kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    this.kafka.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    this.kafka.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
    this.kafka.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    this.clock = clock;
    this.listeners = Map.copyOf(listeners);
  }

  public void start() {
    thread.start();
  }

  /// Was all read that stood on the topic, and a clock record among it?
  public boolean ready() {
    return clock.ready();
  }

  @Override
  public void close() {
    closed.countDown();
    var consumer = open;
    if (consumer != null) consumer.wakeup();
  }

  private void run() {
    while (closed.getCount() > 0) {
      try (var consumer =
          new KafkaConsumer<>(kafka, new StringDeserializer(), new StringDeserializer())) {
        open = consumer;
        readToTheEnd(consumer);
        while (closed.getCount() > 0) {
          for (var record : consumer.poll(POLL)) tell(record.key(), record.value());
        }
      } catch (WakeupException | InterruptException _) {
        closed.countDown();
      } catch (TimeoutException e) {
        LOG.infof("%s is not there yet: %s", only.topic(), e.getMessage());
      } catch (KafkaException e) {
        LOG.warn("control topic: reading again from its beginning", e);
        pause();
      }
    }
  }

  private void readToTheEnd(KafkaConsumer<String, String> consumer) {
    consumer.assign(List.of(only));
    consumer.seekToBeginning(List.of(only));
    long end = consumer.endOffsets(List.of(only)).getOrDefault(only, 0L);
    Map<String, ConsumerRecord<String, String>> latest = new LinkedHashMap<>();
    while (closed.getCount() > 0 && consumer.position(only) < end) {
      for (var record : consumer.poll(POLL)) latest.put(record.key(), record);
    }
    var clockRecord = latest.remove(CLOCK);
    latest.forEach((key, record) -> tell(key, record.value()));
    if (clockRecord != null) tell(CLOCK, clockRecord.value());
  }

  private void tell(@Nullable String key, @Nullable String value) {
    if (key == null || value == null || value.equals(told.get(key))) return;
    try {
      var json = mapper.readTree(value);
      if (key.equals(CLOCK)) {
        var record = ClockJson.read(json);
        if (clock.apply(record)) LOG.debugf("clock: %s", record);
      } else {
        var colon = key.indexOf(':') + 1;
        var listener = listeners.get(key.substring(0, colon));
        if (listener != null) listener.accept(key.substring(colon), json);
      }
      told.put(key, value);
    } catch (JsonProcessingException | RuntimeException e) {
      // Whoever wrote it must write again; the others' records must not wait for that.
      LOG.errorf(e, "control record %s is passed over: %s", key, value);
    }
  }

  private void pause() {
    try {
      var _ = closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed.countDown();
    }
  }
}
