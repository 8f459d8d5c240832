package marketplace.edge;

import jakarta.enterprise.context.ApplicationScoped;
import marketplace.eventsourcing.time.SimulatedTime;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/// What the orchestrator asks: may callers come, and is somebody stuck?
final class ServiceHealth {
  private ServiceHealth() {}

  /// Ready once it knows the time, without which it can decide nothing, and its news can go out.
  @Readiness
  @ApplicationScoped
  static class Ready implements HealthCheck {
    private final ServiceRuntime runtime;
    private final SimulatedTime time;

    Ready(ServiceRuntime runtime, SimulatedTime time) {
      this.runtime = runtime;
      this.time = time;
    }

    @Override
    public HealthCheckResponse call() {
      return HealthCheckResponse.named("service")
          .withData("clock", time.ready())
          .withData("topics", runtime.topicsThere())
          .withData("relay", runtime.relayState())
          .status(time.ready() && runtime.topicsThere() && runtime.relayHealthy())
          .build();
    }
  }

  /// A consumer that stands still while records wait is stuck, though its process is up.
  @Liveness
  @ApplicationScoped
  static class Alive implements HealthCheck {
    private final ServiceRuntime runtime;

    Alive(ServiceRuntime runtime) {
      this.runtime = runtime;
    }

    @Override
    public HealthCheckResponse call() {
      return HealthCheckResponse.named("consumers").status(runtime.consumersMove()).build();
    }
  }
}
