package marketplace.eventsourcing.relay;

import java.time.Duration;
import java.util.Map;
import marketplace.eventsourcing.messaging.TopicCreator;

/// What a relay needs to know.
///
/// @param service as in `ServiceRules.name()`: `order-service`
/// @param jdbcUrl of the service's database, with its port: `jdbc:postgresql://host:5432/name`
/// @param user with the right to replicate
/// @param kafka how to reach the brokers, see `KafkaAccess`
/// @param topicPartitions of a topic that the relay creates, never changed afterwards
/// @param markEvery how often the published mark moves when nobody asks
/// @param checkEvery how often slot and acknowledged position are compared while it runs
/// @param turnEvery how often an instance that waits asks whether it is its turn
/// @param pauseLeast after a failure; each further one doubles it
/// @param stalledAfter without a sign of life it says so, and after four times this it starts again
public record RelaySettings(
    String service,
    String jdbcUrl,
    String user,
    String password,
    Map<String, Object> kafka,
    int topicPartitions,
    Duration markEvery,
    Duration checkEvery,
    Duration turnEvery,
    Duration pauseLeast,
    Duration pauseMost,
    Duration stalledAfter) {
  public RelaySettings {
    kafka = Map.copyOf(kafka);
  }

  public RelaySettings(
      String service, String jdbcUrl, String user, String password, Map<String, Object> kafka) {
    this(
        service,
        jdbcUrl,
        user,
        password,
        kafka,
        TopicCreator.PARTITIONS_DEFAULT,
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofMillis(500),
        Duration.ofMillis(500),
        Duration.ofSeconds(20),
        Duration.ofSeconds(15));
  }

  /// Slots are named for the whole server, so each service's has its own name.
  public String slot() {
    return service.replace('-', '_') + "_relay";
  }
}
