package marketplace.order.api;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import marketplace.testkit.ServicePlatform;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The edge's, for all services: what happens to callers when there are too many of them.
@QuarkusTest
@QuarkusTestResource(
    value = ServicePlatform.class,
    initArgs = @ResourceArg(name = "prefix", value = "order"))
class RequestLimitTest {
  private static final int AT_ONCE_MAX = 400;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final List<Socket> slow = new ArrayList<>();

  @AfterEach
  void goAway() throws IOException {
    for (var caller : slow) caller.close();
    Awaitility.await().atMost(PATIENCE).until(() -> statusOfNobodysOrder() == 404);
  }

  @Test
  void who_is_one_too_many_is_asked_to_come_again() throws IOException {
    for (var caller = 0; caller < AT_ONCE_MAX; caller++) beginRequest();
    Awaitility.await().atMost(PATIENCE).until(() -> statusOfNobodysOrder() == 503);
    given()
        .header("X-Role", "PLATFORM")
        .header("X-Actor-Id", UUID.randomUUID())
        .get("/v1/orders/" + UUID.randomUUID())
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", equalTo("1"))
        .body("code", equalTo("NOT_READY"))
        .body("detail", equalTo("too many requests at once; try again"));
    assertThat(given().get("/q/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void who_has_gone_leaves_his_place_to_others() throws IOException {
    for (var caller = 0; caller < AT_ONCE_MAX; caller++) beginRequest();
    Awaitility.await().atMost(PATIENCE).until(() -> statusOfNobodysOrder() == 503);
    slow.removeLast().close();
    Awaitility.await().atMost(PATIENCE).until(() -> statusOfNobodysOrder() == 404);
  }

  /// Says that a body will come, and lets the service wait for it.
  private void beginRequest() throws IOException {
    var caller = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
    slow.add(caller);
    caller
        .getOutputStream()
        .write(
            """
            POST /v1/orders HTTP/1.1\r
            Host: localhost\r
            X-Role: BUYER\r
            X-Actor-Id: %s\r
            Content-Type: application/json\r
            Content-Length: 10\r
            \r
            """
                .formatted(UUID.randomUUID())
                .getBytes(US_ASCII));
  }

  private static int statusOfNobodysOrder() {
    return given()
        .header("X-Role", "PLATFORM")
        .header("X-Actor-Id", UUID.randomUUID())
        .get("/v1/orders/" + UUID.randomUUID())
        .statusCode();
  }
}
