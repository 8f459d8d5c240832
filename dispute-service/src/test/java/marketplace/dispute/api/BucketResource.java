package marketplace.dispute.api;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import marketplace.dispute.evidence.BucketServer;

/// Gives the service a bucket in the place of its folder.
public final class BucketResource implements QuarkusTestResourceLifecycleManager {
  private final BucketServer server = new BucketServer();

  @Override
  public Map<String, String> start() {
    return server.settings();
  }

  @Override
  public void stop() {
    server.close();
  }
}
