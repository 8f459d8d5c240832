package marketplace.refund.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
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
import marketplace.contracts.DisputeMessage;
import marketplace.contracts.DisputeMessage.AfterSaleClosed;
import marketplace.contracts.DisputeMessage.DisputeOpened;
import marketplace.contracts.DisputeMessage.DisputeWithdrawn;
import marketplace.contracts.DisputeMessage.WhyClosed;
import marketplace.contracts.MessageFamily;
import marketplace.contracts.OrderMessage;
import marketplace.contracts.OrderMessage.DeliveryBasis;
import marketplace.contracts.OrderMessage.Destination;
import marketplace.contracts.OrderMessage.OrderDelivered;
import marketplace.contracts.OrderMessage.OrderPlaced;
import marketplace.contracts.SellerMessage.ShipmentDispatched;
import marketplace.kernel.AddressId;
import marketplace.kernel.BusinessDays;
import marketplace.kernel.BuyerId;
import marketplace.kernel.DisputeId;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.Remedy;
import marketplace.kernel.SellerId;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.Units;
import marketplace.testkit.BadInput;
import marketplace.testkit.ServicePlatform;
import marketplace.testkit.TestClock;
import marketplace.testkit.TestTopics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of money after an order was shipped: goodwill, refunds that get lost, wallets; and
/// whether wrong books are noticed.
@QuarkusTest
@QuarkusTestResource(
    value = ServicePlatform.class,
    initArgs = @ResourceArg(name = "prefix", value = "refund"))
class AfterSaleMoneyApiTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final OrderId order = new OrderId(UUID.randomUUID());
  private final BuyerId ana = new BuyerId(UUID.randomUUID());
  private final SellerId lin = new SellerId(UUID.randomUUID());
  private final DisputeId dispute = new DisputeId(UUID.randomUUID());
  private final TestClock clock = TestClock.shared();
  private int orderVersion;
  private int afterSaleVersion;

  @Inject DataSource dataSource;

  @BeforeEach
  void is_ready() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    setFaults("[]");
  }

  @Test
  void nothing_that_nobody_should_send_is_a_fault() {
    place(PaymentMethod.CARD);
    pay("CARD");
    ship();
    var good = "{\"amountMinor\": 4900, \"comment\": \"Sorry.\"}";
    var sellers =
        BadInput.to(RestAssured.port, "SELLER", lin.value())
            .command("/v1/orders/" + order + "/goodwill-refunds", good)
            .unknown("/v1/buyers/{id}/wallet")
            .wrongAnswers();
    assertThat(sellers).isEmpty();
    // The refund is still on its way, so a good question is no fault either.
    var refundId = goodwill(100).statusCode(201).extract().path("refundId").toString();
    var buyers =
        BadInput.to(RestAssured.port, "BUYER", ana.value())
            .command("/v1/refunds/" + refundId + "/inquiries", "{\"text\": \"Where is it?\"}")
            .wrongAnswers();
    assertThat(buyers).isEmpty();
    var platform =
        BadInput.to(RestAssured.port, "PLATFORM", UUID.randomUUID())
            .command(
                "/v1/refund-inquiries/" + UUID.randomUUID() + "/resolution",
                "{\"outcome\": \"CONFIRMED_SENT\"}")
            .wrongAnswers();
    assertThat(platform).isEmpty();
  }

  @Test
  void a_seller_may_give_from_shipment_to_the_end_of_the_window_while_no_case_is_open() {
    goodwill(1).statusCode(409).body("code", equalTo("ORDER_UNKNOWN"));
    place(PaymentMethod.CARD);
    pay("CARD");
    goodwill(1).statusCode(409).body("code", equalTo("NOT_SHIPPED"));
    ship();
    goodwill(4901).statusCode(409).body("code", equalTo("REFUND_EXCEEDS_BALANCE"));
    goodwill(UUID.randomUUID(), 1).statusCode(403);
    var refundId =
        goodwill(900)
            .statusCode(201)
            .body("causeType", equalTo("GOODWILL"))
            .body("amountMinor", equalTo(900))
            .body("stage", equalTo("SENT"))
            .body("comment", equalTo("Sorry for the scratch."))
            .extract()
            .path("refundId")
            .toString();
    as("BUYER", ana.value())
        .get("/v1/refunds?cause=GOODWILL&orderId={order}", order.toString())
        .then()
        .statusCode(200)
        .body("items.refundId", contains(refundId))
        .body("items.comment", contains("Sorry for the scratch."))
        .body("items[0].inquiry", nullValue());

    tell(opened());
    awaitGoodwillRefused("CASE_OPEN");
    tell(new DisputeWithdrawn(order, dispute, clock.now()));
    await().atMost(PATIENCE).untilAsserted(() -> goodwill(100).statusCode(201));
    awaitPublished(
        "PaymentAuthorized",
        "PaymentCaptured",
        "RefundRequested",
        "RefundIssued",
        "RefundRequested",
        "RefundIssued");

    tell(new AfterSaleClosed(order, WhyClosed.WINDOW_ENDED, clock.now(), 1));
    awaitGoodwillRefused("WINDOW_CLOSED");
    paymentTab().body("payout.amountMinor", equalTo(3900));
    assertBooksAreRight();
  }

  @Test
  void a_refund_that_is_lost_is_asked_for_and_sent_again_to_the_wallet() {
    setFaults("[{\"kind\": \"SETTLEMENT_LOST\", \"orderId\": \"%s\"}]".formatted(order));
    place(PaymentMethod.CARD);
    pay("CARD");
    ship();
    var sent = goodwill(900).statusCode(201).extract();
    var refundId = sent.path("refundId").toString();
    var expectedBy = Instant.parse(sent.path("expectedBy"));
    assertThat(expectedBy).isEqualTo(BusinessDays.after(Instant.parse(sent.path("issuedAt")), 20));
    inquire(refundId)
        .statusCode(409)
        .body("code", equalTo("TOO_EARLY"))
        .body("deadline", equalTo(ContractJson.format(expectedBy)));
    wallet().statusCode(200).body("balances", empty()).body("entries", empty());

    clock.advance(Duration.between(clock.now(), expectedBy).plusMillis(1));
    command("BUYER", UUID.randomUUID())
        .body(Map.of("text", "Mine?"))
        .post("/v1/refunds/{id}/inquiries", refundId)
        .then()
        .statusCode(403);
    var first =
        await()
            .atMost(PATIENCE)
            .until(() -> inquire(refundId), answer -> answer.extract().statusCode() == 201)
            .body("state", equalTo("OPEN"));
    inquire(refundId).statusCode(409).body("code", equalTo("INQUIRY_OPEN"));
    resolve(first, "CONFIRMED_SENT").statusCode(200).body("state", equalTo("CONFIRMED_SENT"));
    resolve(first, "REISSUED_TO_WALLET").statusCode(409).body("code", equalTo("INQUIRY_CLOSED"));
    var second = inquire(refundId).statusCode(201);
    as("BUYER", ana.value())
        .get("/v1/refunds?orderId={order}", order.toString())
        .then()
        .body("items[0].inquiry.state", equalTo("OPEN"))
        .body("items[0].inquiry.text", equalTo("Where is it?"));
    resolve(second, "REISSUED_TO_WALLET")
        .statusCode(200)
        .body("state", equalTo("REISSUED_TO_WALLET"));
    inquire(refundId).statusCode(409).body("code", equalTo("REFUND_SETTLED"));

    as("SELLER", lin.value())
        .get("/v1/refunds/{id}", refundId)
        .then()
        .body("stage", equalTo("ARRIVED"))
        .body("channel", equalTo("WALLET_CREDIT"))
        .body("inquiry.state", equalTo("REISSUED_TO_WALLET"));
    wallet()
        .body("balances", equalTo(List.of(Map.of("currency", "USD", "amountMinor", 900))))
        .body("entries.refundId", contains(refundId));
    as("PLATFORM", UUID.randomUUID())
        .get("/v1/ledger/{order}", order.toString())
        .then()
        .body("accounts.OUTSIDE", equalTo(-4900))
        .body("accounts.BUYER_WALLET", equalTo(900))
        .body("sums.refundedMinor", equalTo(900));
    awaitPublished(
        "PaymentAuthorized",
        "PaymentCaptured",
        "RefundRequested",
        "RefundIssued",
        "RefundInquiryOpened",
        "RefundInquiryResolved",
        "RefundInquiryOpened",
        "RefundInquiryResolved",
        "RefundRerouted",
        "RefundSettled");
    assertBooksAreRight();
    assertViewsAreRebuilt();
  }

  @Test
  void a_wallet_keeps_credit_and_vouchers_and_only_its_buyer_and_the_platform_see_it() {
    place(PaymentMethod.CASH_ON_DELIVERY);
    ship();
    tell(delivered());
    await().atMost(PATIENCE).untilAsserted(() -> paymentTab().body("captured", equalTo(4900)));
    var kept = goodwill(900).statusCode(201).body("channel", equalTo("VOUCHER")).extract();
    wallet()
        .body("balances", empty())
        .body("vouchers.code", contains(kept.path("voucher.code").toString()))
        .body("vouchers.amountMinor", contains(900))
        .body("vouchers.state", contains("VALID"))
        .body("vouchers.expiresAt", contains(kept.path("voucher.expiresAt").toString()));
    as("PLATFORM", UUID.randomUUID())
        .get("/v1/buyers/{buyer}/wallet", ana.toString())
        .then()
        .statusCode(200)
        .body("vouchers.size()", equalTo(1));
    as("BUYER", UUID.randomUUID())
        .get("/v1/buyers/{buyer}/wallet", ana.toString())
        .then()
        .statusCode(404);
    as("SELLER", lin.value())
        .get("/v1/buyers/{buyer}/wallet", ana.toString())
        .then()
        .statusCode(404);
    assertBooksAreRight();

    clock.advance(Duration.ofDays(60));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> wallet().body("vouchers.state", contains("EXPIRED")));
  }

  /// A guard that cannot fail guards nothing: one row at a time is falsified by hand.
  @Test
  void wrong_books_are_found_by_a_full_look_and_by_one_at_what_has_changed() throws SQLException {
    closedAfterACase();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> check(false).body("checked", everyItem(equalTo(0))));

    var ofSeller = " where order_id = ? and account = 'SELLER'";
    update("update ledgers set paid_out_minor = paid_out_minor + 1 where order_id = ?", 1);
    assertBroken("M1");
    update("update ledgers set paid_out_minor = paid_out_minor - 1 where order_id = ?", 1);
    assertBooksAreRight();
    update("update postings set amount_minor = amount_minor + 1" + ofSeller, 1);
    assertBroken("M1", "M6");
    check(false).body("find { it.id == 'M8' }.ok", equalTo(false));
    update("update postings set amount_minor = amount_minor - 1" + ofSeller, 1);
    assertBooksAreRight();

    // Both rows of a posting: it still sums to zero, and yet the escrow is overdrawn.
    var ofPayout =
        """
         where order_id = ? and stream_version =
           (select p.stream_version from payouts p where p.order_id = postings.order_id)
        """;
    update("update postings set amount_minor = amount_minor * 2" + ofPayout, 2);
    assertBroken("M1", "M2", "M6");
    update("update postings set amount_minor = amount_minor / 2" + ofPayout, 2);
    assertBooksAreRight();
  }

  @Test
  void wrong_rows_beside_the_books_are_found_by_a_full_look() throws SQLException {
    closedAfterACase();
    var ofOrder = " where refund_id in (select refund_id from refunds where order_id = ?)";
    assertFoundWhenAllIsLookedAt(
        "M1",
        "update wallet_entries set amount_minor = amount_minor + 1" + ofOrder,
        "update wallet_entries set amount_minor = amount_minor - 1" + ofOrder);
    assertFoundWhenAllIsLookedAt(
        "M3",
        """
        insert into refunds select (jsonb_populate_record(refunds,
          jsonb_build_object('refund_id', gen_random_uuid()))).*
        from refunds where order_id = ?
        """,
        """
        update refunds set cause_id = gen_random_uuid(), order_id = gen_random_uuid()
        where order_id = ? and refund_id not in (select refund_id from wallet_entries)
        """);
    assertFoundWhenAllIsLookedAt(
        "M7",
        "update case_notes set opened = true where order_id = ? and not opened",
        """
        update case_notes set opened = false where order_id = ?
          and stream_version = (select max(o.stream_version) from case_notes o
            where o.order_id = case_notes.order_id)
        """);
  }

  /// Goodwill after a dispute that was withdrawn, and the rest is paid out.
  private void closedAfterACase() {
    place(PaymentMethod.CASH_ON_DELIVERY);
    ship();
    tell(opened());
    tell(delivered());
    await().atMost(PATIENCE).untilAsserted(() -> paymentTab().body("captured", equalTo(4900)));
    tell(new DisputeWithdrawn(order, dispute, clock.now()));
    await().atMost(PATIENCE).untilAsserted(() -> goodwill(900).statusCode(201));
    tell(new AfterSaleClosed(order, WhyClosed.WINDOW_ENDED, clock.now(), 2));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> paymentTab().body("payout.amountMinor", equalTo(4000)));
    assertBooksAreRight();
  }

  private OrderDelivered delivered() {
    return new OrderDelivered(
        order,
        DeliveryBasis.CARRIER,
        clock.now(),
        clock.now().plus(Duration.ofDays(15)),
        Units.NONE,
        4900);
  }

  private void assertFoundWhenAllIsLookedAt(String id, String wrong, String right)
      throws SQLException {
    update(wrong, 1);
    assertBroken(check(true), id);
    // And from then on, until it is put right.
    assertBroken(check(false), id);
    update(right, 1);
    check(false).body("ok", everyItem(equalTo(true)));
    assertBooksAreRight();
  }

  private ValidatableResponse check(boolean full) {
    return as("SIMULATION", UUID.randomUUID())
        .get("/v1/invariants?full={full}", full)
        .then()
        .statusCode(200);
  }

  private void assertBooksAreRight() {
    for (var full : List.of(false, true)) {
      check(full)
          .body("id", equalTo(List.of("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8")))
          .body("ok", everyItem(equalTo(true)));
    }
  }

  private void assertBroken(String... invariants) {
    for (var id : invariants) assertBroken(check(false), id);
    for (var id : invariants) assertBroken(check(true), id);
  }

  private void assertBroken(ValidatableResponse found, String invariant) {
    found
        .body("find { it.id == '%s' }.ok".formatted(invariant), equalTo(false))
        .body(
            "find { it.id == '%s' }.failures.orderId".formatted(invariant),
            hasItem(order.toString()));
  }

  private static void assertViewsAreRebuilt() {
    command("SIMULATION", UUID.randomUUID())
        .post("/v1/simulation/rebuild")
        .then()
        .statusCode(200)
        .body("different", equalTo(0));
  }

  private void update(String sql, int rows) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, order.value());
      assertThat(statement.executeUpdate()).isEqualTo(rows);
    }
  }

  private void place(PaymentMethod method) {
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
            method,
            new Destination(new AddressId(UUID.randomUUID()), "US"),
            clock.now(),
            clock.now().plus(Duration.ofDays(20)),
            "STANDARD_72H",
            null,
            null));
    await().atMost(PATIENCE).untilAsserted(() -> paymentTab().statusCode(200));
  }

  private void ship() {
    var before = version();
    TestTopics.publish(
        MessageFamily.SELLER,
        new ShipmentDispatched(
            order,
            new ShipmentId(UUID.randomUUID()),
            lin,
            Units.NONE,
            "POST",
            "T-1",
            clock.now(),
            clock.now().plus(Duration.ofDays(30)),
            null),
        "fulfilment-" + order,
        1,
        0,
        clock.now());
    await().atMost(PATIENCE).until(this::version, version -> version > before);
  }

  private int version() {
    return paymentTab().extract().path("version");
  }

  private DisputeOpened opened() {
    return new DisputeOpened(
        order,
        dispute,
        ana,
        lin,
        Units.NONE,
        DisputeReason.DAMAGED,
        Remedy.REFUND_ONLY,
        500,
        500,
        "USD",
        "Broken.",
        clock.now(),
        clock.now().plus(Duration.ofDays(5)),
        clock.now().plus(Duration.ofDays(7)));
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

  private void tell(DisputeMessage message) {
    afterSaleVersion++;
    TestTopics.publish(
        MessageFamily.DISPUTE,
        message,
        "aftersale-" + order,
        afterSaleVersion,
        afterSaleVersion - 1,
        clock.now());
  }

  private void pay(String method) {
    command("BUYER", ana.value())
        .body(Map.of("orderId", order.toString(), "method", method, "amountMinor", 4900))
        .post("/v1/payments")
        .then()
        .statusCode(201);
  }

  private ValidatableResponse goodwill(long amountMinor) {
    return goodwill(lin.value(), amountMinor);
  }

  private ValidatableResponse goodwill(UUID seller, long amountMinor) {
    return command("SELLER", seller)
        .body(Map.of("amountMinor", amountMinor, "comment", "Sorry for the scratch."))
        .post("/v1/orders/{order}/goodwill-refunds", order.toString())
        .then();
  }

  /// More than there is: it is refused in any case, and for this reason only once that is known.
  private void awaitGoodwillRefused(String code) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> goodwill(1_000_000).statusCode(409).body("code", equalTo(code)));
  }

  private ValidatableResponse inquire(String refundId) {
    return command("BUYER", ana.value())
        .body(Map.of("text", "Where is it?"))
        .post("/v1/refunds/{id}/inquiries", refundId)
        .then();
  }

  private static ValidatableResponse resolve(ValidatableResponse inquiry, String outcome) {
    return command("PLATFORM", UUID.randomUUID())
        .body(Map.of("outcome", outcome))
        .post(
            "/v1/refund-inquiries/{id}/resolution", inquiry.extract().path("inquiryId").toString())
        .then();
  }

  private ValidatableResponse wallet() {
    return as("BUYER", ana.value()).get("/v1/buyers/{buyer}/wallet", ana.toString()).then();
  }

  private ValidatableResponse paymentTab() {
    return as("PLATFORM", UUID.randomUUID())
        .get("/v1/orders/{order}/payment", order.toString())
        .then();
  }

  private void awaitPublished(String... types) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(TestTopics.read("refund.events.v1", order.value()))
                .extracting(record -> TestTopics.header(record, "ce_type").orElse(""))
                .containsExactly(types));
  }

  private static void setFaults(String rules) {
    command("SIMULATION", UUID.randomUUID())
        .body("{\"rules\": " + rules + "}")
        .post("/v1/simulation/faults")
        .then()
        .statusCode(200);
  }

  private static RequestSpecification command(String role, UUID id) {
    return as(role, id)
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .contentType("application/json");
  }

  private static RequestSpecification as(String role, UUID id) {
    return given().header("X-Role", role).header("X-Actor-Id", id.toString());
  }
}
