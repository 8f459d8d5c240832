package marketplace.edge.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import marketplace.edge.webhook.Deliveries.Attempt;
import marketplace.edge.webhook.Deliveries.Claimed;
import org.jboss.logging.Logger;

/// Sends what is due. Each webhook has a few places of its own, so a slow receiver waits for nobody
/// but himself; while an attempt is under way it holds neither a connection to the database nor a
/// thread that anybody else needs (to look up a name blocks a whole one).
///
/// A delivery is leased, sent, and then written down. Whoever dies between the last two has sent it
/// once in vain: when the lease ends, another instance sends it again.
final class Courier implements AutoCloseable {
  static final int UNDER_WAY_EACH_MAX = 4;

  private static final Logger LOG = Logger.getLogger(Courier.class);

  private final Deliveries deliveries;
  private final Post post;
  private final InstantSource wall;
  private final Map<UUID, Integer> underWay = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("webhook-", 1).daemon().factory());
  private final Rounds rounds = new Rounds("webhook-courier", this::sendDue);
  private final Counter taken;
  private final Counter failed;

  Courier(Deliveries deliveries, Post post, InstantSource wall, MeterRegistry meters) {
    this.deliveries = deliveries;
    this.post = post;
    this.wall = wall;
    this.taken = attempts("taken", meters);
    this.failed = attempts("failed", meters);
  }

  private static Counter attempts(String result, MeterRegistry meters) {
    return Counter.builder("marketplace.webhook.attempts")
        .description("attempts to send an event to a receiver")
        .tag("result", result)
        .register(meters);
  }

  void start() {
    rounds.start();
  }

  /// There is something to send.
  void look() {
    rounds.look();
  }

  /// What is under way is broken off, and sent again by whoever comes next.
  @Override
  public void close() {
    rounds.close();
    threads.shutdownNow();
  }

  private boolean sendDue() throws SQLException {
    var claimed = deliveries.claim(Map.copyOf(underWay), UNDER_WAY_EACH_MAX);
    for (var delivery : claimed) {
      underWay.merge(delivery.webhookId(), 1, Integer::sum);
      threads.execute(() -> attempt(delivery));
    }
    return !claimed.isEmpty();
  }

  private void attempt(Claimed delivery) {
    try {
      var attempt = sent(delivery);
      if (Thread.currentThread().isInterrupted()) return;
      (attempt instanceof Attempt.Taken ? taken : failed).increment();
      if (deliveries.record(delivery, attempt)) {
        LOG.warnf(
            "event %s is parked for webhook %s: %s",
            delivery.eventId(), delivery.webhookId(), attempt);
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warnf(
          "event %s is sent to webhook %s again: %s",
          delivery.eventId(), delivery.webhookId(), e.getMessage());
    } finally {
      underWay.computeIfPresent(delivery.webhookId(), (_, count) -> count == 1 ? null : count - 1);
      rounds.look();
    }
  }

  private Attempt sent(Claimed delivery) {
    var id = delivery.eventId().toString();
    var timestamp = wall.instant().getEpochSecond();
    return post.send(
        delivery.url(),
        Map.of(
            "content-type",
            "application/cloudevents+json",
            "user-agent",
            "marketplace-webhooks",
            "webhook-id",
            id,
            "webhook-timestamp",
            Long.toString(timestamp),
            "webhook-signature",
            delivery.key().sign(id, timestamp, delivery.body())),
        delivery.body());
  }
}
