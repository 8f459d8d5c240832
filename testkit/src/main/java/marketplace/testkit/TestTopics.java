package marketplace.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import marketplace.contracts.Message;
import marketplace.contracts.MessageFamily;
import marketplace.eventsourcing.Envelope;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.messaging.ProducerSettings;
import marketplace.platform.TestPlatform;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Plays the other services on the shared broker: says what they would say, and hears what the
/// service under test says.
public final class TestTopics {
  private static final int PARTITIONS = 6;

  private TestTopics() {}

  /// What another service would publish, as its event number `version` of the stream.
  ///
  /// @param previousVersion of the stream's published event before it, 0 for the first
  public static <M extends Message> UUID publish(
      MessageFamily<? super M> family,
      M message,
      String subject,
      int version,
      int previousVersion,
      Instant time) {
    var id = UUID.randomUUID();
    var type = message.getClass().getSimpleName();
    var envelope =
        new Envelope(
            id,
            type,
            "/test",
            subject,
            time,
            MessageFamily.dataSchema(type),
            version,
            previousVersion,
            id,
            id,
            "HARNESS",
            time,
            Origin.SERVICE,
            null,
            null);
    publishRaw(family.topic(), message.key().toString(), family.write(message), envelope.headers());
    return id;
  }

  /// Any record, also one that is no event of ours.
  public static void publishRaw(
      String topic, String key, String value, Map<String, String> headers) {
    createTopic(topic);
    try (var producer =
        new KafkaProducer<>(
            ProducerSettings.inOrder(TestPlatform.kafka().bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      var record = new ProducerRecord<>(topic, key, value);
      headers.forEach((name, text) ->
          record.headers().add(new RecordHeader(name, text.getBytes(StandardCharsets.UTF_8))));
      producer.send(record).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("record was not published", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// All records of a topic as it stands, partition by partition.
  public static List<ConsumerRecord<String, String>> read(String topic) {
    createTopic(topic);
    try (var consumer =
        new KafkaConsumer<>(
            brokers("auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      var ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<String, String>> records = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }

  /// The records of one key, in their order.
  public static List<ConsumerRecord<String, String>> read(String topic, UUID key) {
    return read(topic).stream().filter(record -> key.toString().equals(record.key())).toList();
  }

  /// A header of a record, empty where it has none of that name.
  public static Optional<String> header(ConsumerRecord<?, ?> record, String name) {
    return Optional.ofNullable(record.headers().lastHeader(name))
        .map(header -> new String(header.value(), StandardCharsets.UTF_8));
  }

  static void createTopic(String topic) {
    try (var admin = Admin.create(brokers("client.id", "test-topics"))) {
      admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> brokers(String setting, String value) {
    return Map.of("bootstrap.servers", TestPlatform.kafka().bootstrapServers(), setting, value);
  }
}
