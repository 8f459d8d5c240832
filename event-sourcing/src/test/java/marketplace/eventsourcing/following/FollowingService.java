package marketplace.eventsourcing.following;

import static marketplace.eventsourcing.sample.Pot.ask;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import marketplace.eventsourcing.Aggregates;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.handling.CommandHandler;
import marketplace.eventsourcing.handling.HandlerSettings;
import marketplace.eventsourcing.sample.Pot;
import marketplace.eventsourcing.sample.SteppedTime;
import marketplace.eventsourcing.store.EventReader;
import marketplace.eventsourcing.store.JdbcEventStore;
import marketplace.eventsourcing.tracing.Tracing;

/// An instance that follows its own events; alone in a process of its own, it can be killed.
final class FollowingService implements AutoCloseable {
  static final String AT_POINT = "has dealt with as many as it should";

  private final CommandHandler handler;
  private final Follower follower;

  /// What comes between the handler and the follower.
  interface Between {
    CompletableFuture<Void> handled(StoredEvent<?> event, CompletableFuture<Void> done);
  }

  FollowingService(DataSource database, Between between) {
    var aggregates = List.of(Pot.AGGREGATE);
    var clock = new SteppedTime();
    var meters = new SimpleMeterRegistry();
    handler =
        new CommandHandler(
            new JdbcEventStore(database, List.copyOf(aggregates)),
            List.copyOf(aggregates),
            List.of(),
            clock,
            clock,
            HandlerSettings.of("kitchen", "UNKNOWN_POT", Set.of()),
            Pot.JSON,
            meters,
            Tracing.OFF);
    follower =
        new Follower(
            database,
            new EventReader(database, new Aggregates(List.copyOf(aggregates))),
            Pot.AGGREGATE,
            event -> between.handled(event, handler.follow(event)),
            clock::ready,
            meters);
    handler.onAppended(follower::appended);
    handler.start();
  }

  FollowingService(DataSource database) {
    this(database, (_, done) -> done);
  }

  FollowingService follow() {
    follower.start();
    return this;
  }

  void fill(UUID pot, int litres) {
    handler.handle(ask(pot, new Pot.Command.Fill(litres, null)));
  }

  void take(UUID pot, int litres) {
    handler.handle(ask(pot, new Pot.Command.Take(litres)));
  }

  long behind() throws SQLException {
    return follower.behind();
  }

  @Override
  public void close() {
    follower.close();
    handler.stop();
  }

  /// Arguments: address, role and password of the database, and after how many events it shall
  /// stand still: they have been dealt with, and the follower has not kept its place.
  public static void main(String[] arguments) {
    var database = database(arguments[0], arguments[1], arguments[2]);
    var left = new AtomicInteger(Integer.parseInt(arguments[3]));
    new FollowingService(
            database,
            (_, done) -> {
              done.join();
              if (left.decrementAndGet() == 0) {
                System.out.println(AT_POINT);
                standStill();
              }
              return done;
            })
        .follow();
  }

  /// A new connection each time: the driver's own data source brings annotations that the compiler
  /// cannot resolve.
  private static DataSource database(String url, String role, String password) {
    return (DataSource)
        Proxy.newProxyInstance(
            FollowingService.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, _, _) -> DriverManager.getConnection(url, role, password));
  }

  private static void standStill() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
