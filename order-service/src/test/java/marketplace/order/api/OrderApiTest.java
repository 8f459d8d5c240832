package marketplace.order.api;

import static io.restassured.RestAssured.given;
import static marketplace.order.api.Market.as;
import static marketplace.order.api.Market.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import marketplace.contracts.ContractJson;
import marketplace.contracts.SellerAccountMessage.ProductListed;
import marketplace.contracts.SellerAccountMessage.ProductPriceChanged;
import marketplace.contracts.SellerMessage;
import marketplace.kernel.BuyerId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentId;
import marketplace.kernel.ProductId;
import marketplace.kernel.SellerId;
import marketplace.kernel.SellerStanding;
import marketplace.order.OrderRules;
import marketplace.order.request.OrderBodies;
import marketplace.testkit.BadInput;
import marketplace.testkit.ForeignRecords;
import marketplace.testkit.Routes;
import marketplace.testkit.ServicePlatform;
import marketplace.testkit.TestTopics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Orders over HTTP, with the real store and the real broker.
@QuarkusTest
@QuarkusTestResource(
    value = ServicePlatform.class,
    initArgs = @ResourceArg(name = "prefix", value = "order"))
class OrderApiTest {
  private final Market market = new Market();

  @Inject OrderRules rules;

  @BeforeEach
  void opens() {
    market.open();
  }

  @Test
  void every_operation_has_a_path_that_leads_to_it() {
    assertThat(Routes.wrongOnes(RestAssured.port, rules)).isEmpty();
  }

  @Test
  void no_record_that_nobody_should_write_stops_it() {
    assertThat(ForeignRecords.wrongOnes(RestAssured.port, rules)).isEmpty();
  }

  @Test
  void an_order_is_placed_and_told_to_the_others() {
    var now = market.clock.now();
    var order =
        market
            .place(market.ana, market.basket())
            .statusCode(201)
            .header("ETag", "\"2\"")
            .header("Location", matchesPattern("/v1/orders/[0-9a-f-]{36}"))
            .body("status", equalTo("AWAITING_PAYMENT"))
            .body("label", equalTo("Awaiting payment"))
            .body("orderNumber", matchesPattern("\\d{16}"))
            .body("totalMinor", equalTo(5047))
            .body("lines.paidMinor", contains(2697, 2000))
            .body("lines.open", contains(3, 1))
            .body("payment.state", equalTo("NONE"))
            .body("refund.state", equalTo("NONE"))
            .body("request", nullValue())
            .body("countdowns.name", contains("payBy"))
            .body("countdowns[0].secondsLeft", equalTo(20 * 86400))
            .body("countdowns[0].at", equalTo(ContractJson.format(now.plus(Duration.ofDays(20)))))
            .body("actions.find { it.name == 'CANCEL' }.allowed", equalTo(true))
            .body("policyId", equalTo("STANDARD_72H"))
            .body("version", equalTo(2))
            .body("publishedVersion", equalTo(2))
            .extract()
            .<String>path("orderId");
    eventually(() -> {
      var told = Market.told(OrderId.of(order));
      assertThat(told).hasSize(1);
      assertThat(TestTopics.header(told.getFirst(), "ce_type")).contains("OrderPlaced");
      assertThat(TestTopics.header(told.getFirst(), "ce_subject")).contains("order-" + order);
      assertThat(TestTopics.header(told.getFirst(), "ce_actor")).contains("BUYER:" + market.ana);
    });
  }

  @Test
  void an_order_on_delivery_may_be_shipped_at_once() {
    var basket = market.basket();
    basket.put("paymentMethod", "CASH_ON_DELIVERY");
    market
        .place(market.ana, basket)
        .statusCode(201)
        .body("status", equalTo("AWAITING_SHIPMENT"))
        .body("countdowns.name", contains("shipBy"))
        .body("version", equalTo(3));
  }

