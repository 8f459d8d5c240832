package marketplace.simulation.api;

import jakarta.inject.Singleton;
import marketplace.simulation.live.LiveMarket;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/// Ready once every service is there and goes by our clock.
@org.eclipse.microprofile.health.Readiness
@Singleton
class Readiness implements HealthCheck {
  private final LiveMarket market;

  Readiness(LiveMarket market) {
    this.market = market;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("marketplace").status(market.ready()).build();
  }
}
