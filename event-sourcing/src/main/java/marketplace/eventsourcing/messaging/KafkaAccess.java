package marketplace.eventsourcing.messaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;

/// How every client of an application reaches the brokers, and proves who it is.
public final class KafkaAccess {
  private KafkaAccess() {}

  /// @param clientSettings a file of Java properties in the clients' own words
  ///   (`security.protocol`, `sasl.mechanism`, …); none where the brokers take anybody
  public static Map<String, Object> of(String bootstrapServers, Optional<Path> clientSettings) {
    var settings = new HashMap<String, Object>();
    clientSettings.ifPresent(
        file -> read(file).forEach((name, value) -> settings.put(name.toString(), value)));
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return Map.copyOf(settings);
  }

  private static Properties read(Path file) {
    var properties = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the settings of Kafka clients cannot be read: " + file, e);
    }
    return properties;
  }
}
