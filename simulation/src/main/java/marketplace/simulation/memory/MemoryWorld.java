package marketplace.simulation.memory;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import marketplace.simulation.journal.Journal;
import marketplace.simulation.world.Reply;
import marketplace.simulation.world.Request;
import marketplace.simulation.world.StoredFact;
import marketplace.simulation.world.World;

/// The marketplace in memory as a story sees it: everybody hears everything before time goes on.
public final class MemoryWorld implements World {
  private final MemoryMarket market;

  public MemoryWorld(MemoryMarket market) {
    this.market = market;
  }

  @Override
  public Reply call(Request request) {
    return market.call(request);
  }

  @Override
  public void together(List<Runnable> acts) {
    acts.forEach(Runnable::run);
  }

  @Override
  public Instant now() {
    return market.now();
  }

  @Override
  public void stepTo(Instant to) {
    market.settle();
    while (true) {
      var next = market.nextDeadline();
      if (next.isEmpty() || next.get().stream().deadline().dueAt().isAfter(to)) break;
      var due = next.get().stream().deadline().dueAt();
      if (due.isAfter(market.now())) market.goTo(due);
      market.fire(next.get());
      market.settle();
    }
    market.goTo(to);
  }

  @Override
  public void passTo(Instant to) {
    stepTo(to);
  }

  @Override
  public void flow(long rate) {
    throw new UnsupportedOperationException("time in memory does not pass by itself");
  }

  @Override
  public void leapTo(Instant to) {
    market.goTo(to);
  }

  @Override
  public void settle() {
    market.settle();
  }

  @Override
  public void setFaults(String service, JsonNode rules) {
    market.faultsOf(service).replace("story", rules);
  }

  @Override
  public void inject(String topic, UUID key, String type, JsonNode data) {
    market.inject(topic, key, type, data);
  }

  @Override
  public List<StoredFact> stored(UUID orderId) {
    return market.stored(orderId);
  }

  @Override
  public Journal journal() {
    return market.journal();
  }

  @Override
  public boolean live() {
    return false;
  }
}
