package marketplace.platform;

/// A running Kafka broker, wherever it runs.
public interface Kafka extends AutoCloseable {
  String bootstrapServers();

  @Override
  void close();
}
