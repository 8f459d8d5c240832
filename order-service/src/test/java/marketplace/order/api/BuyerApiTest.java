package marketplace.order.api;

import static marketplace.order.api.Market.as;
import static marketplace.order.api.Market.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentId;
import marketplace.testkit.BadInput;
import marketplace.testkit.TestTopics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is kept of buyers beside their orders, who sees it, and how it is forgotten.
@QuarkusTest
class BuyerApiTest {
  private static final String STREET = "7 Unheard-of Lane";

  private final Market market = new Market();

  @Inject DataSource dataSource;

  @BeforeEach
  void open() {
    market.open();
  }

  @Test
  void an_address_is_seen_by_the_buyer_and_by_the_seller_as_long_as_he_has_something_to_send() {
    var order = placed(home());
    address("BUYER", market.ana.value(), order)
        .statusCode(200)
        .body("name", equalTo("Ana"))
        .body("street", equalTo(STREET))
        .body("city", equalTo("Springfield"))
        .body("postcode", equalTo("12345"))
        .body("country", equalTo("US"));
    address("PLATFORM", UUID.randomUUID(), order).statusCode(200);
    address("BUYER", UUID.randomUUID(), order).statusCode(404);
    address("SELLER", market.lin.value(), order).statusCode(404);
    market.pay(order, new PaymentId(UUID.randomUUID()));
    eventually(() -> address("SELLER", market.lin.value(), order).statusCode(200));
    address("SELLER", UUID.randomUUID(), order).statusCode(404);
    market.shipped(order, market.all(order));
    eventually(() -> address("SELLER", market.lin.value(), order).statusCode(404));
    address("BUYER", market.ana.value(), order).statusCode(200);
  }

  @Test
  void an_address_is_in_no_event_no_message_and_no_kept_answer() throws SQLException {
    var order = placed(home());
    eventually(() -> {
      var told = TestTopics.read("order.events.v1", order.value());
      assertThat(told).hasSize(2);
      assertThat(told.getFirst().value()).contains("deliverTo");
      assertThat(told)
          .allSatisfy(record ->
              assertThat(record.value()).doesNotContain("Unheard-of", "Springfield", "12345"));
    });
    for (var table : new String[] {"event", "idempotency", "order_summaries"}) {
      assertThat(rowsWith(table, "Unheard-of")).as(table).isZero();
    }
    assertThat(rowsWith("delivery_addresses", "Unheard-of")).isPositive();
  }

  @Test
  void an_address_is_said_in_full_and_not_changed() {
    var noStreet = home();
    noStreet.remove("street");
    place(noStreet).statusCode(422).body("errors.pointer", contains("/deliverTo/street"));
    var tooLong = home();
    tooLong.put("city", "x".repeat(201));
    place(tooLong).statusCode(422).body("errors.pointer", contains("/deliverTo/city"));

    var first = placed(home());
    var addressId = UUID.randomUUID().toString();
    var known = home();
    known.put("addressId", addressId);
    placed(known);
    var moved = new HashMap<>(known);
    moved.put("street", "8 Other Street");
    place(moved)
        .statusCode(422)
        .body("errors.pointer", contains("/deliverTo/addressId"))
        .body("errors.code", contains("KNOWN_ALREADY"));
    var byName = placed(new HashMap<>(Map.of("addressId", addressId, "country", "US")));
    address("BUYER", market.ana.value(), byName).body("street", equalTo(STREET));
    var again =
        OrderId.of(
            market.act(first, "/reorder", Map.of()).statusCode(201).extract().path("orderId"));
    address("BUYER", market.ana.value(), again).body("street", equalTo(STREET));
    address("BUYER", market.ana.value(), market.placed()).statusCode(404);
  }

