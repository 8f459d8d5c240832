package marketplace.eventsourcing.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import marketplace.eventsourcing.Envelope;
import marketplace.eventsourcing.messaging.ProducerSettings;
import marketplace.eventsourcing.messaging.TopicCreator;
import marketplace.eventsourcing.tracing.Step;
import marketplace.eventsourcing.tracing.Traceparent;
import marketplace.eventsourcing.tracing.Tracing;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Sends records so that no later one of a partition is ever stored without the earlier ones.
///
/// An idempotent producer promises that only while it goes on trying: one that gives a record up
/// carries on with the next. So it never gives up by itself, and where a record cannot be sent at
/// all, the producer is closed on the spot and the whole relay starts again.
///
/// Nor does it promise that for several requests under way: see {@link ProducerSettings}.
final class Sender implements AutoCloseable {
  private static final int BATCH_BYTES = 128 * 1024;
  private static final int LINGER_MS = 5;
  private static final int METADATA_WAIT_MS_MAX = 30_000;
  private static final int REQUEST_TIMEOUT_MS = 15_000;

  private final Map<String, Object> kafka;
  private final int topicPartitions;
  private final Producer<String, byte[]> producer;
  private final Set<String> knownTopics = new HashSet<>();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Tracing tracing;

  Sender(RelaySettings settings, Tracing tracing) {
    this.tracing = tracing;
    this.kafka = settings.kafka();
    this.topicPartitions = settings.topicPartitions();
    Map<String, Object> patient = new HashMap<>(ProducerSettings.inOrder(kafka));
    patient.put(ProducerConfig.CLIENT_ID_CONFIG, settings.slot());
    patient.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    patient.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    patient.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, METADATA_WAIT_MS_MAX);
    patient.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    patient.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    this.producer = new KafkaProducer<>(patient, new StringSerializer(), new ByteArraySerializer());
  }

  void send(ProducerRecord<String, byte[]> sent) {
    create(sent.topic());
    check();
    var step = begin(sent.headers());
    // What becomes of it is told to the callback, and asked for by `check`.
    var _ =
        producer.send(
            sent,
            (metadata, exception) -> {
              if (exception == null) {
                step.end();
              } else {
                step.fail(exception);
                if (failure.compareAndSet(null, exception)) abort();
              }
            });
  }

  /// Whoever reads the record goes on from here.
  private Step begin(Headers headers) {
    if (tracing.isOff()) return Step.NONE;
    var step =
        tracing.publication(
            text(headers, Envelope.TYPE),
            text(headers, Envelope.SUBJECT),
            text(headers, Envelope.CORRELATION_ID),
            text(headers, Traceparent.HEADER));
    var next = step.traceparent();
    if (next != null) {
      headers.remove(Traceparent.HEADER).add(Traceparent.HEADER, next.getBytes(UTF_8));
    }
    return step;
  }

  private static String text(Headers headers, String name) {
    var header = headers.lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  /// Returns when Kafka has acknowledged every record that was sent.
  void awaitAcknowledged() {
    producer.flush();
    check();
  }

  private void check() {
    var cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("a record could not be sent: " + cause.getMessage(), cause);
    }
  }

  /// Each producer creates its own topics, at the first record for them.
  private void create(String topic) {
    if (knownTopics.contains(topic)) return;
    TopicCreator.create(kafka, List.of(TopicCreator.events(topic, topicPartitions)));
    knownTopics.add(topic);
  }

  /// Whoever waits is released by a failure; nothing that has not left yet will leave.
  void abort() {
    failure.compareAndSet(null, new IllegalStateException("the relay is being stopped"));
    producer.close(Duration.ZERO);
  }

  @Override
  public void close() {
    abort();
  }
}
