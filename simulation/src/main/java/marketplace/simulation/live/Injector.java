package marketplace.simulation.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import marketplace.contracts.MessageFamily;
import marketplace.eventsourcing.Envelope;
import marketplace.eventsourcing.messaging.ProducerSettings;
import marketplace.eventsourcing.time.SystemClock;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Writes events straight to the topics, as if a service had told them. No service is changed by
/// what it is said to have told: this is for testing those who listen.
public final class Injector implements AutoCloseable {
  private final LiveClock clock;
  private final SystemClock wall = new SystemClock();
  private final KafkaProducer<String, String> producer;
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("injections").daemon().factory());

  Injector(Map<String, Object> kafka, LiveClock clock) {
    this.clock = clock;
    producer =
        new KafkaProducer<>(
            ProducerSettings.inOrder(kafka), new StringSerializer(), new StringSerializer());
  }

  /// @param headers in the place of ours, or beside them
  /// @param sameId do all copies have the id of the first?
  /// @param malformed what is wrong with it on purpose; null for nothing
  public record Injection(
      String topic,
      String key,
      String type,
      JsonNode data,
      Map<String, String> headers,
      int copies,
      boolean sameId,
      long delayMillis,
      @Nullable Malformed malformed) {}

  /// @return the event ids, one for each copy
  public List<String> inject(Injection injection) {
    List<String> ids = new ArrayList<>();
    List<ProducerRecord<String, String>> records = new ArrayList<>();
    for (var copy = 0; copy < injection.copies(); copy++) {
      var headers = headersOf(injection);
      if (injection.sameId() && copy > 0) headers.put(Envelope.ID, ids.getFirst());
      ids.add(headers.getOrDefault(Envelope.ID, ""));
      records.add(record(injection, headers));
    }
    var _ = later.schedule(() -> send(records), injection.delayMillis(), TimeUnit.MILLISECONDS);
    return ids;
  }

  /// Injects one event at once, and waits until the broker has it.
  void tell(Injection injection) {
    try {
      producer.send(record(injection, headersOf(injection))).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceUnavailableException("interrupted while injecting", e);
    } catch (ExecutionException e) {
      throw new ServiceUnavailableException("the broker did not take the event", e);
    }
  }

  private static ProducerRecord<String, String> record(
      Injection injection, Map<String, String> headers) {
    var malformed = injection.malformed();
    var record =
        new ProducerRecord<String, String>(
            injection.topic(),
            malformed == null ? injection.key() : malformed.key(injection),
            malformed == null ? injection.data().toString() : malformed.value(injection.data()));
    headers.forEach(
        (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return record;
  }

  /// Nobody waits for these: what is not acknowledged is logged by the client.
  private void send(List<ProducerRecord<String, String>> records) {
    for (var record : records) {
      var _ = producer.send(record);
    }
  }

  private Map<String, String> headersOf(Injection injection) {
    var schema = MessageFamily.dataSchema(injection.type());
    var malformed = injection.malformed();
    var headers =
        Envelope.injected(
                UUID.randomUUID(),
                injection.type(),
                "/harness",
                "harness-" + injection.key(),
                clock.now(),
                malformed == null ? schema : malformed.dataSchema(schema),
                wall.instant())
            .headers();
    headers.putAll(injection.headers());
    return headers;
  }

  @Override
  public void close() {
    later.shutdownNow();
    producer.close();
  }
}