  @Test
  void what_is_not_sold_or_not_together_is_refused_by_name() {
    refused(
        "lines",
        List.of(line(UUID.randomUUID().toString(), 1)),
        422,
        "UNKNOWN_PRODUCT",
        "/lines/0/productId");
    refused("sellerId", UUID.randomUUID().toString(), 422, "MIXED_SELLERS", "/lines/0/productId");
    refused("policyId", "NO_SUCH_POLICY", 422, "UNKNOWN_POLICY", "/policyId");
    refused("couponCode", "NEW3", 422, "COUPON_NOT_USABLE", "/couponCode");
  }

  @Test
  void an_order_costs_what_its_products_cost_when_it_is_placed() {
    market.accounts(
        new ProductPriceChanged(market.cable, market.lin, 899, 999, market.clock.now()));
    eventually(() ->
        market
            .place(market.ana, market.basket())
            .statusCode(201)
            .body("totalMinor", equalTo(5347)));
  }

  @Test
  void a_restricted_seller_takes_no_orders_for_seven_days() {
    market.standing(SellerStanding.RESTRICTED);
    eventually(() ->
        market
            .place(market.ana, market.basket())
            .statusCode(409)
            .body("code", equalTo("SELLER_NOT_ACCEPTING")));
    market.clock.advance(SellerStanding.RESTRICTED_FOR);
    eventually(() -> market.place(market.ana, market.basket()).statusCode(201));
    market.standing(SellerStanding.CLOSED);
    eventually(() -> market.place(market.ana, market.basket()).statusCode(409));
  }

  @Test
  void bad_input_is_answered_with_the_field_that_is_wrong() {
    invalid("lines", List.of(), "/lines");
    invalid(
        "lines",
        Collections.nCopies(OrderBodies.LINES_MAX + 1, line(market.cable.toString(), 1)),
        "/lines");
    invalid("lines", List.of(line(market.cable.toString(), 0)), "/lines/0/quantity");
    invalid(
        "lines",
        List.of(line(market.cable.toString(), OrderBodies.QUANTITY_MAX + 1)),
        "/lines/0/quantity");
    invalid("lines", List.of(line("no uuid", 1)), "/lines/0/productId");
    invalid("lines", List.of(Map.of("quantity", 1)), "/lines/0/productId");
    invalid("lines", "many", "/lines");
    invalid("shippingFeeMinor", -1, "/shippingFeeMinor");
    invalid("shippingFeeMinor", Long.MAX_VALUE, "/shippingFeeMinor");
    invalid("shippingFeeMinor", BigInteger.TEN.pow(30), "/shippingFeeMinor");
    invalid("lines", List.of(line(market.cable.toString(), 1L << 40)), "/lines/0/quantity");
    invalid("shippingFeeMinor", "3.50", "/shippingFeeMinor");
    invalid("shippingFeeMinor", 3.5, "/shippingFeeMinor");
    invalid("paymentMethod", "SHELLS", "/paymentMethod");
    invalid("paymentMethod", null, "/paymentMethod");
    invalid("deliverTo", Map.of("country", "Atlantis"), "/deliverTo/country");
    invalid("deliverTo", Map.of("country", "US", "planet", "Mars"), "/deliverTo/planet");
    invalid("colour", "blue", "/colour");
    invalid("externalReference", "with \u0000 inside", "/externalReference");
    invalid(
        "externalReference",
        "x".repeat(OrderBodies.EXTERNAL_REFERENCE_CHARS_MAX + 1),
        "/externalReference");
  }

  @Test
  void a_body_that_is_no_json_object_is_malformed() {
    for (var body : List.of("{", "[]", "1", "", "{\"sellerId\": 1}}")) {
      market
          .asAna()
          .body(body)
          .post("/v1/orders")
          .then()
          .statusCode(400)
          .contentType("application/problem+json")
          .body("code", equalTo("MALFORMED"));
    }
    market
        .asAna()
        .contentType(ContentType.TEXT)
        .body("hello")
        .post("/v1/orders")
        .then()
        .statusCode(415);
  }

