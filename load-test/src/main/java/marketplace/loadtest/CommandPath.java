package marketplace.loadtest;

import java.io.Closeable;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import marketplace.loadtest.Load.Caller;
import marketplace.loadtest.Load.Result;
import marketplace.loadtest.Shop.Order;

/// HTTP commands of order-service, durable, with event, view, deadline and answer, beside plain
/// JDBC that writes the same rows to the same PostgreSQL. The other services take part while the
/// orders are paid and stand still while anything is measured: two cores carry one service, its
/// relay, the broker, the database and the callers.
final class CommandPath {
  private static final int CALLERS = 256;
  private static final int FLOOR_CONNECTIONS = 32;
  private static final Duration MEASURED = Duration.ofSeconds(10);
  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final int PAID_MAX = 6_000;

  /// Of calls that are counted by number, not by time.
  private static final Duration ALL_MAX = Duration.ofMinutes(5);

  private final Platform platform;
  private final Shop shop;
  private final Floor floor;
  private final Report report;

  CommandPath(Platform platform, Shop shop, Floor floor, Report report) {
    this.platform = platform;
    this.shop = shop;
    this.floor = floor;
    this.report = report;
  }

  void measure() throws Exception {
    var samples = sample();
    var paid = payFor(PAID_MAX);
    platform.stopOthers();
    var forWarmUp = paid.size() / 3;

    place(WARM_UP);
    var placeFloor = floor(samples.placed(), samples.orderId());
    var placed = place(MEASURED);
    var placeLag = platform.awaitPublished();
    compare("place-order", placed, placeFloor, floor(samples.placed(), samples.orderId()));
    report.figure("relay.lagAfterPlacing.s", placeLag, "the relay's lag is zero after %.1f s");

    request(paid.subList(0, forWarmUp));
    var requestFloor = floor(samples.requested(), samples.orderId());
    var requested = request(paid.subList(forWarmUp, paid.size()));
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
      awaitPaid(List.of(order));
      var before = Floor.rowsOf(database, order.id());
      Shop.requestCancellation(orders, order);
      var requested = new HashSet<>(Floor.rowsOf(database, order.id()));
      requested.removeAll(before);
      return new Samples(order.id(), placed, requested);
    }
  }

  /// Many orders that wait for nothing but a request.
  private List<Order> payFor(int count) throws Exception {
    var orders = Collections.synchronizedList(new ArrayList<Order>());
    Load.closed(64, ALL_MAX, () -> new Placing(orders, count));
    awaitPayable(orders.getLast());
    var paying =
        Load.closed(
            64,
            ALL_MAX,
            () -> {
              var refunds = new HttpConnection(platform.port("refund"));
              return caller(
                  number -> {
                    if (number >= orders.size()) return false;
                    shop.pay(refunds, orders.get(number));
                    return true;
                  },
                  refunds);
            });
    awaitPaid(orders);
    report.line(
        "prepared: %d orders placed and paid, payments at %.0f/s", orders.size(), paying.rate());
    return List.copyOf(orders);
  }

  private void awaitPayable(Order order) {
    Platform.await(
        "the last order at refund-service",
        () ->
            count("refund", "select count(*) from event where stream = 'ledger-" + order.id() + "'")
                > 0);
  }

  private void awaitPaid(List<Order> orders) {
    var wanted = orders.stream().map(order -> "'" + order.id() + "'").toList();
    var sample = wanted.subList(Math.max(0, wanted.size() - 200), wanted.size());
    Platform.await(
        "all orders are paid",
        () ->
            count(
                    "order",
                    "select count(*) from order_summaries where status = 'AWAITING_SHIPMENT'"
                        + " and order_id in ("
                        + String.join(",", sample)
                        + ")")
                == sample.size());
  }

  private long count(String service, String sql) {
    try (var database = platform.connect(platform.database(service));
        var statement = database.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Result place(Duration time) throws Exception {
    return spending(() -> Load.closed(CALLERS, time, shop::placing));
  }

  private final class Placing implements Caller {
    private final Shop.Buyer buyer = shop.new Buyer();
    private final List<Order> orders;
    private final int max;

    Placing(List<Order> orders, int max) throws IOException {
      this.orders = orders;
      this.max = max;
    }

    @Override
    public boolean call(int number) throws IOException {
      if (number >= max) return false;
      orders.add(new Order(buyer.place(), buyer.id()));
      return true;
    }

    @Override
    public void close() throws IOException {
      buyer.close();
    }
  }

  private Result request(List<Order> orders) throws Exception {
    return spending(() ->
        Load.closed(
            CALLERS,
            ALL_MAX,
            () -> {
              var connection = new HttpConnection(platform.port("order"));
              return caller(
                  number -> {
                    if (number >= orders.size()) return false;
                    Shop.requestCancellation(connection, orders.get(number));
                    return true;
                  },
                  connection);
            }));
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

  interface Call {
    boolean make(int number) throws Exception;
  }

  private static Caller caller(Call call, Closeable held) {
    return new Caller() {
      @Override
      public boolean call(int number) throws Exception {
        return call.make(number);
      }

      @Override
      public void close() throws IOException {
        held.close();
      }
    };
  }
}
