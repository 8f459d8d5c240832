package marketplace.simulation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where the marketplace is, and who shall live in it.
@ConfigMapping(prefix = "marketplace")
public interface SimulationSettings {
  Kafka kafka();

  Service order();

  Service seller();

  Service refund();

  Service dispute();

  /// `first-day`, or `none`: then time stands still until somebody moves it.
  @WithDefault("first-day")
  String population();

  /// The same seed, the same people.
  @WithDefault("1")
  long populationSeed();

  /// The program that has started the market and can stop its parts; empty where there is none.
  Optional<String> launcher();

  interface Kafka {
    @WithDefault("127.0.0.1:9092")
    String bootstrapServers();

    /// Where brokers want to know who calls: a file of Java properties, in the clients' own words.
    Optional<Path> clientSettings();
  }

  interface Service {
    URI url();
  }

  default Map<String, URI> addresses() {
    return Map.of(
        "order-service", order().url(),
        "seller-service", seller().url(),
        "refund-service", refund().url(),
        "dispute-service", dispute().url());
  }
}
