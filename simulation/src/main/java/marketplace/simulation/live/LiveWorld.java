package marketplace.simulation.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import marketplace.simulation.journal.Journal;
import marketplace.simulation.world.Reply;
import marketplace.simulation.world.Request;
import marketplace.simulation.world.StoredFact;
import marketplace.simulation.world.World;

/// The running marketplace as a story sees it.
public final class LiveWorld implements World {
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  /// Whoever was killed and started again is back by then.
  private static final Duration AWAY_MAX = Duration.ofMinutes(2);

  private static final Duration UNKNOWN_MAX = Duration.ofSeconds(2);
  private static final Duration ASK_AGAIN_AFTER = Duration.ofMillis(50);

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

  /// While time runs on, what somebody speaks of may still be on its way to whom he asks.
  @Override
  public Reply call(Request request) {
    var begin = System.nanoTime();
    var reply = insist(() -> services.call(request));
    while (reply.status() == NOT_FOUND && clock.rate() > 0 && !isLonger(begin, UNKNOWN_MAX)) {
      LockSupport.parkNanos(ASK_AGAIN_AFTER.toNanos());
      reply = insist(() -> services.call(request));
    }
    return reply;
  }

  /// Asks the same again, under the same key, where a part of the market is away.
  private static Reply insist(Supplier<Reply> asking) {
    return insist(asking, LiveWorld::isAway);
  }

  private static <T> T insist(Supplier<T> asking, Predicate<T> isAway) {
    var begin = System.nanoTime();
    while (true) {
      try {
        var reply = asking.get();
        if (!isAway.test(reply) || isLonger(begin, AWAY_MAX)) return reply;
      } catch (ServiceUnavailableException e) {
        if (isLonger(begin, AWAY_MAX)) throw e;
      }
      LockSupport.parkNanos(ASK_AGAIN_AFTER.toNanos());
    }
  }

  /// Away, or back and still busy with the first time that it was asked this.
  private static boolean isAway(Reply reply) {
    return reply.status() == UNAVAILABLE
        || reply.body().path("code").asText().equals("IDEMPOTENCY_KEY_IN_USE");
  }

  private static boolean isLonger(long begin, Duration patience) {
    return System.nanoTime() - begin > patience.toNanos();
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
  public void passTo(Instant to) {
    clock.passTo(to);
  }

  @Override
  public void flow(long rate) {
    clock.run(rate);
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
    var reply = insist(() -> services.tell(service, "/v1/simulation/faults?owner=story", rules));
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
    return insist(() -> services.stored(orderId), _ -> false);
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
