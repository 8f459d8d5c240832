package marketplace.loadtest;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import marketplace.loadtest.Load.Caller;
import marketplace.loadtest.Load.Result;
import marketplace.loadtest.Shop.Order;

/// HTTP commands of order-service, durable, with event, view, deadline and answer, beside plain
/// JDBC that writes the same rows to the same PostgreSQL. The other services stand still meanwhile:
/// two cores carry one service, its relay, the broker, the database and the callers.
final class CommandPath {
  private static final int CALLERS = 256;
  private static final int FLOOR_CONNECTIONS = 32;
  private static final Duration MEASURED = Duration.ofSeconds(10);

  /// Until a service that has just been started is compiled on two cores that it shares.
  private static final Duration WARM_UP = Duration.ofSeconds(90);

  /// With most of it compiled by then. As many orders as were placed have to last.
  private static final Duration WARM_UP_AGAIN = Duration.ofSeconds(25);

  private final Platform platform;
  private final Shop shop;
  private final Floor floor;
  private final Report report;

  /// Orders that wait for nothing but money.
  private final Queue<Order> unpaid = new ConcurrentLinkedQueue<>();

  /// Orders that wait for nothing but a request.
  private final Queue<Order> waiting = new ConcurrentLinkedQueue<>();

  CommandPath(Platform platform, Shop shop, Floor floor, Report report) {
    this.platform = platform;
    this.shop = shop;
    this.floor = floor;
    this.report = report;
  }

  void measure() throws Exception {
    var samples = sample();
    platform.stopOthers();

    place(WARM_UP);
    var placeFloor = floor(samples.placed(), samples.orderId());
    var placed = spending(() -> place(MEASURED));
    var placeLag = platform.awaitPublished();
    compare("place-order", placed, placeFloor, floor(samples.placed(), samples.orderId()));
    report.figure("relay.lagAfterPlacing.s", placeLag, "the relay's lag is zero after %.1f s");

    var orders = List.copyOf(unpaid);
    report.figure(
        "facts.rate", new Payments(platform).tell(orders), "PaymentCaptured taken: %,.0f/s");
    waiting.addAll(orders);

    request(WARM_UP_AGAIN);
    var requestFloor = floor(samples.requested(), samples.orderId());
    var requested = spending(() -> request(MEASURED));
    var requestLag = platform.awaitPublished();
    compare(
        "request-cancellation",
        requested,
        requestFloor,
        floor(samples.requested(), samples.orderId()));
    report.figure("relay.lagAfterRequesting.s", requestLag, "the relay's lag is zero after %.1f s");

    var half = placed.rate() / 2;
    var open = Load.open(half, CALLERS, MEASURED, shop::placing);
    report.line("place-order, open model at %.0f/s: %s", half, open.percentiles());
    report.figure("place.open.p50.ms", open.millis(0.5));
    report.figure("place.open.p99.ms", open.millis(0.99));
    report.figure("place.open.p999.ms", open.millis(0.999));
    platform.awaitPublished();
  }

  private void compare(String what, Result service, Result floorBefore, Result floorAfter) {
    var floorRate = (floorBefore.rate() + floorAfter.rate()) / 2;
    report.line(
        "%s: %.0f/s with %d callers (%s)", what, service.rate(), CALLERS, service.percentiles());
    report.line(
        "  plain JDBC with %d connections: %.0f/s before, %.0f/s after; ratio %.2f (wanted 1.0)",
        FLOOR_CONNECTIONS, floorBefore.rate(), floorAfter.rate(), service.rate() / floorRate);
    report.figure(what + ".rate", service.rate());
    report.figure(what + ".ratio", service.rate() / floorRate);
  }

  /// @param placed rows that placing leaves
  /// @param requested rows that the request adds or changes
  private record Samples(String orderId, Set<Floor.Row> placed, Set<Floor.Row> requested) {}

  private Samples sample() throws IOException, SQLException {
    try (var buyer = shop.new Buyer();
        var orders = new HttpConnection(platform.port("order"));
        var refunds = new HttpConnection(platform.port("refund"));
        var database = platform.connect(platform.database("order"))) {
      var order = new Order(buyer.place(), buyer.id());
      var placed = Floor.rowsOf(database, order.id());
      awaitPayable(order);
      shop.pay(refunds, order);
      awaitPaid(order);
      var before = Floor.rowsOf(database, order.id());
      Shop.requestCancellation(orders, order);
      var requested = new HashSet<>(Floor.rowsOf(database, order.id()));
      requested.removeAll(before);
      return new Samples(order.id(), placed, requested);
    }
  }

  private void awaitPayable(Order order) {
    Platform.await(
        "the order at refund-service",
        () -> count("refund", "select count(*) from event where stream = 'ledger-%s'", order) > 0);
  }

  private void awaitPaid(Order order) {
    Platform.await(
        "the order is paid",
        () ->
            count(
                    "order",
                    "select count(*) from order_summaries"
                        + " where status = 'AWAITING_SHIPMENT' and order_id = '%s'",
                    order)
                > 0);
  }

  private long count(String service, String sql, Order order) {
    try (var database = platform.connect(platform.database(service));
        var statement = database.prepareStatement(sql.formatted(order.id()))) {
      return Platform.count(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Result place(Duration time) throws Exception {
    return Load.closed(CALLERS, time, () -> shop.placing(unpaid::add));
  }

  private Result request(Duration time) throws Exception {
    return Load.closed(
        CALLERS,
        time,
        () -> {
          var connection = new HttpConnection(platform.port("order"));
          return Caller.of(
              _ -> {
                var order = waiting.poll();
                if (order == null) return false;
                Shop.requestCancellation(connection, order);
                return true;
              },
              connection);
        });
  }

  private interface Measurement {
    Result take() throws Exception;
  }

  /// Says what the measurement has cost the service and the broker. What it has cost PostgreSQL
  /// goes with the processes that serve a connection, and is not to be had afterwards.
  private Result spending(Measurement measurement) throws Exception {
    var names = List.of("order", "kafka");
    var before = names.stream().map(platform::processorTime).toList();
    var result = measurement.take();
    var costs = new ArrayList<String>();
    for (var i = 0; i < before.size(); i++) {
      var spent = platform.processorTime(names.get(i)).minus(before.get(i));
      costs.add("%s %.0f µs".formatted(names.get(i), spent.toNanos() / 1e3 / result.count()));
    }
    report.line("  processor time of a command: %s", String.join(", ", costs));
    return result;
  }

  private Result floor(Set<Floor.Row> rows, String sample) throws Exception {
    var orders = new ArrayList<String>();
    for (var i = 0; i < 400_000; i++) orders.add(UUID.randomUUID().toString());
    return Load.closed(FLOOR_CONNECTIONS, MEASURED, floor.commands(rows, sample, orders));
  }
}
