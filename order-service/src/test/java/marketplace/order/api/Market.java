package marketplace.order.api;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import marketplace.contracts.DisputeMessage;
import marketplace.contracts.Message;
import marketplace.contracts.MessageFamily;
import marketplace.contracts.RefundMessage;
import marketplace.contracts.RefundMessage.PaymentAuthorized;
import marketplace.contracts.RefundMessage.PaymentCaptured;
import marketplace.contracts.SellerAccountMessage;
import marketplace.contracts.SellerAccountMessage.ProductListed;
import marketplace.contracts.SellerAccountMessage.SellerRegistered;
import marketplace.contracts.SellerAccountMessage.SellerStandingChanged;
import marketplace.contracts.SellerMessage;
import marketplace.kernel.BuyerId;
import marketplace.kernel.LineId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.ProductId;
import marketplace.kernel.SellerId;
import marketplace.kernel.SellerStanding;
import marketplace.kernel.SellerType;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.Units;
import marketplace.testkit.TestClock;
import marketplace.testkit.TestTopics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/// One buyer, one seller with two products, and the other services played by the test.
final class Market {
  static final Duration PATIENCE = Duration.ofMinutes(2);

  final BuyerId ana = new BuyerId(UUID.randomUUID());
  final SellerId lin = new SellerId(UUID.randomUUID());
  final ProductId cable = new ProductId(UUID.randomUUID());
  final ProductId mug = new ProductId(UUID.randomUUID());
  final TestClock clock = TestClock.shared();
  private final Map<String, Integer> versions = new HashMap<>();

  /// Waits until the service is ready and knows what Lin sells.
  void open() {
    eventually(() -> given().get("/q/health/ready").then().statusCode(200));
    accounts(new SellerRegistered(lin, "Lin", "CN", SellerType.STANDARD, clock.now()));
    accounts(listed(cable, "Cable", 899, "USD"));
    accounts(listed(mug, "Mug", 2000, "USD"));
    eventually(() -> place(ana, basket()).statusCode(201));
  }

  static void eventually(ThrowingRunnable condition) {
    await().atMost(PATIENCE).untilAsserted(condition);
  }

  ProductListed listed(ProductId id, String title, long priceMinor, String currency) {
    return new ProductListed(
        id, lin, title, "things", priceMinor, currency, List.of(), true, clock.now());
  }

  /// Three cables and a mug: 4697 and 350 of shipping.
  Map<String, Object> basket() {
    Map<String, Object> basket = new HashMap<>();
    basket.put(
        "lines",
        List.of(
            Map.of("productId", cable.toString(), "quantity", 3),
            Map.of("productId", mug.toString(), "quantity", 1)));
    basket.put("shippingFeeMinor", 350);
    basket.put("paymentMethod", "CARD");
    basket.put("deliverTo", Map.of("country", "US"));
    basket.put("sellerId", lin.toString());
    return basket;
  }

  ValidatableResponse place(BuyerId buyer, Map<String, ? extends @Nullable Object> basket) {
    return as("BUYER", buyer.value()).body(basket).post("/v1/orders").then();
  }

  OrderId placed() {
    return OrderId.of(place(ana, basket()).statusCode(201).extract().path("orderId"));
  }

  OrderId paid() {
    var order = placed();
    pay(order, new PaymentId(UUID.randomUUID()));
    eventually(() -> seen(order, "AWAITING_SHIPMENT"));
    return order;
  }

  void pay(OrderId order, PaymentId payment) {
    money(new PaymentAuthorized(order, payment, PaymentMethod.CARD, 5047, "USD", clock.now()));
    money(new PaymentCaptured(order, payment, PaymentMethod.CARD, 5047, "USD", clock.now()));
  }

  ShipmentId shipped(OrderId order, Units units) {
    var parcel = new ShipmentId(UUID.randomUUID());
    var now = clock.now();
    seller(
        new SellerMessage.ShipmentDispatched(
            order, parcel, lin, units, "UPS", "TRK", now, now.plus(Duration.ofDays(30)), null));
    return parcel;
  }

  /// All units of an order, as its view names the lines.
  Units all(OrderId order) {
    return Units.of(line(order, 0), 3).plus(Units.of(line(order, 1), 1));
  }

  LineId line(OrderId order, int index) {
    return LineId.of(view(order).statusCode(200).extract().path("lines[" + index + "].lineId"));
  }

  void seen(OrderId order, String status) {
    view(order).statusCode(200).body("status", equalTo(status));
  }

  ValidatableResponse view(OrderId order) {
    return asAna().get("/v1/orders/{order}", order.toString()).then();
  }

  ValidatableResponse act(OrderId order, String act, Map<String, ?> body) {
    return asAna().body(body).post("/v1/orders/" + order + act).then();
  }

  RequestSpecification asAna() {
    return as("BUYER", ana.value());
  }

  /// What the others were told of an order, without what its buyer was told.
  static List<ConsumerRecord<String, String>> told(OrderId order) {
    return TestTopics.read("order.events.v1", order.value()).stream()
        .filter(
            record -> !TestTopics.header(record, "ce_type").equals(Optional.of("BuyerNotified")))
        .toList();
  }

  /// Every call has an idempotency key of its own.
  static RequestSpecification as(String role, UUID id) {
    return given()
        .header("X-Role", role)
        .header("X-Actor-Id", id.toString())
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .contentType(ContentType.JSON);
  }

  void seller(SellerMessage message) {
    publish(MessageFamily.SELLER, message, "fulfilment-" + message.orderId(), clock.now());
  }

  void money(RefundMessage message) {
    publish(MessageFamily.REFUND, message, "ledger-" + message.orderId(), clock.now());
  }

  void standing(SellerStanding standing) {
    accounts(new SellerStandingChanged(lin, standing, clock.now()));
  }

  void disputes(DisputeMessage message) {
    publish(MessageFamily.DISPUTE, message, "aftersale-" + message.orderId(), clock.now());
  }

  void accounts(SellerAccountMessage message) {
    var subject = "seller-" + message.sellerId();
    publish(MessageFamily.SELLER_ACCOUNTS, message, subject, clock.now());
  }

  private <M extends Message> void publish(
      MessageFamily<? super M> family, M message, String subject, Instant time) {
    var version = versions.merge(subject, 1, Integer::sum);
    TestTopics.publish(family, message, subject, version, version - 1, time);
  }
}
