package marketplace.eventsourcing.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import marketplace.platform.TestPlatform;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// A topic that no other test uses, and a producer for it.
public final class TestTopic implements AutoCloseable {
  public final String name;
  private final KafkaProducer<byte[], byte[]> producer =
      new KafkaProducer<>(
          ProducerSettings.inOrder(TestPlatform.kafka().bootstrapServers()),
          new ByteArraySerializer(),
          new ByteArraySerializer());

  public TestTopic(int partitions) {
    name = "topic-" + UUID.randomUUID();
    TopicCreator.create(kafka(), List.of(TopicCreator.events(name, partitions)));
  }

  public static Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", TestPlatform.kafka().bootstrapServers());
  }

  /// This many records, spread over as many keys.
  public void send(int records) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (var i = 0; i < records; i++) {
      sent.add(producer.send(record(UUID.randomUUID().toString(), Map.of(), "{}")));
    }
    for (var one : sent) one.get();
  }

  public void send(int partition, Map<String, String> headers, @Nullable String value)
      throws ExecutionException, InterruptedException {
    var record =
        new ProducerRecord<>(
            name,
            partition,
            UUID.randomUUID().toString().getBytes(UTF_8),
            value == null ? null : value.getBytes(UTF_8));
    headers.forEach(
        (key, text) -> record.headers().add(new RecordHeader(key, text.getBytes(UTF_8))));
    producer.send(record).get();
  }

  public void sendRaw(ProducerRecord<byte[], byte[]> record)
      throws ExecutionException, InterruptedException {
    producer.send(record).get();
  }

  private ProducerRecord<byte[], byte[]> record(
      String key, Map<String, String> headers, String value) {
    var record = new ProducerRecord<>(name, key.getBytes(UTF_8), value.getBytes(UTF_8));
    headers.forEach((header, text) -> record.headers().add(header, text.getBytes(UTF_8)));
    return record;
  }

  @Override
  public void close() {
    producer.close();
  }
}
