package marketplace.refund.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import marketplace.contracts.ContractJson;
import marketplace.contracts.DisputeMessage.AfterSaleClosed;
import marketplace.contracts.DisputeMessage.WhyClosed;
import marketplace.contracts.MessageFamily;
import marketplace.contracts.OrderMessage;
import marketplace.contracts.OrderMessage.Destination;
import marketplace.contracts.OrderMessage.OrderCancelled;
import marketplace.contracts.OrderMessage.OrderPlaced;
import marketplace.contracts.OrderMessage.OrderUnitsCancelled;
import marketplace.edge.QueriedMeter;
import marketplace.kernel.AddressId;
import marketplace.kernel.BuyerId;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.Fault;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.SellerId;
import marketplace.kernel.SettlementId;
import marketplace.kernel.Units;
import marketplace.refund.RefundRules;
import marketplace.testkit.BadInput;
import marketplace.testkit.ForeignRecords;
import marketplace.testkit.Routes;
import marketplace.testkit.ServicePlatform;
import marketplace.testkit.TestClock;
import marketplace.testkit.TestTopics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The whole service on a real PostgreSQL and a real Kafka: facts and commands in, facts out, and
/// the books are right.
@QuarkusTest
@QuarkusTestResource(
    value = ServicePlatform.class,
    initArgs = @ResourceArg(name = "prefix", value = "refund"))
class PaymentApiTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final OrderId order = new OrderId(UUID.randomUUID());
  private final BuyerId ana = new BuyerId(UUID.randomUUID());
  private final SellerId lin = new SellerId(UUID.randomUUID());
  private final TestClock clock = TestClock.shared();
  private int orderVersion;

  @Inject DataSource dataSource;
  @Inject RefundRules rules;
  @Inject @All List<QueriedMeter> figures;

  @BeforeEach
  void is_ready() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    setFaults("[]");
  }

  @Test
  void every_operation_has_a_path_that_leads_to_it() {
    assertThat(Routes.wrongOnes(RestAssured.port, rules)).isEmpty();
  }

  @Test
  void says_what_it_sends_and_receives() {
    given()
        .get("/asyncapi/asyncapi.json")
        .then()
        .statusCode(200)
        .body("asyncapi", equalTo("3.0.0"))
        .body("operations.'refund-service.sends.refund.events.v1'.action", equalTo("send"))
        .body("operations.'refund-service.receives.order.events.v1'.action", equalTo("receive"));
    given().get("/asyncapi").then().statusCode(200).contentType(ContentType.HTML);
    given().get("/problems/already-paid").then().statusCode(200).contentType(ContentType.HTML);
    given().get("/problems/none").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
  }

  @Test
  void no_record_that_nobody_should_write_stops_it() {
    assertThat(ForeignRecords.wrongOnes(RestAssured.port, rules)).isEmpty();
  }

  @Test
  void nothing_that_nobody_should_send_is_a_fault() {
    place();
    var wrong =
        BadInput.to(RestAssured.port, "BUYER", ana.value())
            .command(
                "/v1/payments",
                "{\"orderId\": \"%s\", \"method\": \"CARD\", \"amountMinor\": 4900}"
                    .formatted(order))
            .longerThan(64 * 1024, "/v1/payments")
            .list("/v1/refunds")
            .unknown("/v1/refunds/{id}")
            .unknown("/v1/orders/{id}/payment")
            .wrongAnswers();
    assertThat(wrong).isEmpty();
  }

  @Test
  void a_paid_order_is_refunded_and_the_seller_gets_what_is_kept() {
    place();
    var now = clock.now();
    pay("CARD", 4900).statusCode(201).body("state", equalTo("CAPTURED"));
    tell(unitsCancelled(4000));
    tell(cancelled(false));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            paymentTab()
                .statusCode(200)
                .body("captured", equalTo(4900))
                .body("refunded", equalTo(4000))
                .body("refundable", equalTo(0))
                .body("refunds[0].stage", equalTo("SENT"))
                .body("refunds[0].businessDaysLeft", equalTo(20))
                .body("payout.amountMinor", equalTo(900))
                .body("payout.why", equalTo("CANCELLATION_KEPT_SHARE")));
    assertThat(published())
        .containsExactly(
            "PaymentAuthorized",
            "PaymentCaptured",
            "RefundRequested",
            "RefundIssued",
            "PayoutReleased");
    var refundId = paymentTab().extract().path("refunds[0].refundId").toString();
    as("SELLER", lin.value())
        .get("/v1/refunds/{id}", refundId)
        .then()
        .statusCode(200)
        .body("amountMinor", equalTo(4000))
        .body("issuedAt", equalTo(format(now)));
    as("BUYER", ana.value())
        .get("/v1/refunds?orderId={order}&state=SENT&cause=CANCELLATION", order.toString())
        .then()
        .statusCode(200)
        .body("items.size()", equalTo(1))
        .body("items[0].refundId", equalTo(refundId))
        .body("nextCursor", nullValue());
    as("BUYER", UUID.randomUUID()).get("/v1/refunds/{id}", refundId).then().statusCode(404);
    as("PLATFORM", UUID.randomUUID())
        .get("/v1/ledger/{order}", order.toString())
        .then()
        .statusCode(200)
        .body("postings.size()", equalTo(4))
        .body("sumMinor", equalTo(0))
        .body("accounts.SELLER", equalTo(900))
        .body("accounts.OUTSIDE", equalTo(-900));
    as("PLATFORM", UUID.randomUUID())
        .get("/v1/ledger/{order}/events", order.toString())
        .then()
        .statusCode(200)
        .body("type", hasItem("ledger.provider-asked.v1"));
    assertBooksAreRight();
  }

  @Test
  void the_seller_waits_until_the_order_is_read_far_enough() {
    place();
    pay("PAYPAL", 4900).statusCode(201);
    TestTopics.publish(
        MessageFamily.DISPUTE,
        new AfterSaleClosed(order, WhyClosed.WINDOW_ENDED, clock.now(), 2),
        "aftersale-" + order,
        1,
        0,
        clock.now());
    tell(unitsCancelled(1000));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> paymentTab().body("payout.amountMinor", equalTo(3900)));
    assertThat(published())
        .containsExactly(
            "PaymentAuthorized",
            "PaymentCaptured",
            "RefundRequested",
            "RefundIssued",
            "PayoutReleased");
    assertBooksAreRight();
  }

  @Test
  void a_slow_payment_of_a_cancelled_order_comes_in_and_goes_back() {
    place();
    var paymentId =
        pay("BANK_TRANSFER", 4900)
            .statusCode(201)
            .body("state", equalTo("AUTHORIZED"))
            .body("captureDueAt", equalTo(format(clock.now().plus(Duration.ofDays(1)))))
            .extract()
            .path("paymentId")
            .toString();
    tell(cancelled(true));
    awaitVersion(3);
    pay("CARD", 4900).statusCode(409).body("code", equalTo("ORDER_CANCELLED"));

    var result = Map.of("result", "CAPTURED");
    command("SIMULATION", UUID.randomUUID())
        .body(result)
        .post("/v1/payments/{id}/provider-result", paymentId)
        .then()
        .statusCode(200)
        .body("state", equalTo("CAPTURED"));
    command("SIMULATION", UUID.randomUUID())
        .body(result)
        .post("/v1/payments/{id}/provider-result", paymentId)
        .then()
        .statusCode(409)
        .body("code", equalTo("PAYMENT_FINAL"));
    paymentTab()
        .body("refunds[0].channel", equalTo("WALLET_CREDIT"))
        .body("refunds[0].stage", equalTo("ARRIVED"))
        .body("refunded", equalTo(4900));
    assertBooksAreRight();
  }

  @Test
  void a_delayed_capture_is_voided_when_the_order_is_cancelled() {
    place();
    setFaults(
        "[{\"kind\": \"PROVIDER_DELAYS_CAPTURE\", \"seconds\": 3600, \"orderId\": \"%s\"}]"
            .formatted(order));
    pay("CARD", 4900)
        .statusCode(201)
        .body("state", equalTo("AUTHORIZED"))
        .body("captureDueAt", equalTo(format(clock.now().plus(Duration.ofHours(1)))));
    tell(cancelled(true));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> paymentTab().body("payments[0].state", equalTo("VOIDED")));
    paymentTab().body("captured", equalTo(0)).body("refunds.size()", equalTo(0));
    assertBooksAreRight();
  }

  @Test
  void a_refusing_provider_is_asked_again_on_its_deadline() {
    place();
    setFaults(
        "[{\"kind\": \"PROVIDER_REFUSES\", \"code\": \"EXPIRED_CARD\", \"times\": 1, \"orderId\": \"%s\"}]"
            .formatted(order));
    pay("CARD", 4900).statusCode(201);
    tell(unitsCancelled(4900));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> paymentTab().body("refunds[0].stage", equalTo("RETRYING")));

    clock.advance(Duration.ofHours(24));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> paymentTab().body("refunds[0].stage", equalTo("SENT")));
    assertThat(published()).contains("RefundAttemptFailed", "RefundIssued");
    assertBooksAreRight();
  }

  @Test
  void an_order_that_is_not_known_yet_is_no_mistake_but_asks_for_another_try() {
    var key = UUID.randomUUID().toString();
    pay(key, "CARD", 4900).statusCode(409).body("code", equalTo("ORDER_UNKNOWN"));
    place();
    await().atMost(PATIENCE).untilAsserted(() -> pay(key, "CARD", 4900).statusCode(201));
    pay(key, "CARD", 4900).statusCode(201).header("Idempotent-Replayed", "true");
    pay(key, "CARD", 4901).statusCode(422).body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
    pay("CARD", 4900).statusCode(409).body("code", equalTo("ALREADY_PAID"));
  }

  @Test
  void bad_payments_get_a_clear_answer() {
    place();
    awaitVersion(1);
    pay("CARD", 4899).statusCode(422).body("code", equalTo("AMOUNT_MISMATCH"));
    pay("CASH_ON_DELIVERY", 4900).statusCode(422).body("code", equalTo("METHOD_NOT_ALLOWED"));
    command("BUYER", UUID.randomUUID())
        .body(payment("CARD", 4900))
        .post("/v1/payments")
        .then()
        .statusCode(403);
    command("SELLER", lin.value())
        .body(payment("CARD", 4900))
        .post("/v1/payments")
        .then()
        .statusCode(403);
    command("BUYER", ana.value())
        .body(Map.of("orderId", order.toString(), "method", "CARD"))
        .post("/v1/payments")
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/amountMinor"));
    command("BUYER", ana.value())
        .body(Map.of("orderId", "x", "method", "GOLD", "amountMinor", "much", "tip", 1))
        .post("/v1/payments")
        .then()
        .statusCode(422)
        .body("code", equalTo("INVALID"));
    command("BUYER", ana.value()).body("null").post("/v1/payments").then().statusCode(400);
    command("BUYER", ana.value()).body("{").post("/v1/payments").then().statusCode(400);
    command("SIMULATION", UUID.randomUUID())
        .body(Map.of("rules", List.of(Map.of("kind", "PROVIDER_DELAYS_CAPTURE"))))
        .post("/v1/simulation/faults")
        .then()
        .statusCode(422);
    as("BUYER", ana.value()).get("/v1/invariants").then().statusCode(403);
  }

  /// A guard that cannot fail guards nothing: a balance, then a posting, is falsified by hand.
  @Test
  void wrong_books_are_found() throws SQLException {
    place();
    pay("CARD", 4900).statusCode(201);
    assertBooksAreRight();

    update("update ledgers set escrow_minor = escrow_minor + 1 where order_id = ?");
    assertBroken("M1");
    update("update ledgers set escrow_minor = escrow_minor - 1 where order_id = ?");
    assertBooksAreRight();
    update("update postings set amount_minor = -1 where order_id = ? and account = 'ESCROW'");
    assertBroken("M1");
    assertBroken("M2");
    update("update postings set amount_minor = 4900 where order_id = ? and account = 'ESCROW'");
    update("update ledgers set after_sale_closed = true where order_id = ?");
    assertBroken("M6");
    update("update ledgers set after_sale_closed = false where order_id = ?");
    assertBooksAreRight();
  }

  private void place() {
    tell(
        new OrderPlaced(
            order,
            ana,
            lin,
            "USD",
            List.of(),
            4900,
            0,
            0,
            4900,
            null,
            PaymentMethod.CARD,
            new Destination(new AddressId(UUID.randomUUID()), "US"),
            clock.now(),
            clock.now().plus(Duration.ofDays(20)),
            "STANDARD_72H",
            null,
            null));
    awaitVersion(1);
  }

  private OrderUnitsCancelled unitsCancelled(long refundMinor) {
    return new OrderUnitsCancelled(
        order,
        new SettlementId(UUID.randomUUID()),
        null,
        CancellationCause.SELLER_CANCELLED,
        Fault.SELLER,
        Units.NONE,
        refundMinor,
        0,
        0,
        false,
        clock.now());
  }

  private OrderCancelled cancelled(boolean refundAllCaptures) {
    return new OrderCancelled(
        order, CancellationCause.SELLER_CANCELLED, Fault.SELLER, refundAllCaptures, clock.now());
  }

  private void tell(OrderMessage message) {
    orderVersion++;
    TestTopics.publish(
        MessageFamily.ORDER,
        message,
        "order-" + order,
        orderVersion,
        orderVersion - 1,
        clock.now());
  }

  private void awaitVersion(int version) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> paymentTab().statusCode(200).body("version", equalTo(version)));
  }

  private ValidatableResponse pay(String method, long amountMinor) {
    return pay(UUID.randomUUID().toString(), method, amountMinor);
  }

  private ValidatableResponse pay(String key, String method, long amountMinor) {
    return as("BUYER", ana.value())
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(payment(method, amountMinor))
        .post("/v1/payments")
        .then();
  }

  private Map<String, Object> payment(String method, long amountMinor) {
    return Map.of("orderId", order.toString(), "method", method, "amountMinor", amountMinor);
  }

  private ValidatableResponse paymentTab() {
    return as("BUYER", ana.value()).get("/v1/orders/{order}/payment", order.toString()).then();
  }

  private static RequestSpecification command(String role, UUID id) {
    return as(role, id)
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .contentType("application/json");
  }

  private static RequestSpecification as(String role, UUID id) {
    return given().header("X-Role", role).header("X-Actor-Id", id.toString());
  }

  @Test
  void tells_how_much_money_it_keeps_and_how_long_buyers_wait_for_theirs() {
    place();
    pay("CARD", 4900).statusCode(201);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(told("marketplace_escrow_minor", "USD")).isEqualTo(kept()).isPositive());

    tell(unitsCancelled(4000));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> paymentTab().body("refunds[0].stage", equalTo("SENT")));
    clock.advance(Duration.ofHours(2));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(told("marketplace_refund_oldest_seconds", "SENT"))
                .isGreaterThanOrEqualTo(2.0 * 3600));
  }

  private static double told(String meter, String tag) {
    return given()
        .get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith(meter + '{') && line.contains('"' + tag + '"'))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(0);
  }

  private double kept() throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var sum =
            statement.executeQuery(
                "select sum(escrow_minor + reserved_minor) from ledgers where currency = 'USD'")) {
      sum.next();
      return sum.getDouble(1);
    }
  }

  /// Small tables are read whole, so the planner is told not to.
  @Test
  void knows_its_figures_by_an_index() throws SQLException {
    assertThat(figures).hasSize(2);
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set local enable_seqscan = off");
      for (var figure : figures) {
        try (var plan = statement.executeQuery("explain " + figure.sql().replace("?", "now()"))) {
          while (plan.next()) {
            assertThat(plan.getString(1)).as(figure.name()).doesNotContain("Seq Scan");
          }
        }
      }
      connection.rollback();
    }
  }

  @Test
  void fault_rules_stand_until_their_owner_ends_them() {
    var faults = "/v1/simulation/faults";
    setFaults("[{\"kind\": \"CONSUME_TWICE\", \"topic\": \"order.events.v1\", \"rate\": 0.1}]");
    command("SIMULATION", UUID.randomUUID())
        .body("{\"rules\": [{\"kind\": \"SETTLEMENT_LOST\", \"rate\": 0.5, \"seed\": 7}]}")
        .post(faults + "?owner=somebody")
        .then()
        .statusCode(200)
        .body("rules.owner", equalTo(List.of("http", "http:somebody")));
    command("SIMULATION", UUID.randomUUID())
        .body("{\"rules\": [{\"kind\": \"CONSUME_TWICE\", \"rate\": 2}]}")
        .post(faults)
        .then()
        .statusCode(422)
        .body("code", equalTo("INVALID"))
        .body("errors.pointer", equalTo(List.of("/rules/0/rate")));
    as("SIMULATION", UUID.randomUUID()).delete(faults).then().statusCode(200);
    as("SIMULATION", UUID.randomUUID())
        .get(faults)
        .then()
        .statusCode(200)
        .body("rules.owner", equalTo(List.of("http:somebody")))
        .body("rules[0].rule.kind", equalTo("SETTLEMENT_LOST"));
    command("SIMULATION", UUID.randomUUID())
        .delete(faults + "?owner=Some%20Body")
        .then()
        .statusCode(422);
    as("SIMULATION", UUID.randomUUID())
        .delete(faults + "?owner=somebody")
        .then()
        .statusCode(200)
        .body("rules", equalTo(List.of()));
    as("PLATFORM", UUID.randomUUID()).get(faults).then().statusCode(403);
  }

  private static void setFaults(String rules) {
    command("SIMULATION", UUID.randomUUID())
        .body("{\"rules\": " + rules + "}")
        .post("/v1/simulation/faults")
        .then()
        .statusCode(200);
  }

  private static String format(Instant time) {
    return ContractJson.format(time);
  }

  private List<String> published() {
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                TestTopics.read("refund.events.v1", order.value()).stream()
                    .map(record -> TestTopics.header(record, "ce_type").orElse(""))
                    .toList(),
            types -> types.contains("PayoutReleased") || types.contains("RefundIssued"));
  }

  private void assertBooksAreRight() {
    as("PLATFORM", UUID.randomUUID())
        .get("/v1/invariants")
        .then()
        .statusCode(200)
        .body("id", equalTo(List.of("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8")))
        .body("ok", everyItem(equalTo(true)));
  }

  private void assertBroken(String invariant) {
    as("SIMULATION", UUID.randomUUID())
        .get("/v1/invariants")
        .then()
        .statusCode(200)
        .body("find { it.id == '%s' }.ok".formatted(invariant), equalTo(false))
        .body(
            "find { it.id == '%s' }.failures.orderId".formatted(invariant),
            hasItem(order.toString()));
  }

  private void update(String sql) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, order.value());
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }
}