  @Test
  void whoever_asks_to_be_forgotten_is_and_nothing_else_changes() throws SQLException {
    var order = placed(home());
    market.pay(order, new PaymentId(UUID.randomUUID()));
    eventually(() -> market.seen(order, "AWAITING_SHIPMENT"));
    var words = Map.of("reason", "OTHER", "comment", "I am moving to my mother's.");
    var cancellationId =
        market
            .act(order, "/cancellations", words)
            .statusCode(202)
            .extract()
            .path("cancellation.cancellationId")
            .toString();
    erase("BUYER", UUID.randomUUID()).statusCode(403);
    erase("SELLER", market.lin.value()).statusCode(403);
    market.view(order).body("request.comment", equalTo("I am moving to my mother's."));

    erase("BUYER", market.ana.value())
        .statusCode(200)
        .body("buyerId", equalTo(market.ana.toString()));

    for (var role : Map.of("BUYER", market.ana.value(), "SELLER", market.lin.value()).entrySet()) {
      address(role.getKey(), role.getValue(), order)
          .statusCode(200)
          .body("$", equalTo(Map.of("erased", true)));
    }
    market
        .view(order)
        .body("request.comment", equalTo("erased"))
        .body("request.reason", equalTo("OTHER"))
        .body("totalMinor", equalTo(5047));
    market
        .asAna()
        .get("/v1/orders/{order}/cancellations/{id}", order.toString(), cancellationId)
        .then()
        .statusCode(200)
        .body("comment", equalTo("erased"));
    assertThat(rowsOf("delivery_addresses"))
        .isEqualTo(rowsOf("delivery_addresses where name is null"));
    erase("PLATFORM", UUID.randomUUID()).statusCode(200);
    as("SIMULATION", UUID.randomUUID())
        .post("/v1/simulation/rebuild")
        .then()
        .statusCode(200)
        .body("different", equalTo(0));
    address("BUYER", market.ana.value(), order).body("erased", equalTo(true));
  }

  @Test
  void the_platform_counts_what_a_buyer_has_asked_for_in_ninety_days() {
    counts().statusCode(200).body("requests", equalTo(0)).body("cancellations", equalTo(0));
    market
        .act(market.placed(), "/cancellations", Map.of("reason", "NO_LONGER_NEEDED"))
        .statusCode(200);
    market
        .act(market.paid(), "/cancellations", Map.of("reason", "NO_LONGER_NEEDED"))
        .statusCode(202);
    counts().body("requests", equalTo(1)).body("cancellations", equalTo(1));
    market.asAna().get("/v1/buyers/{id}/statistics", market.ana.toString()).then().statusCode(403);
    market.clock.advance(Duration.ofDays(91));
    eventually(() -> counts().body("requests", equalTo(0)).body("cancellations", equalTo(0)));
  }

  @Test
  void nothing_that_nobody_should_send_is_a_fault() {
    assertThat(
            BadInput.to(RestAssured.port, "BUYER", market.ana.value())
                .command("/v1/buyers/" + market.ana + "/erasure", "{}")
                .unknown("/v1/orders/{id}/delivery-address")
                .wrongAnswers())
        .isEmpty();
  }

  private static Map<String, Object> home() {
    return new HashMap<>(
        Map.of(
            "name", "Ana",
            "street", STREET,
            "city", "Springfield",
            "postcode", "12345",
            "country", "US"));
  }

  private OrderId placed(Map<String, Object> deliverTo) {
    return OrderId.of(place(deliverTo).statusCode(201).extract().path("orderId"));
  }

  private ValidatableResponse place(Map<String, Object> deliverTo) {
    Map<String, @Nullable Object> basket = new HashMap<>(market.basket());
    basket.put("deliverTo", deliverTo);
    return market.place(market.ana, basket);
  }

  private static ValidatableResponse address(String role, UUID id, OrderId order) {
    return as(role, id).get("/v1/orders/{order}/delivery-address", order.toString()).then();
  }

  private ValidatableResponse erase(String role, UUID id) {
    return as(role, id).body("{}").post("/v1/buyers/" + market.ana + "/erasure").then();
  }

  private ValidatableResponse counts() {
    return as("PLATFORM", UUID.randomUUID())
        .get("/v1/buyers/{id}/statistics", market.ana.toString())
        .then();
  }

  private long rowsWith(String table, String word) throws SQLException {
    return count("select count(*) from " + table + " t where t::text like '%" + word + "%'");
  }

  /// Of Ana alone.
  private long rowsOf(String table) throws SQLException {
    var condition = table.contains(" where ") ? " and " : " where ";
    return count("select count(*) from " + table + condition + "buyer_id = '" + market.ana + "'");
  }

  private long count(String sql) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
