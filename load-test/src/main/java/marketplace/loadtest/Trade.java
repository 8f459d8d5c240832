package marketplace.loadtest;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import marketplace.loadtest.HttpConnection.Reply;
import marketplace.loadtest.Shop.Order;

/// Buyers and a seller who trade on one platform.
final class Trade {
  private static final int TEMPLATES = 100;

  /// Of a hundred orders, so many were cancelled.
  private static final int CANCELLED = 20;

  private static final int CALLERS = 4;
  private static final Duration LOOK_EVERY = Duration.ofMillis(2);

  /// Whatever was shipped is delivered and over by then.
  private static final Duration LONG_AFTER = Duration.ofDays(120);

  private final Platform platform;
  private final Shop shop;

  Trade(Platform platform, Shop shop) {
    this.platform = platform;
    this.shop = shop;
  }

  // Orders that are over

  /// @return their ids
  List<String> closedOrders() throws Exception {
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

  /// How long each took, in milliseconds: to be asked for, and until the money was sent back.
  record Latencies(List<Double> request, List<Double> whole) {}

  /// One cancellation after the other, by each of some callers.
  Latencies cancelFor(Duration time) throws Exception {
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
    return new Latencies(List.copyOf(requests), List.copyOf(wholes));
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
