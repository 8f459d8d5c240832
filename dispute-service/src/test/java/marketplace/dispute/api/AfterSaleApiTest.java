package marketplace.dispute.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import marketplace.contracts.ContractJson;
import marketplace.contracts.MessageFamily;
import marketplace.contracts.OrderMessage;
import marketplace.contracts.SellerMessage;
import marketplace.dispute.DisputeRules;
import marketplace.kernel.AddressId;
import marketplace.kernel.BuyerId;
import marketplace.kernel.LineId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.ProductId;
import marketplace.kernel.ReturnPolicy;
import marketplace.kernel.SellerId;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.Units;
import marketplace.testkit.ForeignRecords;
import marketplace.testkit.ServicePlatform;
import marketplace.testkit.TestClock;
import marketplace.testkit.TestTopics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The whole service on a real PostgreSQL and a real Kafka: facts in, time moves, a fact out.
@QuarkusTest
@QuarkusTestResource(
    value = ServicePlatform.class,
    initArgs = @ResourceArg(name = "prefix", value = "dispute"))
class AfterSaleApiTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final OrderId order = new OrderId(UUID.randomUUID());
  private final BuyerId ana = new BuyerId(UUID.randomUUID());
  private final SellerId lin = new SellerId(UUID.randomUUID());
  private final LineId cups = new LineId(UUID.randomUUID());
  private final TestClock clock = TestClock.shared();

  @Inject DisputeRules rules;

  @BeforeEach
  void is_ready() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
  }

  @Test
  void closes_the_window_of_a_shipped_order_when_its_time_has_passed() {
    var placedAt = clock.now();
    var closesAt = placedAt.plus(Duration.ofDays(90));
    publishPlaced(placedAt);
    publishShipped(placedAt);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            as("BUYER", ana.value())
                .get("/v1/orders/{order}/after-sale", order.toString())
                .then()
                .statusCode(200)
                .body("windowOpen", equalTo(true))
                .body("version", equalTo(2)));

    clock.freezeAt(closesAt);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          var records = TestTopics.read("dispute.events.v1", order.value());
          assertThat(records).hasSize(1);
          var closed = records.getFirst();
          assertThat(TestTopics.header(closed, "ce_type")).contains("AfterSaleClosed");
          assertThat(TestTopics.header(closed, "ce_subject")).contains("aftersale-" + order);
          assertThat(TestTopics.header(closed, "ce_time").map(Instant::parse)).contains(closesAt);
          assertThat(TestTopics.header(closed, "ce_actor")).contains("DEADLINE");
          assertThat(TestTopics.header(closed, "ce_previousversion")).contains("0");
        });
    as("BUYER", ana.value())
        .get("/v1/orders/{order}/after-sale", order.toString())
        .then()
        .statusCode(200)
        .body("windowOpen", equalTo(false))
        .body("why", equalTo("WINDOW_ENDED"));
    as("PLATFORM", UUID.randomUUID())
        .get("/v1/orders/{order}/after-sale/events", order.toString())
        .then()
        .statusCode(200)
        .body("size()", equalTo(3))
        .body("[2].actor", equalTo("DEADLINE"));
  }

  @Test
  void shows_a_window_to_nobody_but_its_people() {
    publishPlaced(clock.now());
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            as("SELLER", lin.value())
                .get("/v1/orders/{order}/after-sale", order.toString())
                .then()
                .statusCode(200));

    as("BUYER", UUID.randomUUID())
        .get("/v1/orders/{order}/after-sale", order.toString())
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("code", equalTo("NOT_FOUND"))
        .body("type", equalTo("/problems/not-found"));
    given()
        .get("/v1/orders/{order}/after-sale", order.toString())
        .then()
        .statusCode(401)
        .body("code", equalTo("UNAUTHENTICATED"));
    as("BUYER", ana.value()).get("/v1/orders/no-uuid/after-sale").then().statusCode(400);
  }

  @Test
  void sets_a_record_aside_that_it_cannot_read_and_goes_on() {
    TestTopics.publishRaw(
        "order.events.v1", order.toString(), "not json", Map.of("foreign", "yes"));
    publishPlaced(clock.now());

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            as("BUYER", ana.value())
                .get("/v1/orders/{order}/after-sale", order.toString())
                .then()
                .statusCode(200));
    as("SIMULATION", UUID.randomUUID())
        .get("/v1/simulation/rejected")
        .then()
        .statusCode(200)
        .body("kind", org.hamcrest.Matchers.hasItem("UNREADABLE"));
  }

  @Test
  void no_record_that_nobody_should_write_stops_it() {
    assertThat(ForeignRecords.wrongOnes(RestAssured.port, rules)).isEmpty();
  }

  @Test
  void names_the_order_in_what_it_logs_of_a_fact_that_is_set_aside() {
    var id = UUID.randomUUID().toString();
    try (var log = JsonLog.open()) {
      TestTopics.publishRaw(
          "seller.events.v1",
          order.toString(),
          "{}",
          Map.of(
              "ce_specversion", "1.0",
              "ce_id", id,
              "ce_type", "ParcelDelivered",
              "ce_source", "/test",
              "ce_subject", "fulfilment-" + order,
              "ce_time", ContractJson.format(clock.now()),
              "content-type", "application/json",
              "ce_correlationid", id,
              "ce_origin", "INJECTED"));
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(log.fieldsOfLinesAbout("is set aside as UNREADABLE"))
                  .anySatisfy(fields -> {
                    assertThat(fields.path("stream").asText()).isEqualTo("fulfilment-" + order);
                    assertThat(fields.path("correlationId").asText()).isEqualTo(id);
                  }));
    }
  }

  private static RequestSpecification as(String role, UUID id) {
    return given().header("X-Role", role).header("X-Actor-Id", id.toString());
  }

  private void publishPlaced(Instant at) {
    TestTopics.publish(
        MessageFamily.ORDER,
        new OrderMessage.OrderPlaced(
            order,
            ana,
            lin,
            "USD",
            List.of(
                new OrderMessage.Line(
                    cups,
                    new ProductId(UUID.randomUUID()),
                    "Cups",
                    1234,
                    1,
                    1234,
                    ReturnPolicy.NONE)),
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

  private void publishShipped(Instant at) {
    TestTopics.publish(
        MessageFamily.SELLER,
        new SellerMessage.ShipmentDispatched(
            order,
            new ShipmentId(UUID.randomUUID()),
            lin,
            Units.of(cups, 1),
            "Post",
            "TRK-1",
            at,
            at.plus(Duration.ofDays(30)),
            null),
        "fulfilment-" + order,
        1,
        0,
        at);
  }
}