  @Test
  void only_buyers_place_and_everybody_says_who_he_is() {
    as("SELLER", market.lin.value())
        .body(market.basket())
        .post("/v1/orders")
        .then()
        .statusCode(403)
        .body("code", equalTo("FORBIDDEN"));
    given()
        .contentType(ContentType.JSON)
        .body(market.basket())
        .post("/v1/orders")
        .then()
        .statusCode(401)
        .body("code", equalTo("UNAUTHENTICATED"));
  }

  @Test
  void a_repeated_key_gets_the_first_answer_again_and_another_body_none() {
    var key = UUID.randomUUID().toString();
    var first = placeWith(key, market.basket()).statusCode(201).extract().<String>path("orderId");
    placeWith(key, market.basket())
        .statusCode(201)
        .header("Idempotent-Replayed", "true")
        .body("orderId", equalTo(first));
    var other = market.basket();
    other.put("shippingFeeMinor", 351);
    placeWith(key, other).statusCode(422).body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
    given()
        .header("X-Role", "BUYER")
        .header("X-Actor-Id", market.ana.toString())
        .contentType(ContentType.JSON)
        .body(market.basket())
        .post("/v1/orders")
        .then()
        .statusCode(400)
        .body("code", equalTo("IDEMPOTENCY_KEY_MISSING"));
  }

  @Test
  void an_order_is_shown_to_its_parties_and_the_platform_only() {
    var order = market.placed();
    market.seen(order, "AWAITING_PAYMENT");
    lookAs("SELLER", market.lin.value(), order, "").statusCode(200).body("actions", hasSize(0));
    lookAs("PLATFORM", UUID.randomUUID(), order, "").statusCode(200);
    lookAs("PLATFORM", UUID.randomUUID(), order, "/events").statusCode(200).body("$", hasSize(2));
    lookAs("PLATFORM", UUID.randomUUID(), order, "/cancellations").statusCode(200);
    for (var path : List.of("", "/events", "/cancellation-options", "/cancellations")) {
      lookAs("BUYER", UUID.randomUUID(), order, path)
          .statusCode(404)
          .body("code", equalTo("NOT_FOUND"));
      lookAs("SELLER", UUID.randomUUID(), order, path).statusCode(404);
      lookAs("CARRIER", UUID.randomUUID(), order, path).statusCode(404);
    }
    lookAs("SELLER", market.lin.value(), order, "/events").statusCode(404);
    market.view(new OrderId(UUID.randomUUID())).statusCode(404);
    market
        .asAna()
        .get("/v1/orders/no-uuid")
        .then()
        .statusCode(400)
        .body("code", equalTo("MALFORMED"));
  }

  @Test
  void a_placed_order_is_fixed() {
    var order = market.placed();
    for (var method : List.of("PATCH", "PUT")) {
      market
          .asAna()
          .body("{}")
          .request(method, "/v1/orders/" + order)
          .then()
          .statusCode(409)
          .body("code", equalTo("ORDER_IS_FIXED"))
          .body("allowedActions", hasItem("REORDER"));
      as("BUYER", UUID.randomUUID())
          .body("{}")
          .request(method, "/v1/orders/" + order)
          .then()
          .statusCode(403);
    }
  }

  @Test
  void a_command_may_name_the_version_it_means() {
    var order = market.placed();
    cancelIf("\"7\"", order).statusCode(412).body("code", equalTo("VERSION_MISMATCH"));
    cancelIf("\"2\"", order).statusCode(200);
  }

  @Test
  void whoever_lists_a_product_can_sell_it_registered_or_not() {
    var rosa = new SellerId(UUID.randomUUID());
    var vase = new ProductId(UUID.randomUUID());
    market.accounts(
        new ProductListed(
            vase, rosa, "Vase", "things", 1500, "USD", List.of(), true, market.clock.now()));
    var basket = new HashMap<>(market.basket());
    basket.put("sellerId", rosa.toString());
    basket.put("lines", List.of(line(vase.toString(), 1)));
    eventually(() ->
        market
            .place(market.ana, basket)
            .statusCode(201)
            .body("sellerId", equalTo(rosa.toString()))
            .body("lines.returnPolicy", contains("BUYER_PAYS")));
  }

