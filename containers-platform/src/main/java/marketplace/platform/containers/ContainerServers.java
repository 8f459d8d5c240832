package marketplace.platform.containers;

import java.util.Optional;
import marketplace.platform.Kafka;
import marketplace.platform.Postgres;
import marketplace.platform.TestServers;
import org.testcontainers.DockerClientFactory;

/// `-Dplatform=containers`.
public final class ContainerServers implements TestServers {
  @Override
  public String name() {
    return "containers";
  }

  @Override
  public Optional<String> missing() {
    var asked = System.getenv("DOCKER_HOST");
    if (isAvailable() && (asked == null || asked.equals(host()))) return Optional.empty();
    return Optional.of(
        "a container engine" + (asked == null ? "" : " at %s (DOCKER_HOST)".formatted(asked)));
  }

  private static boolean isAvailable() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  /// Where nobody answers at the place that it was told, the library takes another one.
  private static String host() {
    return DockerClientFactory.instance().getTransportConfig().getDockerHost().toString();
  }

  @Override
  public Postgres startPostgres() {
    return new PostgresContainer();
  }

  @Override
  public Kafka startKafka() {
    return new BrokerContainer();
  }
}
