package marketplace.refund.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import marketplace.contracts.MessageFamily;
import marketplace.contracts.OrderMessage.Destination;
import marketplace.contracts.OrderMessage.OrderPlaced;
import marketplace.kernel.AddressId;
import marketplace.kernel.BuyerId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.SellerId;
import marketplace.testkit.BadInput;
import marketplace.testkit.ServicePlatform;
import marketplace.testkit.TestClock;
import marketplace.testkit.TestTopics;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Webhooks as callers and receivers see them. They are the same in all services; payments make
/// events here in one call.
@QuarkusTest
@QuarkusTestResource(
    value = ServicePlatform.class,
    initArgs = @ResourceArg(name = "prefix", value = "refund"))
class WebhookApiTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final int WEBHOOKS_MAX = 100;

  private final TestClock clock = TestClock.shared();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final HttpServer receiver = receiver();
  private volatile int status = 204;

  @Inject DataSource dataSource;

  private HttpServer receiver() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            received.add(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String url() {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/events";
  }

  private static void eventually(ThrowingRunnable condition) {
    await().atMost(Duration.ofMinutes(2)).untilAsserted(condition);
  }

  @BeforeEach
  void is_ready() {
    eventually(() -> given().get("/q/health/ready").then().statusCode(200));
  }

  @AfterEach
  void leaves_nothing_behind() {
    receiver.stop(0);
    List<String> ids =
        platform().get("/v1/webhooks?limit=200").then().extract().path("items.webhookId");
    ids.forEach(id -> platform().delete("/v1/webhooks/" + id).then().statusCode(204));
  }

  @Test
  void an_event_comes_as_it_is_published_and_nobody_sees_the_secret() {
    var webhook = created();
    platform()
        .get("/v1/webhooks/" + webhook)
        .then()
        .statusCode(200)
        .body("url", equalTo(url()))
        .body("types", equalTo(List.of("PaymentCaptured")))
        .body("createdBy", containsString("PLATFORM:"))
        .body("lastAttempt", nullValue())
        .body(not(containsString(SECRET)));
    var order = paid();
    eventually(() -> assertThat(received).hasSize(1));
    var event = JsonPath.from(received.getFirst());
    assertThat(event.getString("type")).isEqualTo("PaymentCaptured");
    assertThat(event.getString("source")).isEqualTo("/refund-service");
    assertThat(event.getString("data.orderId")).isEqualTo(order.toString());
    eventually(() ->
        platform()
            .get("/v1/webhooks/" + webhook)
            .then()
            .body("lastAttempt.status", equalTo(204))
            .body("lastAttempt.eventId", equalTo(event.getString("id")))
            .body("waiting", equalTo(0)));
    platform().get("/v1/webhooks").then().body("items.webhookId", hasItem(webhook));
  }

  @Test
  void what_is_parked_is_seen_and_sent_again_by_hand() throws SQLException {
    status = 500;
    var webhook = created();
    paid();
    var deliveries = "/v1/webhooks/" + webhook + "/deliveries";
    eventually(() ->
        platform()
            .get(deliveries)
            .then()
            .statusCode(200)
            .body("items[0].state", equalTo("WAITING"))
            .body("items[0].lastAttempt.status", equalTo(500)));
    String event = platform().get(deliveries).then().extract().path("items[0].eventId");
    var retry = deliveries + "/" + event + "/retry";
    commanded(retry, Map.of()).statusCode(409).body("code", equalTo("NOT_PARKED"));

    park(webhook);
    platform().get(deliveries + "?state=WAITING").then().body("items", empty());
    platform()
        .get(deliveries + "?state=PARKED")
        .then()
        .body("items[0].eventId", equalTo(event))
        .body("items[0].nextAttemptRecordedAt", nullValue());
    platform().get("/v1/webhooks/" + webhook).then().body("parked", equalTo(1));
    status = 200;
    commanded(retry, Map.of()).statusCode(200).body("state", equalTo("WAITING"));
    eventually(() -> platform().get(deliveries).then().body("items", empty()));
    commanded(retry, Map.of()).statusCode(404).body("code", equalTo("NOT_FOUND"));
    platform().get(deliveries + "?state=LOST").then().statusCode(422);
  }

  /// As after seven attempts, for which nobody waits here.
  private void park(String webhook) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement =
            connection.prepareStatement(
                "update webhook_delivery set next_at = null, leased_until = null"
                    + " where webhook_id = ?::uuid")) {
      connection.setAutoCommit(true);
      statement.setString(1, webhook);
      statement.executeUpdate();
    }
  }

  @Test
  void a_repeated_call_gets_the_first_answer() {
    var key = UUID.randomUUID().toString();
    var first = create(key, wanted()).statusCode(201).extract();
    create(key, wanted())
        .statusCode(201)
        .header("Idempotent-Replayed", "true")
        .header("Location", "/v1/webhooks/" + first.path("webhookId"))
        .body("webhookId", equalTo(first.path("webhookId")));
    create(key, with("types", List.of("RefundIssued")))
        .statusCode(422)
        .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
    platform().get("/v1/webhooks").then().body("items.size()", equalTo(1));
  }

  @Test
  void a_URL_may_not_lead_into_a_private_network() {
    for (var url :
        List.of("http://10.0.0.1/", "http://[::1]:8083/", "https://169.254.169.254/", "ftp://a/")) {
      create(with("url", url))
          .statusCode(422)
          .body("code", equalTo("URL_NOT_ALLOWED"))
          .body("errors[0].pointer", equalTo("/url"));
    }
  }

  @Test
  void a_wrong_field_is_named() {
    create(with("types", List.of("PaymentCaptured", "OrderPlaced")))
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/types/1"));
    create(with("types", List.of())).statusCode(422).body("errors[0].pointer", equalTo("/types"));
    create(with("secret", "too short"))
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/secret"));
    create(with("url", null)).statusCode(422).body("errors[0].pointer", equalTo("/url"));
  }

  @Test
  void nothing_that_nobody_should_send_is_a_fault() {
    assertThat(
            BadInput.to(RestAssured.port, "PLATFORM", UUID.randomUUID())
                .command(
                    "/v1/webhooks",
                    "{\"url\": \"%s\", \"types\": [\"RefundIssued\"], \"secret\": \"%s\"}"
                        .formatted(url(), SECRET))
                .list("/v1/webhooks")
                .unknown("/v1/webhooks/{id}")
                .unknown("/v1/webhooks/{id}/deliveries")
                .wrongAnswers())
        .isEmpty();
  }

  @Test
  void it_is_for_the_platform_only() {
    for (var role : List.of("BUYER", "SELLER", "CARRIER", "PROVIDER")) {
      as(role).get("/v1/webhooks").then().statusCode(403).body("code", equalTo("FORBIDDEN"));
    }
    as("SIMULATION").get("/v1/webhooks").then().statusCode(200);
  }

  @Test
  void there_may_be_a_hundred() {
    for (var i = 0; i < WEBHOOKS_MAX; i++) create(wanted()).statusCode(201);
    create(wanted()).statusCode(409).body("code", equalTo("TOO_MANY_WEBHOOKS"));
  }

  private String created() {
    return create(wanted()).statusCode(201).extract().path("webhookId");
  }

  private Map<String, @Nullable Object> wanted() {
    Map<String, @Nullable Object> body = new HashMap<>();
    body.put("url", url());
    body.put("types", List.of("PaymentCaptured"));
    body.put("secret", SECRET);
    return body;
  }

  private Map<String, @Nullable Object> with(String field, @Nullable Object value) {
    var body = wanted();
    body.put(field, value);
    return body;
  }

  private ValidatableResponse create(Map<String, ? extends @Nullable Object> body) {
    return commanded("/v1/webhooks", body);
  }

  private ValidatableResponse create(String key, Map<String, ? extends @Nullable Object> body) {
    return platform()
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(body)
        .post("/v1/webhooks")
        .then();
  }

  private ValidatableResponse commanded(String path, Map<String, ? extends @Nullable Object> body) {
    return platform()
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .contentType("application/json")
        .body(body)
        .post(path)
        .then();
  }

  private final UUID actor = UUID.randomUUID();

  private RequestSpecification platform() {
    return as("PLATFORM");
  }

  private RequestSpecification as(String role) {
    return given().header("X-Role", role).header("X-Actor-Id", actor.toString());
  }

  private OrderId paid() {
    var order = new OrderId(UUID.randomUUID());
    var ana = new BuyerId(UUID.randomUUID());
    TestTopics.publish(
        MessageFamily.ORDER,
        new OrderPlaced(
            order,
            ana,
            new SellerId(UUID.randomUUID()),
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
            null),
        "order-" + order,
        1,
        0,
        clock.now());
    eventually(() ->
        given()
            .header("X-Role", "BUYER")
            .header("X-Actor-Id", ana.toString())
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .contentType("application/json")
            .body(Map.of("orderId", order.toString(), "method", "CARD", "amountMinor", 4900))
            .post("/v1/payments")
            .then()
            .statusCode(201));
    return order;
  }
}