  @Test
  void a_stranger_learns_no_version() {
    var order = market.placed();
    as("BUYER", UUID.randomUUID())
        .header("If-Match", "\"7\"")
        .body(Map.of("reason", "NO_LONGER_NEEDED"))
        .post("/v1/orders/{order}/cancellations", order.toString())
        .then()
        .statusCode(403);
  }

  @Test
  void nothing_that_nobody_should_send_is_a_fault() throws Exception {
    var order = market.paid();
    var basket = ContractJson.mapper().writeValueAsString(market.basket());
    var wrong =
        BadInput.to(RestAssured.port, "BUYER", market.ana.value())
            .command("/v1/orders", basket)
            .command(
                "/v1/orders/" + order + "/cancellations",
                "{\"reason\": \"OTHER\", \"comment\": \"too late\"}")
            .longerThan(64 * 1024, "/v1/orders")
            .list("/v1/orders")
            .unknown("/v1/orders/{id}")
            .unknown("/v1/orders/" + order + "/cancellations/{id}")
            .wrongAnswers();
    assertThat(wrong).isEmpty();
  }

  @Test
  void payment_makes_it_ready_and_every_fact_is_in_the_audit() {
    var start = market.clock.now();
    var order = market.paid();
    market
        .view(order)
        .body("payment.state", equalTo("CAPTURED"))
        .body("version", equalTo(5))
        .body("publishedVersion", equalTo(5))
        .body("countdowns.name", contains("shipBy"));
    market
        .asAna()
        .get("/v1/orders/{order}/events", order.toString())
        .then()
        .statusCode(200)
        .body(
            "type",
            contains(
                "order.placed.v2",
                "order.buyer-notified.v1",
                "order.noted.v1",
                "order.noted.v1",
                "order.ready-to-ship.v1"))
        .body("streamVersion", contains(1, 2, 3, 4, 5))
        .body("[2].published", equalTo(false))
        .body("[0].actor", equalTo("BUYER:" + market.ana))
        .body("[0].data.totalMinor", nullValue())
        .body("[0].data.orderId", equalTo(order.toString()))
        .body("[0].recordedAt", notNullValue());
    market
        .asAna()
        .queryParam("version", 1)
        .get("/v1/orders/{order}", order.toString())
        .then()
        .statusCode(200)
        .body("status", equalTo("AWAITING_PAYMENT"));
    market
        .asAna()
        .queryParam("asOf", ContractJson.format(start.minusMillis(1)))
        .get("/v1/orders/{order}", order.toString())
        .then()
        .statusCode(404);
  }

  @Test
  void a_fact_that_is_told_again_changes_nothing_and_is_set_aside() {
    var order = market.placed();
    var payment = new PaymentId(UUID.randomUUID());
    market.pay(order, payment);
    eventually(() -> market.seen(order, "AWAITING_SHIPMENT"));
    market.pay(order, payment);
    eventually(() ->
        as("SIMULATION", UUID.randomUUID())
            .get("/v1/simulation/rejected")
            .then()
            .statusCode(200)
            .body("reason", hasItem("DUPLICATE_FACT")));
    market.view(order).body("version", equalTo(5));
  }

  @Test
  void receipt_is_confirmed_after_shipment_and_once() {
    var order = market.paid();
    confirm(order).statusCode(409).body("code", equalTo("NOT_SHIPPED"));
    market.shipped(order, market.all(order));
    eventually(() -> market.seen(order, "SHIPPED"));
    market.view(order).body("label", equalTo("Sent"));
    as("BUYER", UUID.randomUUID())
        .body("{}")
        .post("/v1/orders/{order}/receipt", order.toString())
        .then()
        .statusCode(403);
    confirm(order)
        .statusCode(200)
        .body("status", equalTo("DELIVERED"))
        .body("lines.delivered", contains(3, 1));
    confirm(order).statusCode(409).body("code", equalTo("ALREADY_CONFIRMED"));
  }

