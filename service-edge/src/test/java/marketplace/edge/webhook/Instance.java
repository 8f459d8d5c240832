package marketplace.edge.webhook;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import marketplace.eventsourcing.Aggregates;
import marketplace.eventsourcing.RejectedFact;
import marketplace.eventsourcing.store.EventReader;

/// One instance of a service, as far as it sends webhooks; alone in a process of its own, it can be
/// killed.
final class Instance implements AutoCloseable {
  static final Destinations LOOPBACK =
      new Destinations(List.of(Network.parse("127.0.0.0/8")), InetAddress::getAllByName);

  private static final Duration ATTEMPT_MAX = Duration.ofSeconds(5);

  private final Vertx vertx = Vertx.vertx();
  private final Post post;
  private final Courier courier;
  private final FanOut fanOut;

  Instance(DataSource database, InstantSource wall, int backlogMax) {
    var deliveries = new Deliveries(database, wall);
    post = new Post(vertx, LOOPBACK, 100, new HttpClientOptions(), ATTEMPT_MAX);
    courier = new Courier(deliveries, post, wall, new SimpleMeterRegistry());
    fanOut =
        new FanOut(
            database,
            new EventReader(database, new Aggregates(List.of())),
            deliveries,
            "/shelf",
            Set.of(RejectedFact.TOPIC),
            backlogMax,
            courier::look);
  }

  Instance start() {
    fanOut.start();
    courier.start();
    return this;
  }

  /// As after a call that has changed something.
  void look() {
    fanOut.look();
    courier.look();
  }

  @Override
  public void close() {
    fanOut.close();
    courier.close();
    post.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /// Arguments: address, role and password of the database, and where its wall clock stands.
  public static void main(String[] arguments) throws InterruptedException {
    var wall = Instant.parse(arguments[3]);
    new Instance(
            Shelf.pooled(arguments[0], arguments[1], arguments[2]), InstantSource.fixed(wall), 100)
        .start();
    new CountDownLatch(1).await();
  }
}
