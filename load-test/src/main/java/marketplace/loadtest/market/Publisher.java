package marketplace.loadtest.market;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import marketplace.contracts.Message;
import marketplace.contracts.MessageFamily;
import marketplace.eventsourcing.Envelope;
import marketplace.eventsourcing.messaging.ProducerSettings;
import marketplace.eventsourcing.messaging.TopicCreator;
import marketplace.simulation.journal.Published;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Writes events to somebody's broker at a fixed rate, as the services would.
final class Publisher {
  private static final Duration LEAD = Duration.ofMillis(100);

  private final Map<String, Object> kafka;
  private final Latencies acknowledged = new Latencies();

  /// Null as long as every event was taken.
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /// @param kafka how to reach the brokers
  Publisher(Map<String, Object> kafka) {
    this.kafka = Map.copyOf(kafka);
  }

  /// @param millis from the instant at which an event was meant to leave until the broker had
  ///   acknowledged it
  record Sent(int events, double perSecond, Summary.Millis millis) {
    String line() {
      return "%d events at %.1f/s, acknowledged after p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms"
          .formatted(events, perSecond, millis.p50(), millis.p99(), millis.p999());
    }
  }

  /// Returns when all of them are acknowledged. Topics that are missing are created, the others are
  /// left as they are.
  Sent publish(List<Published> events, double perSecond) {
    TopicCreator.create(
        kafka,
        Published.FAMILIES.stream()
            .map(family -> TopicCreator.events(family.topic(), TopicCreator.PARTITIONS_DEFAULT))
            .toList());
    var schedule = Schedule.of(Profile.CONSTANT, perSecond, 1);
    var begin = System.nanoTime() + LEAD.toNanos();
    try (var producer =
        new KafkaProducer<>(
            ProducerSettings.inOrder(kafka), new StringSerializer(), new StringSerializer())) {
      for (var number = 0; number < events.size() && failure.get() == null; number++) {
        var due = begin + schedule.nanosOf(number);
        while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
        var _ = producer.send(record(events.get(number)), (_, e) -> taken(due, e));
      }
    }
    var broken = failure.get();
    if (broken != null) throw new IllegalStateException("an event was not taken", broken);
    var seconds = (System.nanoTime() - begin) / 1e9;
    return new Sent(events.size(), events.size() / seconds, acknowledged.millis());
  }

  /// The producer has one thread for this.
  private void taken(long dueNanos, @Nullable Exception e) {
    if (e == null) acknowledged.record(System.nanoTime() - dueNanos);
    else failure.compareAndSet(null, e);
  }

  private static ProducerRecord<String, String> record(Published event) {
    var record = new ProducerRecord<>(event.topic(), event.key().toString(), data(event.message()));
    recordedNow(event.envelope())
        .headers()
        .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
    return record;
  }

  private static String data(Message message) {
    for (var family : MessageFamily.ALL) {
      if (family.knows(message.getClass().getSimpleName())) return written(family, message);
    }
    throw new IllegalArgumentException("of no topic: " + message);
  }

  @SuppressWarnings("unchecked") // a family writes what it knows
  private static <M extends Message> String written(MessageFamily<M> family, Message message) {
    return family.write((M) message);
  }

  /// Who measures how far behind he is does so by the wall time of the commit.
  private static Envelope recordedNow(Envelope it) {
    return new Envelope(
        it.id(),
        it.type(),
        it.source(),
        it.subject(),
        it.time(),
        it.dataSchema(),
        it.streamVersion(),
        it.previousVersion(),
        it.correlationId(),
        it.causationId(),
        it.actor(),
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        it.origin(),
        it.runId(),
        it.traceparent());
  }
}
