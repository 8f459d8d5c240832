package marketplace.platform.containers;

import java.util.Locale;
import marketplace.platform.Kafka;
import marketplace.platform.KafkaBroker;
import org.testcontainers.kafka.KafkaContainer;

/// Kafka of the embedded one's version, with its settings.
final class BrokerContainer implements Kafka {
  private final KafkaContainer container =
      new KafkaContainer("apache/kafka:" + KafkaBroker.VERSION);

  BrokerContainer() {
    KafkaBroker.settings().forEach((name, value) -> container.withEnv(variable(name), value));
    container.start();
  }

  /// As the image reads it.
  private static String variable(String setting) {
    return "KAFKA_" + setting.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  @Override
  public String bootstrapServers() {
    return container.getBootstrapServers();
  }

  @Override
  public void close() {
    container.stop();
  }
}
