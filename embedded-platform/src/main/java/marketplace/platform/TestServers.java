package marketplace.platform;

import java.util.Optional;

/// Starts the servers that tests run on. A module that brings others than the embedded ones names
/// its class in `META-INF/services`.
public interface TestServers {
  /// The value of `-Dplatform` that asks for them.
  String name();

  /// What they need and this machine lacks, as one would name it: "a container engine".
  Optional<String> missing();

  /// Empty, and not durable.
  Postgres startPostgres();

  /// Empty.
  Kafka startKafka();
}
