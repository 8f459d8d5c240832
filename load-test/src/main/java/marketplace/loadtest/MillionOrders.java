package marketplace.loadtest;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import marketplace.loadtest.HttpConnection.Reply;
import marketplace.loadtest.Shop.Order;

/// Whether a new cancellation, through all four services, is slower where there have been a million
/// orders before it than where there have been a hundred.
final class MillionOrders {
  private static final int ORDERS = Integer.getInteger("bench.orders", 1_000_000);
  private static final int TEMPLATES = 100;

  /// Of a hundred orders, so many were cancelled.
  private static final int CANCELLED = 20;

  private static final int CALLERS = 4;
  private static final Duration WARM_UP = Duration.ofSeconds(45);
  private static final Duration MEASURED = Duration.ofSeconds(45);
  private static final Duration LOOK_EVERY = Duration.ofMillis(2);

  /// Whatever was shipped is delivered and over by then.
  private static final Duration LONG_AFTER = Duration.ofDays(120);

  private static final double MOST = 0.99;

  private final Platform platform;
  private final Shop shop;
  private final Report report;

  MillionOrders(Platform platform, Shop shop, Report report) {
    this.platform = platform;
    this.shop = shop;
    this.report = report;
  }

  void measure() throws Exception {
    var templates = closedOrders();
    platform.restartServices();
    var few = cancel();
    tell("few", TEMPLATES, few);
    platform.stopServices();
    var begin = System.nanoTime();
    var copies = ORDERS / TEMPLATES;
    var rows =
        new ManyOrders(platform, Set.of(shop.seller(), shop.product())).multiply(templates, copies);
    report.line(
        "%,d closed orders more, %,d rows in four databases of %s, in %.0f s",
        (long) copies * TEMPLATES, rows, databaseSizes(), (System.nanoTime() - begin) / 1e9);
    platform.startServices();
    var many = cancel();
    tell("many", copies * TEMPLATES, many);
    report.figure(
        "cancellation.manyToFew.request",
        many.request().middle() / few.request().middle(),
        "a request takes %.2f of the time (wanted at most 1.2)");
    report.figure(
        "cancellation.manyToFew.whole",
        many.whole().middle() / few.whole().middle(),
        "from the request to RefundIssued takes %.2f of the time (wanted at most 1.2)");
  }

  private void tell(String name, int orders, Latencies latencies) {
    report.line(
        "%,d orders before: %d cancellations, request %s, from the request to RefundIssued %s",
        orders, latencies.whole().count(), latencies.request(), latencies.whole());
    report.figure("cancellation." + name + ".request.p50.ms", latencies.request().middle());
    report.figure("cancellation." + name + ".whole.p50.ms", latencies.whole().middle());
  }

  private String databaseSizes() throws SQLException {
    var sizes = new ArrayList<String>();
    for (var service : Platform.SERVICES) {
      try (var connection = platform.connect(platform.database(service));
          var statement =
              connection.prepareStatement("select pg_database_size(current_database()) >> 20")) {
        sizes.add(Platform.count(statement) + " MiB");
      }
    }
    return String.join(", ", sizes);
  }

  // Orders that are over

  /// @return their ids
  private List<String> closedOrders() throws Exception {
    List<String> ids = new ArrayList<>();
    try (var people = new People()) {
      for (var number = 0; number < TEMPLATES; number++) {
        var order = people.placeAndPay();
        if (number < CANCELLED) people.cancel(order);
        else people.shipAndDeliver(order);
        ids.add(order.id());
      }
    }
    platform.setClock(Instant.now().plus(LONG_AFTER).truncatedTo(ChronoUnit.MILLIS), 1);
    for (var service : Platform.SERVICES) {
      Platform.await("the end of all orders at " + service, () -> deadlines(service, ids) == 0);
    }
    return ids;
  }

