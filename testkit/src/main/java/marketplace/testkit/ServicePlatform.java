package marketplace.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import marketplace.platform.TestPlatform;

/// Gives a service under test a database of its own, the real broker, and a clock that stands at
/// `TestClock.START` until a test moves it: `@QuarkusTestResource(value = ServicePlatform.class,
/// initArgs = @ResourceArg(name = "prefix", value = "order"))`.
public final class ServicePlatform implements QuarkusTestResourceLifecycleManager {
  private String prefix = "order";

  @Override
  public void init(Map<String, String> initArgs) {
    prefix = initArgs.getOrDefault("prefix", prefix);
  }

  @Override
  public Map<String, String> start() {
    var database = TestPlatform.database(prefix);
    var brokers = TestPlatform.kafka().bootstrapServers();
    TestClock.on(brokers).freezeAt(TestClock.START);
    return Map.of(
        "marketplace.database.url",
        database.url(),
        "marketplace.database.role-prefix",
        database.rolePrefix(),
        "marketplace.kafka.bootstrap-servers",
        brokers,
        "marketplace.simulation.enabled",
        "true",
        "marketplace.webhooks.allowed-networks",
        "127.0.0.0/8",
        "quarkus.http.test-port",
        "0");
  }

  /// The platform ends with the JVM, as other test classes use it too.
  @Override
  public void stop() {}
}
