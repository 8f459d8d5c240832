package marketplace.simulation.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import marketplace.eventsourcing.control.ControlFollower;
import marketplace.eventsourcing.messaging.ProducerSettings;
import marketplace.eventsourcing.messaging.TopicCreator;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// How the simulation speaks to all services at once: the latest record of each key counts.
final class ControlTopic implements AutoCloseable {
  private static final TopicPartition ONLY = new TopicPartition(ControlFollower.TOPIC, 0);
  private static final Duration ACKNOWLEDGED_MAX = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KafkaProducer<String, String> producer;
  private final Map<String, Object> kafka;

  /// Creates the topic where it is missing.
  ControlTopic(Map<String, Object> kafka) {
    this.kafka = Map.copyOf(kafka);
    TopicCreator.create(kafka, List.of(TopicCreator.latestOfEachKey(ControlFollower.TOPIC)));
    producer =
        new KafkaProducer<>(
            ProducerSettings.inOrder(kafka), new StringSerializer(), new StringSerializer());
  }

  /// The latest value of each key, as it stands now.
  Map<String, JsonNode> read() {
    Map<String, JsonNode> latest = new HashMap<>();
    try (var consumer =
        new KafkaConsumer<>(kafka, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(ONLY));
      consumer.seekToBeginning(List.of(ONLY));
      long end = consumer.endOffsets(List.of(ONLY)).getOrDefault(ONLY, 0L);
      while (consumer.position(ONLY) < end) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          if (record.key() == null || record.value() == null) continue;
          latest.put(record.key(), JSON.readTree(record.value()));
        }
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the control topic holds what is no JSON", e);
    }
    return latest;
  }

  /// Returns when the broker has it.
  void put(String key, JsonNode value) {
    try {
      producer
          .send(new ProducerRecord<>(ControlFollower.TOPIC, key, value.toString()))
          .get(ACKNOWLEDGED_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while writing " + key, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("control record " + key + " was not acknowledged", e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
