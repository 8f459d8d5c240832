package marketplace.order.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import marketplace.contracts.ContractJson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CouponApiTest {
  private final Market market = new Market();

  @BeforeEach
  void open() {
    market.open();
  }

  @Test
  void a_coupon_is_used_with_an_order_and_comes_back_with_its_cancellation() {
    grant("PLATFORM", UUID.randomUUID(), coupon("PART", "PLATFORM", 999))
        .statusCode(201)
        .header("Location", equalTo("/v1/buyers/" + market.ana + "/coupons"))
        .body("state", equalTo("USABLE"))
        .body("sellerId", nullValue());
    var order =
        placed("PART")
            .statusCode(201)
            .body("discountMinor", equalTo(999))
            .body("totalMinor", equalTo(4048))
            .body("coupon.code", equalTo("PART"))
            .body("coupon.state", equalTo("USED"))
            .extract()
            .<String>path("orderId");
    coupons().body("state", contains("USED"));
    placed("PART").statusCode(422).body("code", equalTo("COUPON_NOT_USABLE"));
    preview(order).body("coupon.outcome", equalTo("RESTORED")).body("coupon.why", nullValue());
    cancel(order).statusCode(200).body("order.coupon.state", equalTo("RESTORED"));
    coupons().body("state", contains("USABLE"));
    placed("PART").statusCode(201);
  }

  @Test
  void a_seller_grants_coupons_for_his_own_orders_and_they_do_not_come_back() {
    grant("SELLER", UUID.randomUUID(), coupon("LOYAL", "SELLER", 500)).statusCode(201);
    placed("LOYAL").statusCode(422).body("errors.pointer", contains("/couponCode"));
    grant("SELLER", market.lin.value(), coupon("LOYAL", "SELLER", 840))
        .statusCode(201)
        .body("sellerId", equalTo(market.lin.toString()));
    var order =
        placed("LOYAL")
            .statusCode(201)
            .body("discountMinor", equalTo(840))
            .extract()
            .<String>path("orderId");
    preview(order)
        .body("coupon.outcome", equalTo("FORFEITED"))
        .body("coupon.why", equalTo("SELLER_COUPON"));
    cancel(order).body("order.coupon.state", equalTo("FORFEITED"));
    coupons().body("state", contains("USABLE", "FORFEITED"));
  }

  @Test
  void nobody_else_grants_them_or_sees_them() {
    grant("BUYER", market.ana.value(), coupon("FREE", "PLATFORM", 999)).statusCode(403);
    as("BUYER", UUID.randomUUID())
        .get("/v1/buyers/{id}/coupons", market.ana.toString())
        .then()
        .statusCode(404);
    coupons().body("$", empty());
  }

  @Test
  void a_grant_says_what_is_wrong_with_it() {
    wrong("issuer", "SELLER", "/issuer");
    wrong("issuer", "NOBODY", "/issuer");
    wrong("discountMinor", 0, "/discountMinor");
    wrong("minSpendMinor", -1, "/minSpendMinor");
    wrong("code", " ", "/code");
    wrong("code", "x".repeat(65), "/code");
    wrong("currency", "XYZ", "/currency");
    wrong("appliesToProductIds", new String[] {"no uuid"}, "/appliesToProductIds/0");
    wrong("expiresAt", "tomorrow", "/expiresAt");
    wrong("expiresAt", "+12026-01-01T00:00:00Z", "/expiresAt");
    wrong("expiresAt", ContractJson.format(market.clock.now()), "/expiresAt");
    coupons().body("$", empty());
  }

  private void wrong(String field, Object value, String pointer) {
    var body = coupon("NEW3", "PLATFORM", 300);
    body.put(field, value);
    grant("PLATFORM", UUID.randomUUID(), body)
        .statusCode(422)
        .body("errors.pointer", contains(pointer));
  }

  private Map<String, @Nullable Object> coupon(String code, String issuer, long discountMinor) {
    Map<String, @Nullable Object> coupon = new HashMap<>();
    coupon.put("code", code);
    coupon.put("issuer", issuer);
    coupon.put("discountMinor", discountMinor);
    coupon.put("minSpendMinor", 0);
    coupon.put("expiresAt", ContractJson.format(market.clock.now().plus(Duration.ofDays(60))));
    return coupon;
  }

  private ValidatableResponse grant(String role, UUID actor, Map<String, @Nullable Object> body) {
    return as(role, actor)
        .contentType(ContentType.JSON)
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .body(body)
        .post("/v1/buyers/{id}/coupons", market.ana.toString())
        .then();
  }

  private ValidatableResponse placed(String code) {
    var basket = market.basket();
    basket.put("couponCode", code);
    return market.place(market.ana, basket);
  }

  private ValidatableResponse preview(String order) {
    return as("BUYER", market.ana.value())
        .contentType(ContentType.JSON)
        .body("{}")
        .post("/v1/orders/{id}/cancellation-preview", order)
        .then()
        .statusCode(200);
  }

  private ValidatableResponse cancel(String order) {
    return as("BUYER", market.ana.value())
        .contentType(ContentType.JSON)
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .body("{\"reason\":\"NO_LONGER_NEEDED\"}")
        .post("/v1/orders/{id}/cancellations", order)
        .then();
  }

  private ValidatableResponse coupons() {
    return as("BUYER", market.ana.value())
        .get("/v1/buyers/{id}/coupons", market.ana.toString())
        .then()
        .statusCode(200);
  }

  private static RequestSpecification as(String role, UUID actor) {
    return given().header("X-Role", role).header("X-Actor-Id", actor.toString());
  }
}