  private long deadlines(String service, List<String> ids) {
    try (var connection = platform.connect(platform.database(service));
        var statement =
            connection.prepareStatement("select count(*) from deadline where stream ~ ?")) {
      statement.setString(1, String.join("|", ids));
      return Platform.count(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  // Cancellations

  /// In milliseconds, sorted.
  private record Sorted(List<Double> millis) {
    static Sorted of(Collection<Double> values) {
      return new Sorted(values.stream().sorted().toList());
    }

    int count() {
      return millis.size();
    }

    double middle() {
      return millis.get(millis.size() / 2);
    }

    @Override
    public String toString() {
      return "p50 %.1f ms, p99 %.1f ms"
          .formatted(middle(), millis.get((int) (MOST * (millis.size() - 1))));
    }
  }

  private record Latencies(Sorted request, Sorted whole) {}

  private Latencies cancel() throws Exception {
    cancelFor(WARM_UP);
    return cancelFor(MEASURED);
  }

  private Latencies cancelFor(Duration time) throws Exception {
    var requests = new ConcurrentLinkedQueue<Double>();
    var wholes = new ConcurrentLinkedQueue<Double>();
    var end = System.nanoTime() + time.toNanos();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var callers = new ArrayList<Future<?>>();
      for (var i = 0; i < CALLERS; i++) {
        callers.add(
            threads.submit(() -> {
              try (var people = new People()) {
                while (System.nanoTime() < end) {
                  var order = people.placeAndPay();
                  var begin = System.nanoTime();
                  var cancellation = people.request(order);
                  requests.add((System.nanoTime() - begin) / 1e6);
                  people.approve(cancellation);
                  people.awaitRefund(order);
                  wholes.add((System.nanoTime() - begin) / 1e6);
                }
              }
              return null;
            }));
      }
      for (var caller : callers) caller.get();
    }
    return new Latencies(Sorted.of(requests), Sorted.of(wholes));
  }

  /// A buyer and the seller on connections of their own.
  private final class People implements AutoCloseable {
    private final Shop.Buyer buyer = shop.new Buyer();
    private final HttpConnection orders = new HttpConnection(platform.port("order"));
    private final HttpConnection sellers = new HttpConnection(platform.port("seller"));
    private final HttpConnection refunds = new HttpConnection(platform.port("refund"));

    People() throws IOException {}

    Order placeAndPay() throws IOException {
      var order = new Order(buyer.place(), buyer.id());
      until("payment", () -> shop.tryToPay(refunds, order));
      until(
          "the order is paid",
          () -> {
            var view = Shop.view(orders, order);
            return view.body().contains("\"AWAITING_SHIPMENT\"") ? view : new Reply(404, "");
          });
      return order;
    }

    String request(Order order) throws IOException {
      return until("request", () -> Shop.tryToRequest(orders, order)).text("cancellationId");
    }

    void approve(String cancellation) throws IOException {
      until("approval", () -> shop.tryToApprove(sellers, cancellation));
    }

    void cancel(Order order) throws IOException {
      approve(request(order));
      awaitRefund(order);
    }

    void awaitRefund(Order order) throws IOException {
      until(
          "refund",
          () -> {
            var tab = Shop.paymentTab(refunds, order);
            var sent = tab.body().contains("\"SENT\"") || tab.body().contains("\"ARRIVED\"");
            return sent ? tab : new Reply(404, "");
          });
    }

    void shipAndDeliver(Order order) throws IOException {
      var shipment = until("shipment", () -> shop.tryToShip(sellers, order)).text("shipmentId");
      until("delivery", () -> Shop.tryToDeliver(sellers, shipment));
    }

    /// What one service has told, another may not have heard yet.
    private Reply until(String what, Asking asking) throws IOException {
      var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (true) {
        var reply = asking.ask();
        if (reply.status() / 100 == 2) return reply;
        if (System.nanoTime() > end) throw new IllegalStateException(what + ": " + reply);
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
      }
    }

    @Override
    public void close() throws IOException {
      buyer.close();
      orders.close();
      sellers.close();
      refunds.close();
    }
  }

  private interface Asking {
    Reply ask() throws IOException;
  }
}
