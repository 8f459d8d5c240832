package marketplace.simulation.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import marketplace.simulation.journal.Journal;
import marketplace.simulation.world.Reply;
import marketplace.simulation.world.Request;
import marketplace.simulation.world.StoredFact;
import marketplace.simulation.world.World;

/// The running marketplace as a story sees it.
public final class LiveWorld implements World {
  private final Services services;
  private final LiveClock clock;
  private final Supplier<Journal> journal;
  private final Injector injector;

  /// @param journal up to date when it is asked for
  LiveWorld(Services services, LiveClock clock, Supplier<Journal> journal, Injector injector) {
    this.services = services;
    this.clock = clock;
    this.journal = journal;
    this.injector = injector;
  }

  @Override
  public Reply call(Request request) {
    return services.call(request);
  }

  @Override
  public void together(List<Runnable> acts) {
    services.together(acts);
  }

  @Override
  public Instant now() {
    return clock.now();
  }

  @Override
  public void stepTo(Instant to) {
    clock.stepTo(to);
  }

  @Override
  public void leapTo(Instant to) {
    clock.leapTo(to);
  }

  @Override
  public void settle() {
    clock.awaitQuiet();
  }

  @Override
  public void setFaults(String service, JsonNode rules) {
    var reply = services.tell(service, "/v1/simulation/faults?owner=story", rules);
    if (!reply.isSuccess()) {
      throw new IllegalArgumentException(
          "faults of %s were answered %d %s".formatted(service, reply.status(), reply.body()));
    }
  }

  @Override
  public void inject(String topic, UUID key, String type, JsonNode data) {
    injector.tell(
        new Injector.Injection(topic, key.toString(), type, data, Map.of(), 1, false, 0, null));
  }

  @Override
  public List<StoredFact> stored(UUID orderId) {
    return services.stored(orderId);
  }

  @Override
  public Journal journal() {
    return journal.get();
  }

  @Override
  public boolean live() {
    return true;
  }
}
