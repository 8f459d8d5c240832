package marketplace.loadtest;

import java.io.Closeable;
import java.io.IOException;
import java.util.UUID;
import java.util.function.Consumer;
import marketplace.loadtest.HttpConnection.Reply;
import marketplace.loadtest.Load.Caller;

/// One seller with one product, and what buyers ask for over HTTP.
final class Shop {
  static final int PRICE_MINOR = 2_950;

  private final Platform platform;
  private final String seller;
  private final String product;

  Shop(Platform platform) throws IOException {
    this.platform = platform;
    try (var connection = new HttpConnection(platform.port("seller"))) {
      seller =
          created(
                  connection.send(
                      "POST",
                      "/v1/sellers",
                      as("PLATFORM", UUID.randomUUID().toString()),
                      "{\"name\":\"Lin\",\"country\":\"CN\",\"type\":\"STANDARD\"}"))
              .text("sellerId");
      product =
          created(
                  connection.send(
                      "POST",
                      "/v1/products",
                      as("SELLER", seller),
                      """
                      {"title":"Lamp","category":"home","priceMinor":%d,"currency":"USD",\
                      "freeReturnCountries":[],"returnsAllowed":true}\
                      """
                          .formatted(PRICE_MINOR)))
              .text("productId");
    }
    Platform.await("the product in the buyers' catalogue", this::isKnown);
  }

  private boolean isKnown() {
    try (var buyer = new Buyer()) {
      return buyer.tryToPlace().status() == 201;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String as(String role, String actor) {
    return "X-Role: %s\r\nX-Actor-Id: %s\r\nIdempotency-Key: %s\r\n"
        .formatted(role, actor, UUID.randomUUID());
  }

  private static Reply created(Reply reply) {
    if (reply.status() >= 300) throw new IllegalStateException("expected 2xx, got " + reply);
    return reply;
  }

  /// One who buys much, over one connection.
  final class Buyer implements Closeable {
    private final HttpConnection orders = new HttpConnection(platform.port("order"));
    private final String id = UUID.randomUUID().toString();

    Buyer() throws IOException {}

    /// @return the order's id
    String place() throws IOException {
      return created(tryToPlace()).text("orderId");
    }

    private Reply tryToPlace() throws IOException {
      return orders.send(
          "POST",
          "/v1/orders",
          as("BUYER", id),
          """
          {"sellerId":"%s","lines":[{"productId":"%s","quantity":1}],"shippingFeeMinor":0,\
          "paymentMethod":"PAYPAL","deliverTo":{"country":"US"}}\
          """
              .formatted(seller, product));
    }

    String id() {
      return id;
    }

    @Override
    public void close() throws IOException {
      orders.close();
    }
  }

  /// One who does nothing but order.
  Caller placing() throws IOException {
    return placing(_ -> {});
  }

  /// @param placed is told the id of every order when it is answered
  Caller placing(Consumer<Order> placed) throws IOException {
    var buyer = new Buyer();
    return Caller.of(
        _ -> {
          placed.accept(new Order(buyer.place(), buyer.id()));
          return true;
        },
        buyer);
  }

  /// Buyers pay and ask to cancel on connections that serve them all.
  Reply pay(HttpConnection refunds, Order order) throws IOException {
    return created(tryToPay(refunds, order));
  }

  Reply tryToPay(HttpConnection refunds, Order order) throws IOException {
    return refunds.send(
        "POST",
        "/v1/payments",
        as("BUYER", order.buyer()),
        "{\"orderId\":\"%s\",\"method\":\"PAYPAL\",\"amountMinor\":%d}"
            .formatted(order.id(), PRICE_MINOR));
  }

  static Reply requestCancellation(HttpConnection orders, Order order) throws IOException {
    return created(tryToRequest(orders, order));
  }

  /// Of an order that is not known to be paid yet this would cancel at once.
  static Reply tryToRequest(HttpConnection orders, Order order) throws IOException {
    return orders.send(
        "POST",
        "/v1/orders/" + order.id() + "/cancellations",
        as("BUYER", order.buyer()),
        "{\"reason\":\"NO_LONGER_NEEDED\"}");
  }

  static Reply view(HttpConnection orders, Order order) throws IOException {
    return orders.send("GET", "/v1/orders/" + order.id(), as("BUYER", order.buyer()), "");
  }

  static Reply paymentTab(HttpConnection refunds, Order order) throws IOException {
    return refunds.send(
        "GET", "/v1/orders/" + order.id() + "/payment", as("BUYER", order.buyer()), "");
  }

  Reply tryToApprove(HttpConnection sellers, String cancellationId) throws IOException {
    return sellers.send(
        "POST",
        "/v1/cancellation-tasks/" + cancellationId + "/approval",
        as("SELLER", seller),
        "{}");
  }

  Reply tryToShip(HttpConnection sellers, Order order) throws IOException {
    return sellers.send(
        "POST",
        "/v1/seller-orders/" + order.id() + "/shipments",
        as("SELLER", seller),
        "{\"carrier\":\"POST\",\"trackingNumber\":\"B-%s\"}".formatted(order.id()));
  }

  static Reply tryToDeliver(HttpConnection sellers, String shipmentId) throws IOException {
    return sellers.send(
        "POST",
        "/v1/shipments/" + shipmentId + "/tracking",
        as("CARRIER", UUID.randomUUID().toString()),
        "{\"status\":\"DELIVERED\"}");
  }

  String seller() {
    return seller;
  }

  String product() {
    return product;
  }

  record Order(String id, String buyer) {}
}
