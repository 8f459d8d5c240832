package marketplace.order.api;

import static marketplace.order.api.Market.as;
import static marketplace.order.api.Market.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import marketplace.contracts.MessageFamily;
import marketplace.contracts.OrderMessage;
import marketplace.kernel.OrderId;
import marketplace.testkit.BadInput;
import marketplace.testkit.ServicePlatform;
import marketplace.testkit.TestTopics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
    value = ServicePlatform.class,
    initArgs = @ResourceArg(name = "prefix", value = "order"))
class NotificationApiTest {
  private final Market market = new Market();

  @BeforeEach
  void opens() {
    market.open();
  }

  @Test
  void tells_the_buyer_what_happens_to_his_order_and_the_others_that_he_was_told() {
    var order = market.placed();
    list("")
        .rootPath("items.find { it.orderId == '" + order + "' }")
        .body("template", equalTo("ORDER_PLACED"))
        .body("subject", containsString(order.number()))
        .body("details.amountMinor", equalTo(5047))
        .body("details.currency", equalTo("USD"))
        .body("channel", equalTo("EMAIL"))
        .body("notifiedAt", notNullValue());

    market.act(order, "/cancellations", Map.of("reason", "NO_LONGER_NEEDED")).statusCode(200);
    list("").body("items.template", hasItem("ORDER_CLOSED_UNPAID"));
    eventually(
        () -> assertThat(notified(order)).containsExactly("ORDER_PLACED", "ORDER_CLOSED_UNPAID"));
  }

  @Test
  void goes_on_where_a_page_ended() {
    var first = market.placed();
    var second = market.placed();
    var third = market.placed();
    var newest = list("?limit=2").body("items", hasSize(2)).extract();
    var cursor = newest.<String>path("nextCursor");
    var older = list("?limit=200&cursor=" + cursor).body("nextCursor", nullValue()).extract();
    assertThat(newest.<List<String>>path("items.orderId"))
        .doesNotContainAnyElementsOf(older.<List<String>>path("items.orderId"));
    list("?limit=200")
        .body("items.orderId", hasItem(first.toString()))
        .body("items.orderId", hasItem(second.toString()))
        .body("items.orderId", hasItem(third.toString()));
    var wrong =
        BadInput.to(RestAssured.port, "BUYER", market.ana.value())
            .list("/v1/buyers/" + market.ana + "/notifications")
            .wrongAnswers();
    assertThat(wrong).isEmpty();
  }

  @Test
  void hides_it_from_everybody_else() {
    market.placed();
    as("BUYER", UUID.randomUUID())
        .get("/v1/buyers/{id}/notifications", market.ana.toString())
        .then()
        .statusCode(404);
    as("SELLER", market.lin.value())
        .get("/v1/buyers/{id}/notifications", market.ana.toString())
        .then()
        .statusCode(403);
    var nobody = UUID.randomUUID();
    as("BUYER", nobody)
        .get("/v1/buyers/{id}/notifications", nobody.toString())
        .then()
        .statusCode(200)
        .body("items", hasSize(0));
  }

  private ValidatableResponse list(String query) {
    return market
        .asAna()
        .get("/v1/buyers/" + market.ana + "/notifications" + query)
        .then()
        .statusCode(200);
  }

  private static List<String> notified(OrderId order) {
    return TestTopics.read("order.events.v1", order.value()).stream()
        .filter(record -> TestTopics.header(record, "ce_type").orElse("").equals("BuyerNotified"))
        .map(record ->
            MessageFamily.ORDER.read(
                "BuyerNotified", record.value().getBytes(StandardCharsets.UTF_8)))
        .map(message -> ((OrderMessage.BuyerNotified) message).template())
        .toList();
  }
}
