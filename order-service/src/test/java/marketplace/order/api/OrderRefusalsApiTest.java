package marketplace.order.api;

import static io.restassured.RestAssured.given;
import static marketplace.order.api.Market.as;
import static marketplace.order.api.Market.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import marketplace.contracts.DisputeMessage;
import marketplace.eventsourcing.Ids;
import marketplace.eventsourcing.store.AnswerSlot;
import marketplace.kernel.DisputeId;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.OrderId;
import marketplace.kernel.Remedy;
import marketplace.testkit.ServicePlatform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Refusals that need more than a wrong body. What the edge refuses for all services is provoked
/// here for all of them.
@QuarkusTest
@QuarkusTestResource(
    value = ServicePlatform.class,
    initArgs = @ResourceArg(name = "prefix", value = "order"))
class OrderRefusalsApiTest {
  private static final int STREAMS_MAX = 100;

  /// One, and five retries.
  private static final int RACES = 6;

  /// At least so many as the command would append, or it would lose two races at once.
  private static final int EVENTS_EACH = 8;

  private final Market market = new Market();

  @Inject DataSource dataSource;

  @BeforeEach
  void opens() {
    market.open();
  }

  @Test
  void a_request_while_a_dispute_about_the_last_one_is_open() {
    var order = market.paid();
    var now = market.clock.now();
    market.disputes(
        new DisputeMessage.DisputeOpened(
            order,
            new DisputeId(UUID.randomUUID()),
            market.ana,
            market.lin,
            market.all(order),
            DisputeReason.CANCELLATION_REFUSED,
            Remedy.REFUND_ONLY,
            5047,
            5047,
            "USD",
            "The seller said no.",
            now,
            now.plus(Duration.ofDays(5)),
            now.plus(Duration.ofDays(7))));
    eventually(() -> market.view(order).body("case.type", equalTo("DISPUTE")));
    market
        .act(order, "/cancellations", Map.of("reason", "NO_LONGER_NEEDED"))
        .statusCode(409)
        .body("code", equalTo("CASE_OPEN"));
  }

  /// As another instance holds the key that is still answering the first request.
  @Test
  void a_key_whose_first_request_is_still_being_answered() throws SQLException {
    var key = UUID.randomUUID().toString();
    var slot = new AnswerSlot("BUYER:" + market.ana, "POST /v1/orders", key);
    var number = Ids.nameBased("answer", slot.toString()).getMostSignificantBits();
    try (var connection = dataSource.getConnection();
        var lock = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
      connection.setAutoCommit(false);
      lock.setLong(1, number);
      lock.execute();
      place(key).statusCode(409).body("code", equalTo("IDEMPOTENCY_KEY_IN_USE"));
      connection.rollback();
    }
    place(key).statusCode(201);
  }

  /// Another instance is faster each time: its next events lie there, not committed yet, before the
  /// service can have read the last ones.
  @Test
  void a_command_that_loses_every_race() throws Exception {
    var order = market.placed();
    var stream = "order-" + order;
    var key = UUID.randomUUID().toString();
    var version = version(stream);
    var ahead = append(stream, version);
    // A thread of its own: the common pool has a single one on a small machine.
    var asked =
        CompletableFuture.supplyAsync(
            () -> cancel(order, key), task -> Thread.ofPlatform().start(task));
    for (var race = 1; race <= RACES; race++) {
      var faster = ahead;
      if (race < RACES) ahead = append(stream, version + race * EVENTS_EACH);
      eventually(() -> assertThat(asked.isDone() || holdsSomebodyUp(faster)).isTrue());
      faster.commit();
      faster.close();
    }
    asked.join().statusCode(409).body("code", equalTo("CONFLICT_RETRY"));
    cancel(order, key).statusCode(200).body("result", equalTo("CANCELLED"));
  }

  private ValidatableResponse cancel(OrderId order, String key) {
    return given()
        .header("X-Role", "BUYER")
        .header("X-Actor-Id", market.ana.toString())
        .header("Idempotency-Key", key)
        .contentType(ContentType.JSON)
        .body(Map.of("reason", "NO_LONGER_NEEDED"))
        .post("/v1/orders/{order}/cancellations", order.toString())
        .then();
  }

  private int version(String stream) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement =
            connection.prepareStatement("select max(version) from event where stream = ?")) {
      connection.setAutoCommit(true);
      statement.setString(1, stream);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /// The stream's last event again and again, in a transaction that stays open.
  private Connection append(String stream, int afterVersion) throws SQLException {
    var connection = dataSource.getConnection();
    connection.setAutoCommit(false);
    try (var statement =
        connection.prepareStatement(
            """
            insert into event (event_id, stream, version, previous_published, has_message, type,
              data, correlation_id, causation_id, actor, origin, time)
            select gen_random_uuid(), stream, ? + number, previous_published, false, type,
              data, correlation_id, causation_id, actor, origin, time
            from (select * from event where stream = ? order by version desc limit 1) latest,
              generate_series(1, ?) number
            """)) {
      statement.setInt(1, afterVersion);
      statement.setString(2, stream);
      statement.setInt(3, EVENTS_EACH);
      assertThat(statement.executeUpdate()).isEqualTo(EVENTS_EACH);
    }
    return connection;
  }

  private static boolean holdsSomebodyUp(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select exists (select from pg_locks
                  where not granted and pg_backend_pid() = any (pg_blocking_pids(pid)))
                """)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private ValidatableResponse place(String key) {
    return given()
        .header("X-Role", "BUYER")
        .header("X-Actor-Id", market.ana.toString())
        .header("Idempotency-Key", key)
        .contentType(ContentType.JSON)
        .body(market.basket())
        .post("/v1/orders")
        .then();
  }

  @Test
  void one_live_stream_more_than_there_may_be() {
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var streams = IntStream.rangeClosed(0, STREAMS_MAX).mapToObj(_ -> stream(http)).toList();
      eventually(() -> assertThat(streams).anyMatch(OrderRefusalsApiTest::isRefused));
      as("PLATFORM", UUID.randomUUID())
          .get("/v1/stream")
          .then()
          .statusCode(503)
          .header("Retry-After", "1")
          .body("code", equalTo("NOT_READY"));
      http.shutdownNow();
    }
  }

  private static CompletableFuture<HttpResponse<InputStream>> stream(HttpClient http) {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/v1/stream"))
            .header("X-Role", "PLATFORM")
            .header("X-Actor-Id", UUID.randomUUID().toString())
            .build();
    return http.sendAsync(request, BodyHandlers.ofInputStream());
  }

  private static boolean isRefused(CompletableFuture<HttpResponse<InputStream>> stream) {
    return stream.isDone() && stream.join().statusCode() == 503;
  }
}
