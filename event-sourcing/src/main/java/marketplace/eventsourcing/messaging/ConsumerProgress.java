package marketplace.eventsourcing.messaging;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// How far a service has read its topics, all its instances together: what the brokers know of its
/// groups.
public final class ConsumerProgress implements Predicate<Instant>, AutoCloseable {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

  private final Admin admin;
  private final String service;
  private final List<String> topics;
  private final InstantSource wall;
  private final Map<String, List<TopicPartition>> partitions = new HashMap<>();
  private Goal goal;
  private volatile Instant readUpTo = Instant.EPOCH;

  /// The topics' ends as they once were.
  private record Goal(Instant at, Map<TopicPartition, Long> ends) {}

  /// @param consumed sum of the committed offsets
  /// @param lag records that are on the topics and not committed
  public record Numbers(long consumed, long lag) {}

  public ConsumerProgress(
      Map<String, Object> kafka, String service, List<String> topics, InstantSource wall) {
    this.admin = Admin.create(kafka);
    this.service = service;
    this.topics = List.copyOf(topics);
    this.wall = wall;
    this.goal = new Goal(Instant.EPOCH, Map.of());
  }

  /// @throws KafkaException where the brokers do not answer
  public synchronized Numbers numbers() {
    var ends = ends();
    var committed = committed();
    long consumed = 0;
    long end = 0;
    for (var partition : ends.entrySet()) {
      consumed += committed.getOrDefault(partition.getKey(), 0L);
      end += partition.getValue();
    }
    return new Numbers(consumed, Math.max(0, end - consumed));
  }

  /// Was every topic read to its end, as it stood at some later time than this (wall time)? What
  /// `refresh` has found last is the answer.
  @Override
  public boolean test(Instant instant) {
    return readUpTo.isAfter(instant);
  }

  /// Looks whether the ends that were noted before are reached by now, and notes the next ones.
  ///
  /// @throws KafkaException where the brokers do not answer
  public synchronized void refresh() {
    var committed = committed();
    var reached =
        goal.ends().entrySet().stream()
            .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    if (!reached) return;
    readUpTo = goal.at();
    // The time first: an end that is noted later is further, which is safe.
    var now = wall.instant();
    goal = new Goal(now, ends());
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }

  private Map<TopicPartition, Long> ends() {
    var wanted =
        topics.stream()
            .flatMap(topic -> partitionsOf(topic).stream())
            .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
    if (wanted.isEmpty()) return Map.of();
    var offsets = answer(admin.listOffsets(wanted).all());
    Map<TopicPartition, Long> ends = new HashMap<>();
    offsets.forEach((partition, info) -> ends.put(partition, info.offset()));
    return ends;
  }

  private Map<TopicPartition, Long> committed() {
    Map<TopicPartition, Long> committed = new HashMap<>();
    if (topics.isEmpty()) return committed;
    var result =
        admin.listConsumerGroupOffsets(
            topics.stream()
                .collect(
                    Collectors.toMap(
                        topic -> TopicConsumer.group(service, topic),
                        _ -> new ListConsumerGroupOffsetsSpec())));
    for (var topic : topics) {
      try {
        var offsets =
            answer(result.partitionsToOffsetAndMetadata(TopicConsumer.group(service, topic)));
        offsets.forEach((partition, offset) -> {
          if (offset != null) committed.put(partition, offset.offset());
        });
      } catch (GroupIdNotFoundException _) {
        // nothing was read of this topic yet
      }
    }
    return committed;
  }

  /// Fixed for ever once the topic is there, see `TopicCreator`.
  private List<TopicPartition> partitionsOf(String topic) {
    var found = partitions.get(topic);
    if (found != null) return found;
    try {
      found =
          answer(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
              .flatMap(description -> description.partitions().stream())
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      partitions.put(topic, found);
      return found;
    } catch (UnknownTopicOrPartitionException _) {
      return List.of();
    }
  }

  private static <T> T answer(KafkaFuture<T> future) {
    try {
      return future.get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException known) throw known;
      throw new KafkaException("the brokers do not answer", e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaException("no answer from the brokers within " + ANSWER_MAX, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while waiting for the brokers", e);
    }
  }
}