  @Test
  void an_order_that_has_arrived_is_reviewed_once() {
    var order = market.paid();
    review(order, 5).statusCode(409).body("code", equalTo("REVIEW_NOT_POSSIBLE"));
    market.shipped(order, market.all(order));
    eventually(() -> market.seen(order, "SHIPPED"));
    confirm(order).statusCode(200).body("actions.find { it.name == 'REVIEW' }.allowed", is(true));
    review(order, 0).statusCode(422).body("errors.pointer", contains("/stars"));
    review(order, 6).statusCode(422).body("errors.pointer", contains("/stars"));
    market
        .act(order, "/review", Map.of("stars", 4, "comment", "x".repeat(501)))
        .statusCode(422)
        .body("errors.pointer", contains("/comment"));
    review(order, 4)
        .statusCode(201)
        .body("review.stars", equalTo(4))
        .body("review.comment", equalTo("As described."))
        .body("actions.find { it.name == 'REVIEW' }.whyNot", equalTo("REVIEW_NOT_POSSIBLE"));
    review(order, 4).statusCode(409).body("code", equalTo("REVIEW_NOT_POSSIBLE"));

    var buyer = market.ana.value();
    as("BUYER", buyer).body("{}").post("/v1/buyers/{id}/erasure", buyer).then().statusCode(200);
    market.view(order).body("review.stars", equalTo(4)).body("review.comment", equalTo("erased"));
  }

  @Test
  void a_parcel_is_followed_to_the_door() {
    var order = market.paid();
    var parcel = market.shipped(order, market.all(order));
    market.seller(new SellerMessage.ParcelInTransit(order, parcel, market.clock.now()));
    eventually(() -> market.view(order).body("label", equalTo("In transit")));
    market.seller(new SellerMessage.ParcelDelivered(order, parcel, market.clock.now()));
    eventually(() -> market.seen(order, "DELIVERED"));
    eventually(() ->
        assertThat(Market.told(order))
            .extracting(record -> TestTopics.header(record, "ce_type").orElseThrow())
            .containsExactly("OrderPlaced", "OrderReadyToShip", "OrderDelivered"));
  }

  @Test
  void the_same_can_be_ordered_again() {
    var order = market.placed();
    market
        .act(order, "/reorder", Map.of("deliverTo", Map.of("country", "DE")))
        .statusCode(201)
        .body("reorderOf", equalTo(order.toString()))
        .body("totalMinor", equalTo(5047))
        .body("payment.method", equalTo("CARD"));
    market
        .act(
            order,
            "/reorder",
            Map.of("lines", List.of(line(market.mug.toString(), 2)), "paymentMethod", "PAYPAL"))
        .statusCode(201)
        .body("totalMinor", equalTo(4350))
        .body("payment.method", equalTo("PAYPAL"));
    as("BUYER", UUID.randomUUID())
        .body("{}")
        .post("/v1/orders/{order}/reorder", order.toString())
        .then()
        .statusCode(403);
    market.act(new OrderId(UUID.randomUUID()), "/reorder", Map.of()).statusCode(404);
  }

