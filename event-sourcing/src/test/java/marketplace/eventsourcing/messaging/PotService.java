package marketplace.eventsourcing.messaging;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Inbound;
import marketplace.eventsourcing.Message;
import marketplace.eventsourcing.RejectedFact;
import marketplace.eventsourcing.control.FaultRules;
import marketplace.eventsourcing.handling.CommandHandler;
import marketplace.eventsourcing.handling.HandlerSettings;
import marketplace.eventsourcing.relay.PublishedCategory;
import marketplace.eventsourcing.relay.Relay;
import marketplace.eventsourcing.relay.RelaySettings;
import marketplace.eventsourcing.sample.Pot;
import marketplace.eventsourcing.sample.SteppedTime;
import marketplace.eventsourcing.store.JdbcEventStore;
import marketplace.eventsourcing.time.SystemClock;
import marketplace.eventsourcing.tracing.Tracing;
import org.postgresql.ds.PGSimpleDataSource;

/// A whole service but for its HTTP side: it reads what the neighbours do with its pots, decides,
/// and publishes. Alone in a process of its own, it can be killed where it hurts.
final class PotService implements AutoCloseable {
  static final String HANDLED = "has handled something";
  static final String AT_POINT = "at the point";

  /// Long enough for a machine that is busy, short enough to wait for.
  private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(3);

  /// Where it can be told to stand still, in the order in which a fact comes by.
  enum Point {
    BEFORE_DATABASE_COMMIT,
    AFTER_DATABASE_COMMIT,
    BEFORE_OFFSET_COMMIT,
    AFTER_OFFSET_COMMIT
  }

  /// @param inbound the neighbours' topic
  /// @param outbound where all that has a message goes
  record Place(
      String service,
      String inbound,
      String outbound,
      String jdbcUrl,
      String appRole,
      String relayRole,
      String password,
      String bootstrapServers) {

    List<String> toArguments() {
      return List.of(
          service, inbound, outbound, jdbcUrl, appRole, relayRole, password, bootstrapServers);
    }

    static Place of(String... arguments) {
      return new Place(
          arguments[0],
          arguments[1],
          arguments[2],
          arguments[3],
          arguments[4],
          arguments[5],
          arguments[6],
          arguments[7]);
    }

    Map<String, Object> kafka() {
      return Map.of("bootstrap.servers", bootstrapServers);
    }
  }

  private final CommandHandler handler;
  private final Relay relay;
  private final TopicConsumer consumer;

  PotService(Place place, Consumer<Point> probe) {
    this(place, probe, new FaultRules());
  }

  PotService(Place place, Consumer<Point> probe, FaultRules faults) {
    var meters = new SimpleMeterRegistry();
    var inbound =
        new Inbound<>(
            place.inbound(), Pot.INBOUND.known(), Pot.INBOUND.reader(), Pot.INBOUND.reaction());
    handler =
        new CommandHandler(
            new JdbcEventStore(new WatchedDatabase(place, probe), List.of(Pot.AGGREGATE)),
            List.of(Pot.AGGREGATE),
            List.of(inbound),
            new SteppedTime(),
            new SystemClock(),
            HandlerSettings.of(place.service(), "UNKNOWN_POT", Set.of()),
            Pot.JSON,
            meters,
            Tracing.OFF);
    relay =
        new Relay(
            new RelaySettings(
                place.service(),
                place.jdbcUrl(),
                place.relayRole(),
                place.password(),
                place.kafka()),
            List.of(
                publishedOn(place.outbound(), Pot.AGGREGATE),
                publishedOn(place.outbound(), RejectedFact.AGGREGATE)),
            meters);
    consumer =
        new TopicConsumer(
            new ConsumerSettings(place.kafka(), 50, SESSION_TIMEOUT),
            place.service(),
            place.inbound(),
            inbound.known(),
            handler::accept,
            faults,
            new SystemClock(),
            meters,
            step ->
                probe.accept(
                    switch (step) {
                      case DEALT_WITH -> Point.BEFORE_OFFSET_COMMIT;
                      case COMMITTED -> Point.AFTER_OFFSET_COMMIT;
                    }));
  }

  private static <E> PublishedCategory<E> publishedOn(
      String topic, Aggregate<?, ?, E, ?> aggregate) {
    return new PublishedCategory<>(
        aggregate.category(),
        aggregate.codec(),
        stored ->
            aggregate
                .publications()
                .messageFor(stored)
                .map(message ->
                    new Message(
                        topic,
                        message.key(),
                        message.type(),
                        message.dataSchema(),
                        message.data(),
                        message.headers())));
  }

  PotService start() {
    handler.start();
    relay.start();
    consumer.start(() -> true);
    return this;
  }

  @Override
  public void close() {
    consumer.close();
    handler.stop();
    relay.close();
  }

  /// Tells when it commits.
  private static final class WatchedDatabase extends PGSimpleDataSource {
    private final transient Consumer<Point> probe;

    WatchedDatabase(Place place, Consumer<Point> probe) {
      this.probe = probe;
      setUrl(place.jdbcUrl());
      setUser(place.appRole());
      setPassword(place.password());
    }

    @Override
    public Connection getConnection() throws SQLException {
      var connection = super.getConnection();
      return (Connection)
          Proxy.newProxyInstance(
              PotService.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (_, method, arguments) -> {
                var commits = method.getName().equals("commit");
                try {
                  if (commits) probe.accept(Point.BEFORE_DATABASE_COMMIT);
                  var result = method.invoke(connection, arguments);
                  if (commits) probe.accept(Point.AFTER_DATABASE_COMMIT);
                  return result;
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }

  /// Arguments: those of `Place`, and where given the point at which it stands still until it is
  /// killed, and the how manieth time that is.
  public static void main(String[] arguments) {
    var point = arguments.length > 8 ? Point.valueOf(arguments[8]) : null;
    var times = new AtomicInteger(point == null ? -1 : Integer.parseInt(arguments[9]));
    var silent = new AtomicBoolean(true);
    new PotService(
            Place.of(arguments),
            reached -> {
              if (reached == Point.AFTER_DATABASE_COMMIT && silent.getAndSet(false)) {
                System.out.println(HANDLED);
              }
              if (reached == point && times.decrementAndGet() == 0) {
                System.out.println(AT_POINT);
                standStill();
              }
            })
        .start();
  }

  private static void standStill() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
