package marketplace.eventsourcing.messaging;

import java.time.Duration;
import java.util.Map;

/// How a service consumes.
///
/// @param kafka how to reach the brokers, in the client's own words
/// @param pollRecordsMax at once, of all partitions of a topic
/// @param sessionTimeout after which the partitions of an instance that has died go to others
public record ConsumerSettings(
    Map<String, Object> kafka, int pollRecordsMax, Duration sessionTimeout) {
  public ConsumerSettings {
    kafka = Map.copyOf(kafka);
  }

  public static ConsumerSettings of(Map<String, Object> kafka) {
    return new ConsumerSettings(kafka, 500, Duration.ofSeconds(10));
  }
}