  @Test
  void lists_show_a_buyer_his_own_orders_page_by_page() {
    var buyer = new BuyerId(UUID.randomUUID());
    var basket = new HashMap<>(market.basket());
    basket.put("externalReference", "for Bo");
    market.place(buyer, basket).statusCode(201);
    for (var i = 0; i < 2; i++) market.place(buyer, market.basket()).statusCode(201);
    list(buyer, Map.of()).statusCode(200).body("items", hasSize(3)).body("nextCursor", nullValue());
    list(buyer, Map.of("view", "deleted")).body("items", hasSize(0));
    list(buyer, Map.of("status", "SHIPPED")).body("items", hasSize(0));
    list(buyer, Map.of("externalReference", "for Bo")).body("items", hasSize(1));
    var first = list(buyer, Map.of("view", "all", "limit", "2")).body("items", hasSize(2));
    var cursor = first.extract().<String>path("nextCursor");
    list(buyer, Map.of("view", "all", "limit", "2", "cursor", cursor))
        .body("items", hasSize(1))
        .body("nextCursor", nullValue());
    for (var wrong :
        List.of(
            Map.of("limit", "0"),
            Map.of("limit", "201"),
            Map.of("limit", "x"),
            Map.of("cursor", "!"),
            Map.of("cursor", "eAp5"),
            Map.of("view", "none"),
            Map.of("externalReference", "\u0000"),
            Map.of("status", "LOST"))) {
      list(buyer, wrong).statusCode(422).body("code", equalTo("INVALID"));
    }
    as("SELLER", market.lin.value()).get("/v1/orders").then().statusCode(403);
    as("PLATFORM", UUID.randomUUID()).get("/v1/orders?view=all").then().statusCode(200);
  }

  @Test
  void the_last_day_to_pay_cancels_the_order_at_its_own_instant() {
    var order = market.placed();
    var payBy = market.clock.now().plus(Duration.ofDays(20));
    market.clock.freezeAt(payBy.plus(Duration.ofHours(3)));
    eventually(() -> market.seen(order, "CANCELLED"));
    eventually(() -> {
      var told = Market.told(order);
      assertThat(told).hasSize(2);
      assertThat(TestTopics.header(told.getLast(), "ce_type")).contains("OrderCancelled");
      assertThat(TestTopics.header(told.getLast(), "ce_actor")).contains("DEADLINE");
      assertThat(TestTopics.header(told.getLast(), "ce_time")).contains(ContractJson.format(payBy));
    });
  }

  private ValidatableResponse lookAs(String role, UUID id, OrderId order, String path) {
    return as(role, id).get("/v1/orders/" + order + path).then();
  }

  private ValidatableResponse placeWith(
      String key, Map<String, ? extends @Nullable Object> basket) {
    return given()
        .header("X-Role", "BUYER")
        .header("X-Actor-Id", market.ana.toString())
        .header("Idempotency-Key", key)
        .contentType(ContentType.JSON)
        .body(basket)
        .post("/v1/orders")
        .then();
  }

  private ValidatableResponse cancelIf(String version, OrderId order) {
    return market
        .asAna()
        .header("If-Match", version)
        .body(Map.of("reason", "NO_LONGER_NEEDED"))
        .post("/v1/orders/{order}/cancellations", order.toString())
        .then();
  }

  private ValidatableResponse review(OrderId order, int stars) {
    return market.act(order, "/review", Map.of("stars", stars, "comment", "As described."));
  }

  private ValidatableResponse confirm(OrderId order) {
    return market.act(order, "/receipt", Map.of());
  }

  private static ValidatableResponse list(BuyerId buyer, Map<String, String> parameters) {
    return as("BUYER", buyer.value()).queryParams(parameters).get("/v1/orders").then();
  }

  private void invalid(String field, @Nullable Object value, String pointer) {
    refused(field, value, 422, "INVALID", pointer);
  }

  private void refused(
      String field, @Nullable Object value, int status, String code, String pointer) {
    var basket = new HashMap<String, @Nullable Object>(market.basket());
    basket.put(field, value);
    market
        .place(market.ana, basket)
        .statusCode(status)
        .contentType("application/problem+json")
        .body("code", equalTo(code))
        .body("type", equalTo("/problems/" + code.toLowerCase(Locale.ROOT).replace('_', '-')))
        .body("errors.pointer", hasItem(pointer));
  }

  private static Map<String, Object> line(String productId, long quantity) {
    return Map.of("productId", productId, "quantity", quantity);
  }
}
