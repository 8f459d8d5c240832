package marketplace.dispute.api;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import marketplace.contracts.MessageFamily;
import marketplace.contracts.OrderMessage;
import marketplace.contracts.SellerMessage;
import marketplace.kernel.AddressId;
import marketplace.kernel.BuyerId;
import marketplace.kernel.LineId;
import marketplace.kernel.MessageId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.ProductId;
import marketplace.kernel.ReturnPolicy;
import marketplace.kernel.SellerId;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.Units;
import marketplace.testkit.TestClock;
import marketplace.testkit.TestTopics;

/// Two cups that Ana has bought from Lin, as the other services tell of them.
final class DeliveredOrder {
  static final byte[] PNG = {
    (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'
  };

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  final OrderId order = new OrderId(UUID.randomUUID());
  final BuyerId ana = new BuyerId(UUID.randomUUID());
  final SellerId lin = new SellerId(UUID.randomUUID());
  final LineId cups = new LineId(UUID.randomUUID());
  private final ShipmentId parcel = new ShipmentId(UUID.randomUUID());

  /// Ordered, shipped and delivered at once.
  void publish(Instant at, ReturnPolicy policy) {
    place(at, policy);
    deliver(at);
  }

  void place(Instant at, ReturnPolicy policy) {
    TestTopics.publish(
        MessageFamily.ORDER,
        new OrderMessage.OrderPlaced(
            order,
            ana,
            lin,
            "USD",
            List.of(
                new OrderMessage.Line(
                    cups, new ProductId(UUID.randomUUID()), "Cups", 617, 2, 1234, policy)),
            1234,
            0,
            0,
            1234,
            null,
            PaymentMethod.CARD,
            new OrderMessage.Destination(new AddressId(UUID.randomUUID()), "US"),
            at,
            at.plus(Duration.ofDays(20)),
            "STANDARD_72H",
            null,
            null),
        "order-" + order,
        1,
        0,
        at);
  }

  private void deliver(Instant at) {
    var until = at.plus(Duration.ofDays(15));
    tell(
        1,
        at,
        new SellerMessage.ShipmentDispatched(
            order,
            parcel,
            lin,
            Units.of(cups, 2),
            "Post",
            "TRK-1",
            at,
            at.plus(Duration.ofDays(30)),
            null));
    tell(2, at, new SellerMessage.ParcelDelivered(order, parcel, at));
    TestTopics.publish(
        MessageFamily.ORDER,
        new OrderMessage.OrderDelivered(
            order, OrderMessage.DeliveryBasis.CARRIER, at, until, Units.of(cups, 2), 0),
        "order-" + order,
        2,
        1,
        at);
  }

  /// Ana has written to Lin, as she must before she complains.
  ///
  /// @param version of what Lin's side has told of
  void contact(int version, Instant at) {
    tell(
        version,
        at,
        new SellerMessage.MessageSent(
            order,
            new MessageId(UUID.randomUUID()),
            SellerMessage.Correspondent.BUYER,
            SellerMessage.Correspondent.SELLER,
            null,
            "Hello",
            at));
  }

  /// Lets time pass, for the service too.
  static void passes(Duration time) {
    var clock = TestClock.shared();
    var epoch = clock.freezeAt(clock.now().plus(time));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            as("SIMULATION", UUID.randomUUID())
                .get("/v1/simulation/clock")
                .then()
                .body("epoch.toLong()", greaterThanOrEqualTo(epoch)));
  }

  private void tell(int version, Instant at, SellerMessage message) {
    TestTopics.publish(
        MessageFamily.SELLER, message, "fulfilment-" + order, version, version - 1, at);
  }

  ValidatableResponse draft(byte[] content, String caption) {
    return as("BUYER", ana.value())
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .multiPart("file", "cup.png", content)
        .multiPart("caption", caption)
        .post("/v1/orders/{order}/evidence-drafts", order.toString())
        .then();
  }

  Map<String, Object> wish() {
    return Map.of(
        "orderId",
        order.toString(),
        "units",
        List.of(Map.of("lineId", cups.toString(), "quantity", 1)),
        "reason",
        "NO_LONGER_NEEDED");
  }

  Map<String, Object> dispute(List<String> evidence) {
    return Map.of(
        "orderId",
        order.toString(),
        "units",
        List.of(Map.of("lineId", cups.toString(), "quantity", 1)),
        "reason",
        "DAMAGED",
        "remedy",
        "REFUND_ONLY",
        "claimMinor",
        617,
        "text",
        "It is broken.",
        "evidenceIds",
        evidence);
  }

  static ValidatableResponse post(String role, UUID id, String path, Object body) {
    return as(role, id)
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .contentType("application/json")
        .body(body)
        .post(path)
        .then();
  }

  static RequestSpecification as(String role, UUID id) {
    return given().header("X-Role", role).header("X-Actor-Id", id.toString());
  }
}
