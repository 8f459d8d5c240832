package marketplace.eventsourcing.messaging;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/// How everything here writes to Kafka.
public final class ProducerSettings {
  private ProducerSettings() {}

  /// Every record acknowledged, and stored in the order in which it was sent.
  ///
  /// An idempotent producer promises its order only with one request at a time. With several, a
  /// broker that refuses the first batch of a partition, because it does not lead the partition
  /// yet, takes the second one from a producer that it does not know, and from then on refuses the
  /// first one until it expires.
  ///
  /// @param kafka how to reach the brokers, see `KafkaAccess`
  public static Map<String, Object> inOrder(Map<String, Object> kafka) {
    var settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    return settings;
  }

  /// Of brokers that take anybody.
  public static Map<String, Object> inOrder(String bootstrapServers) {
    return inOrder(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
  }
}
