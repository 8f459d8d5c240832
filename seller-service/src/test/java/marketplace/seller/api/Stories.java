package marketplace.seller.api;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import marketplace.contracts.MessageFamily;
import marketplace.contracts.OrderMessage;
import marketplace.kernel.AddressId;
import marketplace.kernel.BuyerId;
import marketplace.kernel.CancellationId;
import marketplace.kernel.CancellationReason;
import marketplace.kernel.LineId;
import marketplace.kernel.OfferAnswer;
import marketplace.kernel.OfferId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.ProductId;
import marketplace.kernel.ReturnPolicy;
import marketplace.kernel.SellerId;
import marketplace.kernel.Units;
import marketplace.testkit.TestClock;
import marketplace.testkit.TestTopics;

/// One order of two lamps, told to the service as order-service would tell it, and its people.
final class Stories {
  static final Duration PATIENCE = Duration.ofMinutes(2);
  static final TestClock CLOCK = TestClock.shared();

  final OrderId order = new OrderId(UUID.randomUUID());
  final BuyerId ana = new BuyerId(UUID.randomUUID());
  final SellerId lin;
  final LineId lamps = new LineId(UUID.randomUUID());
  final CancellationId request = new CancellationId(UUID.randomUUID());
  private int version;

  private Stories(SellerId lin) {
    this.lin = lin;
  }

  static Stories of(SellerId lin) {
    return new Stories(lin);
  }

  static Stories ofNewSeller() {
    return new Stories(new SellerId(UUID.randomUUID()));
  }

  /// Placed and paid now, and known to the service.
  Stories paid() {
    return placed().ready(OrderMessage.Basis.PAID).known();
  }

  Stories cashOnDelivery() {
    return placed().ready(OrderMessage.Basis.CASH_ON_DELIVERY).known();
  }

  Stories placed() {
    var now = CLOCK.now();
    tell(
        new OrderMessage.OrderPlaced(
            order,
            ana,
            lin,
            "USD",
            List.of(
                new OrderMessage.Line(
                    lamps,
                    new ProductId(UUID.randomUUID()),
                    "Lamp",
                    450,
                    2,
                    900,
                    ReturnPolicy.NONE)),
            900,
            0,
            0,
            900,
            null,
            PaymentMethod.CARD,
            new OrderMessage.Destination(new AddressId(UUID.randomUUID()), "US"),
            now,
            now.plus(Duration.ofDays(20)),
            "STANDARD_72H",
            null,
            null));
    return this;
  }

  Stories ready(OrderMessage.Basis basis) {
    var now = CLOCK.now();
    tell(
        new OrderMessage.OrderReadyToShip(
            order, lin, basis, now, now.plus(Duration.ofDays(7)), now, Units.of(lamps, 2)));
    return this;
  }

  Stories known() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> seller().get("/v1/seller-orders/" + order).then().statusCode(200));
    return this;
  }

  /// One lamp.
  Stories requested() {
    return asked().pending();
  }

  Stories asked() {
    var now = CLOCK.now();
    tell(
        new OrderMessage.CancellationRequested(
            order,
            request,
            ana,
            lin,
            Units.of(lamps, 1),
            false,
            CancellationReason.NO_LONGER_NEEDED,
            null,
            1,
            now,
            now.plus(Duration.ofHours(72)),
            450));
    return this;
  }

  Stories pending() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> seller().get("/v1/cancellation-tasks/" + request).then().statusCode(200));
    return this;
  }

  Stories withdrawn() {
    tell(new OrderMessage.CancellationWithdrawalAsked(order, request, CLOCK.now()));
    return closed();
  }

  Stories answered(OfferId offer, OfferAnswer answer) {
    tell(new OrderMessage.CancellationOfferAnswered(order, request, offer, answer, CLOCK.now()));
    return this;
  }

  Stories reviewed(int stars) {
    tell(new OrderMessage.SellerReviewed(order, lin, stars, null, CLOCK.now()));
    return this;
  }

  Stories closed() {
    await()
        .atMost(PATIENCE)
        .until(
            () -> seller().get("/v1/cancellation-tasks/" + request).path("state").equals("CLOSED"));
    return this;
  }

  RequestSpecification seller() {
    return as("SELLER", lin.value());
  }

  static RequestSpecification as(String role, UUID id) {
    return given().header("X-Role", role).header("X-Actor-Id", id.toString());
  }

  /// A command of the seller, under a key of its own.
  ValidatableResponse asks(String path, String body) {
    return post(seller(), path, body);
  }

  ValidatableResponse carrier(String path, String body) {
    return post(as("CARRIER", UUID.randomUUID()), path, body);
  }

  static ValidatableResponse post(RequestSpecification caller, String path, String body) {
    return caller
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .contentType("application/json")
        .body(body.replace('\'', '"'))
        .post(path)
        .then();
  }

  String orderPath(String act) {
    return "/v1/seller-orders/" + order + "/" + act;
  }

  String taskPath(String act) {
    return "/v1/cancellation-tasks/" + request + "/" + act;
  }

  String units(int quantity) {
    return "[{'lineId':'" + lamps + "','quantity':" + quantity + "}]";
  }

  /// A shipment of everything, under a number of its own.
  String shipAll() {
    return "{'carrier':'DHL','trackingNumber':'" + UUID.randomUUID() + "'}";
  }

  /// What the service has told of this order, as `ce_type`s, without what its seller was told.
  List<String> told() {
    return TestTopics.read(MessageFamily.SELLER.topic(), order.value()).stream()
        .map(record -> TestTopics.header(record, "ce_type").orElse("?"))
        .filter(type -> !type.equals("SellerNotified"))
        .toList();
  }

  private void tell(OrderMessage message) {
    tell(message, CLOCK.now());
  }

  private void tell(OrderMessage message, Instant at) {
    TestTopics.publish(MessageFamily.ORDER, message, "order-" + order, version + 1, version, at);
    version++;
  }
}
