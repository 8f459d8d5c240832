package marketplace.platform;

import java.util.Optional;

/// Processes of this machine, which bring everything that they need.
final class EmbeddedServers implements TestServers {
  static final String NAME = "embedded";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  @Override
  public Postgres startPostgres() {
    return PostgresServer.temporary(Durability.FAST);
  }

  @Override
  public Kafka startKafka() {
    return KafkaBroker.temporary();
  }
}
