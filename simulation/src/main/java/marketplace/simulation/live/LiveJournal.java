package marketplace.simulation.live;

import static org.apache.kafka.clients.consumer.ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import marketplace.contracts.MessageFamily;
import marketplace.eventsourcing.Delivery;
import marketplace.eventsourcing.Envelope;
import marketplace.eventsourcing.RejectedFact;
import marketplace.eventsourcing.messaging.Deliveries;
import marketplace.eventsourcing.time.SystemClock;
import marketplace.simulation.journal.Journal;
import marketplace.simulation.journal.Published;
import marketplace.simulation.journal.Rejected;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.jboss.logging.Logger;

/// Reads along on all topics, from their beginning.
final class LiveJournal implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(LiveJournal.class);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SystemClock wall = new SystemClock();
  private final Map<String, Object> kafka;
  private final Journal journal;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions = new ArrayList<>();
  private final List<Journal> readingAlong = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<CatchUp> waiting = new ConcurrentLinkedQueue<>();
  private final Thread thread = Thread.ofPlatform().name("journal").daemon().unstarted(this::run);

  private static final class CatchUp {
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private Map<TopicPartition, Long> ends = Map.of();
  }

  /// @throws ServiceUnavailableException where a service has not created its topics yet
  LiveJournal(Map<String, Object> kafka, Journal journal) {
    this.journal = journal;
    this.kafka = new HashMap<>(kafka);
    this.kafka.put(ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    consumer =
        new KafkaConsumer<>(this.kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    var topics =
        Stream.concat(
                Published.FAMILIES.stream().map(MessageFamily::topic),
                Stream.of(RejectedFact.TOPIC))
            .toList();
    topics.forEach(this::addPartitions);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread.start();
  }

  private void addPartitions(String topic) {
    var infos = consumer.partitionsFor(topic);
    if (infos == null || infos.isEmpty()) {
      consumer.close();
      throw new ServiceUnavailableException("topic " + topic + " is not there yet");
    }
    infos.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
  }

  /// Waits until all is read that stands on the topics now.
  Journal upToDate() {
    var catchUp = new CatchUp();
    waiting.add(catchUp);
    catchUp.done.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    return journal;
  }

  /// A journal of its own, of all that is told from now on.
  Journal readAlong() {
    upToDate();
    var another = new Journal(Integer.MAX_VALUE);
    readingAlong.add(another);
    return another;
  }

  void stopReadingAlong(Journal another) {
    readingAlong.remove(another);
  }

  /// What the topics hold of one key, which is in one partition of each, from their beginning.
  Journal readAgain(UUID key) {
    var result = new Journal(1);
    try (var reader =
        new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var wanted = partitionsOf(key);
      reader.assign(wanted);
      reader.seekToBeginning(wanted);
      var ends = reader.endOffsets(wanted);
      while (wanted.stream()
          .anyMatch(partition -> reader.position(partition) < ends.getOrDefault(partition, 0L))) {
        for (var record : reader.poll(POLL)) {
          var delivery = Deliveries.of(record, wall.instant());
          if (key.equals(delivery.key())) Published.read(delivery).ifPresent(result::add);
        }
      }
    }
    return result;
  }

  private List<TopicPartition> partitionsOf(UUID key) {
    var counts =
        partitions.stream()
            .collect(Collectors.groupingBy(TopicPartition::topic, Collectors.counting()));
    var bytes = key.toString().getBytes(StandardCharsets.UTF_8);
    return counts.entrySet().stream()
        .map(topic ->
            new TopicPartition(
                topic.getKey(),
                // As every producer chooses it that is not told otherwise.
                Utils.toPositive(Utils.murmur2(bytes)) % Math.toIntExact(topic.getValue())))
        .toList();
  }

  /// As far as it was read.
  Journal journal() {
    return journal;
  }

  private void run() {
    try {
      while (true) {
        for (var record : consumer.poll(POLL)) read(Deliveries.of(record, wall.instant()));
        waiting.removeIf(this::isDone);
      }
    } catch (WakeupException | InterruptException _) {
      consumer.close();
    } catch (KafkaException e) {
      LOG.error("the journal has stopped", e);
      waiting.forEach(catchUp -> catchUp.done.completeExceptionally(e));
      consumer.close();
    }
  }

  private boolean isDone(CatchUp catchUp) {
    if (catchUp.ends.isEmpty()) catchUp.ends = consumer.endOffsets(partitions);
    for (var end : catchUp.ends.entrySet()) {
      if (consumer.position(end.getKey()) < end.getValue()) return false;
    }
    return catchUp.done.complete(null);
  }

  private void read(Delivery delivery) {
    var key = delivery.key();
    if (key == null) return;
    if (delivery.topic().equals(RejectedFact.TOPIC)) {
      var headers = delivery.headers();
      var rejected =
          new Rejected(
              key,
              headers.getOrDefault(Envelope.TYPE, "?"),
              headers.getOrDefault(Envelope.REJECTED_BY, "?"),
              headers.getOrDefault(Envelope.REJECT_REASON, "?"));
      journal.add(rejected);
      readingAlong.forEach(another -> another.add(rejected));
      return;
    }
    Published.read(delivery)
        .ifPresent(published -> {
          journal.add(published);
          readingAlong.forEach(another -> another.add(published));
        });
  }

  @Override
  public void close() {
    consumer.wakeup();
  }
}
