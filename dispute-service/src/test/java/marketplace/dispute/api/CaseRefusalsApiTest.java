package marketplace.dispute.api;

import static io.restassured.RestAssured.given;
import static marketplace.dispute.api.DeliveredOrder.PNG;
import static marketplace.dispute.api.DeliveredOrder.as;
import static marketplace.dispute.api.DeliveredOrder.post;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import marketplace.kernel.ReturnPolicy;
import marketplace.testkit.ServicePlatform;
import marketplace.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is refused around disputes and returns, each by its own name.
@QuarkusTest
@QuarkusTestResource(
    value = ServicePlatform.class,
    initArgs = @ResourceArg(name = "prefix", value = "dispute"))
class CaseRefusalsApiTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int DISPUTES_MAX = 2;
  private static final int PIECES_MAX = 20;

  private final DeliveredOrder sale = new DeliveredOrder();
  private final TestClock clock = TestClock.shared();

  @BeforeEach
  void an_order_has_been_delivered() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    sale.publish(clock.now(), ReturnPolicy.NONE);
    eventually("canReturn.size()", 1);
  }

  private void eventually(String path, Object value) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            as("BUYER", sale.ana.value())
                .get("/v1/orders/{order}/after-sale", sale.order.toString())
                .then()
                .statusCode(200)
                .body(path, equalTo(value)));
  }

  private void contact() {
    sale.contact(3, clock.now());
    eventually("canDispute.find { it.reason == 'DAMAGED' }.allowed", true);
  }

  @Test
  void a_complaint_that_the_seller_has_not_heard_before() {
    asAna("/v1/disputes", dispute()).statusCode(409).body("code", equalTo("CONTACT_SELLER_FIRST"));
  }

  @Test
  void units_that_have_not_arrived() {
    contact();
    var three = new HashMap<>(dispute());
    three.put("units", List.of(Map.of("lineId", sale.cups.toString(), "quantity", 3)));
    asAna("/v1/disputes", three).statusCode(409).body("code", equalTo("UNITS_NOT_DELIVERED"));
    var open = new HashMap<>(dispute());
    open.put("reason", "CANCELLATION_REFUSED");
    asAna("/v1/disputes", open).statusCode(409).body("code", equalTo("UNITS_NOT_DELIVERED"));
  }

  @Test
  void a_refusal_of_the_seller_that_nobody_has_heard() {
    var open = new DeliveredOrder();
    open.place(clock.now(), ReturnPolicy.NONE);
    open.contact(1, clock.now());
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          var wish = new HashMap<>(open.dispute(List.of()));
          wish.put("reason", "CANCELLATION_REFUSED");
          post("BUYER", open.ana.value(), "/v1/disputes", wish)
              .statusCode(409)
              .body("code", equalTo("NO_DECLINED_REQUEST"));
        });
  }

  @Test
  void more_disputes_than_an_order_may_have() {
    contact();
    for (var opened = 0; opened < DISPUTES_MAX; opened++) {
      var id = asAna("/v1/disputes", dispute()).statusCode(201).extract().path("disputeId");
      asAna("/v1/disputes/" + id + "/withdrawal", Map.of()).statusCode(200);
    }
    asAna("/v1/disputes", dispute()).statusCode(409).body("code", equalTo("TOO_MANY_DISPUTES"));
  }

  @Test
  void more_evidence_than_a_case_may_have() {
    contact();
    var pieces = IntStream.range(0, PIECES_MAX).mapToObj(_ -> piece()).toList();
    var id =
        asAna("/v1/disputes", sale.dispute(pieces)).statusCode(201).extract().path("disputeId");
    as("BUYER", sale.ana.value())
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .multiPart("file", "cup.png", PNG)
        .post("/v1/disputes/" + id + "/evidence")
        .then()
        .statusCode(409)
        .body("code", equalTo("EVIDENCE_LIMIT"));
  }

  @Test
  void a_return_that_the_seller_does_not_take() {
    asAna("/v1/returns", sale.wish()).statusCode(409).body("code", equalTo("RETURN_NOT_AVAILABLE"));
  }

  @Test
  void a_parcel_that_is_sent_back_too_late() {
    var id = asAna("/v1/returns", damaged()).statusCode(201).extract().path("returnId");
    var path = "/v1/returns/" + id;
    post("PLATFORM", UUID.randomUUID(), path + "/approval", Map.of()).statusCode(200);
    DeliveredOrder.passes(Duration.ofDays(11));
    asAna(path + "/shipment", Map.of("trackingNumber", "BACK-1"))
        .statusCode(409)
        .body("code", equalTo("DEADLINE_PASSED"));
  }

  @Test
  void a_wish_that_comes_after_the_window() {
    DeliveredOrder.passes(Duration.ofDays(16));
    asAna("/v1/returns", damaged()).statusCode(409).body("code", equalTo("WINDOW_CLOSED"));
  }

  @Test
  void a_key_that_stood_for_something_else_and_a_version_that_has_gone_by() {
    contact();
    as("BUYER", sale.ana.value())
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .header("If-Match", "\"1\"")
        .contentType("application/json")
        .body(damaged())
        .post("/v1/returns")
        .then()
        .statusCode(412)
        .body("code", equalTo("VERSION_MISMATCH"));
    var key = UUID.randomUUID().toString();
    withKey(key, dispute()).statusCode(201);
    withKey(key, dispute()).statusCode(422).body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
  }

  @Test
  void evidence_that_another_case_has() {
    contact();
    var dispute = dispute();
    var key = UUID.randomUUID().toString();
    var id = withKey(key, dispute).statusCode(201).extract().path("disputeId");
    withKey(key, dispute).statusCode(201).header("Idempotent-Replayed", "true");
    asAna("/v1/disputes/" + id + "/withdrawal", Map.of()).statusCode(200);
    asAna("/v1/disputes", dispute)
        .statusCode(422)
        .body("code", equalTo("INVALID"))
        .body("errors.pointer", hasItem("/evidenceIds"));
    asAna("/v1/disputes", sale.dispute(List.of(UUID.randomUUID().toString())))
        .statusCode(422)
        .body("errors.code", hasItem("UNKNOWN"));
  }

  private ValidatableResponse withKey(String key, Map<String, Object> body) {
    return as("BUYER", sale.ana.value())
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(body)
        .post("/v1/disputes")
        .then();
  }

  private ValidatableResponse asAna(String path, Map<String, ?> body) {
    return post("BUYER", sale.ana.value(), path, body);
  }

  private String piece() {
    return sale.draft(PNG, "The cup").statusCode(201).extract().path("evidenceId");
  }

  private Map<String, Object> dispute() {
    return sale.dispute(List.of(piece()));
  }

  private Map<String, Object> damaged() {
    var wish = new HashMap<>(sale.wish());
    wish.put("reason", "DAMAGED");
    wish.put("evidenceIds", List.of(piece()));
    return wish;
  }
}
