package marketplace.eventsourcing.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/// Creates the topics of a producer where they are missing. What exists is left as it is: another
/// number of partitions would send the events of one key to two of them.
public final class TopicCreator {
  public static final int PARTITIONS_DEFAULT = 6;
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

  private TopicCreator() {}

  /// A topic of events, which are kept without limit.
  public static NewTopic events(String name, int partitions) {
    return topic(name, partitions)
        .configs(
            Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                "-1",
                TopicConfig.RETENTION_BYTES_CONFIG,
                "-1"));
  }

  /// A topic of which the latest record of each key is kept. It has one partition, so that all read
  /// it in one order.
  public static NewTopic latestOfEachKey(String name) {
    return topic(name, 1)
        .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
  }

  /// @param kafka how to reach the brokers
  /// @throws KafkaException where they cannot be reached or refuse; to be tried again
  public static void create(Map<String, Object> kafka, List<NewTopic> topics) {
    try (var admin = Admin.create(patient(kafka))) {
      for (var result : admin.createTopics(topics).values().values()) {
        try {
          result.get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof TopicExistsException)) {
            throw new KafkaException("topics cannot be created", e.getCause());
          }
        } catch (TimeoutException e) {
          throw new KafkaException("no answer from the brokers within " + ANSWER_MAX, e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while creating topics", e);
    }
  }

  /// Closing a client waits for its calls, so a call must not outlive our own patience.
  private static Map<String, Object> patient(Map<String, Object> kafka) {
    var settings = new HashMap<>(kafka);
    var answerMs = (int) ANSWER_MAX.toMillis();
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, answerMs);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, answerMs);
    return settings;
  }

  /// As many replicas as the brokers give by default.
  private static NewTopic topic(String name, int partitions) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty());
  }
}
