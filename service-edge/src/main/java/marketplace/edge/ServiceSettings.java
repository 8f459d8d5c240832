package marketplace.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The settings that every service has. Times in milliseconds of wall time.
@ConfigMapping(prefix = "marketplace")
public interface ServiceSettings {
  Database database();

  Kafka kafka();

  Simulation simulation();

  Webhooks webhooks();

  /// How many requests are worked on at the same time; more are asked to come again.
  @WithDefault("400")
  int requestsAtOnce();

  /// The database as the service itself sees it.
  interface Database {
    /// JDBC address, without user and password.
    String url();

    /// The first part of the names of the database's roles: `order` has `order_app`, `order_relay`.
    String rolePrefix();

    @WithDefault("market")
    String password();
  }

  interface Kafka {
    @WithDefault("127.0.0.1:9092")
    String bootstrapServers();

    /// Where brokers want to know who calls: a file of Java properties, in the clients' own words.
    Optional<Path> clientSettings();
  }

  interface Simulation {
    /// Is time simulated, and are callers believed who they say they are?
    @WithDefault("false")
    boolean enabled();
  }

  interface Webhooks {
    /// Networks that webhooks may be in although they are not public, such as `10.1.0.0/16`.
    Optional<List<String>> allowedNetworks();

    /// How much may wait for one receiver, or be parked for it. What comes then is only counted.
    @WithDefault("100000")
    int backlogMax();
  }
}
