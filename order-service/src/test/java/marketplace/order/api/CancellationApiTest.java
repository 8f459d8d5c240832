package marketplace.order.api;

import static marketplace.order.api.Market.as;
import static marketplace.order.api.Market.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import marketplace.contracts.ContractJson;
import marketplace.contracts.RefundMessage;
import marketplace.contracts.SellerMessage;
import marketplace.kernel.CancellationId;
import marketplace.kernel.OfferId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundChannel;
import marketplace.kernel.RefundId;
import marketplace.order.request.OrderBodies;
import marketplace.testkit.ServicePlatform;
import marketplace.testkit.TestTopics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Cancelling over HTTP, with the real store and the real broker; the seller and the money are
/// played by the test.
@QuarkusTest
@QuarkusTestResource(
    value = ServicePlatform.class,
    initArgs = @ResourceArg(name = "prefix", value = "order"))
class CancellationApiTest {
  private static final Map<String, String> NO_LONGER_NEEDED = Map.of("reason", "NO_LONGER_NEEDED");

  private final Market market = new Market();

  @BeforeEach
  void opens() {
    market.open();
  }

  @Test
  void an_unpaid_order_is_cancelled_at_once_and_as_a_whole() {
    var order = market.placed();
    options(order)
        .statusCode(200)
        .body("mode", equalTo("DIRECT"))
        .body("reasons", hasSize(10))
        .body("perLine.open", contains(3, 1))
        .body("attemptsLeft", equalTo(3))
        .body("replyWithin", equalTo("PT72H"))
        .body("onSellerSilence", equalTo("APPROVE"))
        .body("terms.policyId", equalTo("STANDARD_72H"));
    preview(order, Map.of()).statusCode(200).body("refundMinor", equalTo(0));
    cancel(order, Map.of("reason", "NO_LONGER_NEEDED", "units", cables(order, 1)))
        .statusCode(422)
        .body("code", equalTo("WHOLE_ORDER_ONLY"));
    cancel(order, Map.of("reason", "OTHER"))
        .statusCode(422)
        .body("code", equalTo("COMMENT_REQUIRED"));
    cancel(order, Map.of("reason", "MOON"))
        .statusCode(422)
        .body("code", equalTo("UNKNOWN_REASON"))
        .body("errors.pointer", contains("/reason"));
    cancel(order, NO_LONGER_NEEDED)
        .statusCode(200)
        .body("result", equalTo("CANCELLED"))
        .body("order.status", equalTo("CANCELLED"));
    cancel(order, NO_LONGER_NEEDED)
        .statusCode(409)
        .body("code", equalTo("ORDER_CANCELLED"))
        .body("allowedActions", hasItem("REORDER"));
    market
        .act(order, "/receipt", Map.of())
        .statusCode(409)
        .body("code", equalTo("ORDER_CANCELLED"));
    options(order).body("mode", equalTo("NONE")).body("whyNot", equalTo("ORDER_CANCELLED"));
    market
        .asAna()
        .get("/v1/orders?view=deleted")
        .then()
        .statusCode(200)
        .body("items.orderId", hasItem(order.toString()));
  }

  @Test
  void the_seller_is_asked_for_a_paid_order_and_the_money_comes_back() {
    var order = market.paid();
    options(order).body("mode", equalTo("REQUEST"));
    preview(order, Map.of())
        .statusCode(200)
        .body("refundMinor", equalTo(5047))
        .body("shippingFeePartMinor", equalTo(350))
        .body("channel", equalTo("ORIGINAL_METHOD"))
        .body("settlesBusinessDays.typical", equalTo(5));
    var replyBy = market.clock.now().plus(Duration.ofHours(72));
    var request =
        cancel(order, NO_LONGER_NEEDED)
            .statusCode(202)
            .body("result", equalTo("REQUESTED"))
            .body("status", equalTo("ACCEPTED_FOR_DECISION"))
            .body("cancellation.state", equalTo("PENDING"))
            .body("cancellation.replyBy", equalTo(ContractJson.format(replyBy)))
            .body("cancellation.secondsLeft", equalTo(72 * 3600))
            .body("cancellation.refundIfApprovedMinor", equalTo(5047))
            .body("cancellation.outcome", nullValue())
            .extract()
            .<String>path("cancellation.cancellationId");
    cancel(order, NO_LONGER_NEEDED)
        .statusCode(409)
        .body("code", equalTo("REQUEST_PENDING"))
        .body("deadline", equalTo(ContractJson.format(replyBy)))
        .body("allowedActions", hasItem("WITHDRAW_REQUEST"));
    approve(order, CancellationId.of(request));
    eventually(() -> market.seen(order, "CANCELLED"));
    one(order, request)
        .statusCode(200)
        .body("state", equalTo("CLOSED"))
        .body("outcome", equalTo("APPROVED"))
        .body("refundMinor", equalTo(5047));
    eventually(() ->
        assertThat(Market.told(order))
            .extracting(record -> TestTopics.header(record, "ce_type").orElseThrow())
            .containsExactly(
                "OrderPlaced",
                "OrderReadyToShip",
                "CancellationRequested",
                "OrderUnitsCancelled",
                "OrderCancelled"));
    market.view(order).body("refund.state", equalTo("PENDING"));
    refund(order);
    eventually(() -> market.view(order).body("refund.state", equalTo("FULL")));
    eventually(() -> market.view(order).body("refund.settledMinor", equalTo(5047)));
    market
        .asAna()
        .get("/v1/orders?view=deleted")
        .then()
        .body("items.orderId", hasItem(order.toString()));
  }

  @Test
  void a_request_may_be_withdrawn_while_it_is_open() {
    var order = market.paid();
    var request = requested(order);
    withdraw(order, request)
        .statusCode(202)
        .body("cancellation.state", equalTo("WITHDRAWAL_ASKED"));
    withdraw(order, request).statusCode(409).body("code", equalTo("REQUEST_CLOSED"));
    market.seller(
        new SellerMessage.CancellationWithdrawn(
            order, CancellationId.of(request), market.clock.now()));
    eventually(() -> one(order, request).body("outcome", equalTo("WITHDRAWN")));
    withdraw(order, UUID.randomUUID().toString())
        .statusCode(409)
        .body("code", equalTo("REQUEST_CLOSED"));
    answer(order, request, UUID.randomUUID().toString())
        .statusCode(409)
        .body("code", equalTo("REQUEST_CLOSED"));
  }

  @Test
  void an_offer_is_answered_once() {
    var order = market.paid();
    var request = requested(order);
    var offer = UUID.randomUUID().toString();
    answer(order, request, offer).statusCode(409).body("code", equalTo("OFFER_CLOSED"));
    market.seller(
        new SellerMessage.PartialRefundOffered(
            order,
            CancellationId.of(request),
            OfferId.of(offer),
            market.lin,
            4000,
            null,
            market.clock.now(),
            market.clock.now().plus(Duration.ofHours(72))));
    eventually(() -> one(order, request).body("offer.refundMinor", equalTo(4000)));
    market.view(order).body("actions.find { it.name == 'ANSWER_OFFER' }.allowed", equalTo(true));
    answer(order, request, offer).statusCode(202).body("cancellation.state", equalTo("PENDING"));
    answer(order, request, offer).statusCode(409).body("code", equalTo("OFFER_CLOSED"));
  }

  @Test
  void three_requests_are_enough() {
    var order = market.paid();
    for (var attempt = 1; attempt <= 3; attempt++) {
      var request = requested(order);
      market.seller(
          new SellerMessage.SellerDeclined(
              order,
              CancellationId.of(request),
              market.lin,
              SellerMessage.WhyDeclined.SELLER_REFUSED,
              "packed",
              market.clock.now(),
              1));
      eventually(() -> one(order, request).body("outcome", equalTo("DECLINED")));
    }
    cancel(order, NO_LONGER_NEEDED)
        .statusCode(409)
        .body("code", equalTo("TOO_MANY_REQUESTS_FOR_ORDER"));
    market
        .asAna()
        .get("/v1/orders/{order}/cancellations", order.toString())
        .then()
        .statusCode(200)
        .body("attempt", contains(1, 2, 3));
  }

  @Test
  void units_must_be_open() {
    var order = market.paid();
    cancel(order, Map.of("reason", "NO_LONGER_NEEDED", "units", cables(order, 4)))
        .statusCode(409)
        .body("code", equalTo("UNITS_NOT_OPEN"));
    preview(order, Map.of("units", cables(order, 4)))
        .statusCode(422)
        .body("code", equalTo("UNITS_NOT_OPEN"));
    preview(order, Map.of("units", cables(order, 2)))
        .statusCode(200)
        .body("refundMinor", equalTo(1798))
        .body("shippingFeePartMinor", equalTo(0));
  }

  @Test
  void after_shipment_there_is_nothing_to_request_but_somebody_to_write_to() {
    var order = market.paid();
    market.shipped(order, market.all(order));
    eventually(() -> market.seen(order, "SHIPPED"));
    cancel(order, NO_LONGER_NEEDED)
        .statusCode(409)
        .body("code", equalTo("ALREADY_SHIPPED"))
        .body("allowedActions", hasItem("CONTACT_SELLER"))
        .body("allowedActions", not(hasItem("REQUEST_CANCELLATION")));
    market.view(order).body("actions.name", not(hasItem("REQUEST_CANCELLATION")));
    preview(order, Map.of()).statusCode(422).body("code", equalTo("UNITS_NOT_OPEN"));
  }

  @Test
  void bad_bodies_are_answered_with_the_field_that_is_wrong() {
    var order = market.paid();
    invalid(order, Map.of(), "/reason");
    invalid(order, Map.of("reason", 1), "/reason");
    invalid(order, Map.of("reason", "OTHER", "units", List.of()), "/units");
    invalid(order, Map.of("reason", "OTHER", "units", cables(order, 0)), "/units/0/quantity");
    invalid(
        order,
        Map.of("reason", "OTHER", "units", List.of(cable(order, 1), cable(order, 1))),
        "/units/1/lineId");
    invalid(
        order,
        Map.of("reason", "OTHER", "comment", "x".repeat(OrderBodies.COMMENT_CHARS_MAX + 1)),
        "/comment");
    invalid(order, Map.of("reason", "OTHER", "comment", "a \u0000 b"), "/comment");
    invalid(order, Map.of("reason", "OTHER", "why", "so"), "/why");
  }

  @Test
  void somebody_else_may_not_act_and_an_unknown_order_is_unknown() {
    var order = market.paid();
    as("BUYER", UUID.randomUUID())
        .body(NO_LONGER_NEEDED)
        .post("/v1/orders/{order}/cancellations", order.toString())
        .then()
        .statusCode(403)
        .body("code", equalTo("FORBIDDEN"));
    as("SELLER", market.lin.value())
        .body(NO_LONGER_NEEDED)
        .post("/v1/orders/{order}/cancellations", order.toString())
        .then()
        .statusCode(403);
    cancel(new OrderId(UUID.randomUUID()), NO_LONGER_NEEDED)
        .statusCode(404)
        .body("code", equalTo("NOT_FOUND"));
    one(order, UUID.randomUUID().toString()).statusCode(404);
    one(order, "no-uuid").statusCode(400);
  }

  @Test
  void the_reasons_are_told_to_everybody() {
    as("SELLER", market.lin.value())
        .get("/v1/cancellation-reasons")
        .then()
        .statusCode(200)
        .body("$", hasSize(10))
        .body("find { it.code == 'OTHER' }.needsComment", equalTo(true))
        .body("find { it.code == 'SYSTEM_ERROR' }.fault", equalTo("PLATFORM"));
  }

  private void approve(OrderId order, CancellationId request) {
    market.seller(
        new SellerMessage.SellerApproved(
            order,
            request,
            market.lin,
            SellerMessage.ApprovedBy.SELLER,
            market.all(order),
            SellerMessage.RefundMode.FULL,
            null,
            null,
            market.clock.now(),
            1));
  }

  /// What the ledger says once it has heard of the cancellation.
  private void refund(OrderId order) {
    var refund = new RefundId(UUID.randomUUID());
    var cause =
        UUID.fromString(
            market
                .asAna()
                .get("/v1/orders/{order}/events", order.toString())
                .then()
                .extract()
                .path("find { it.type == 'order.units-cancelled.v1' }.data.settlementId"));
    var now = market.clock.now();
    market.money(
        new RefundMessage.RefundRequested(
            order,
            refund,
            RefundCause.CANCELLATION,
            cause,
            5047,
            5047,
            0,
            RefundChannel.ORIGINAL_METHOD,
            now));
    market.money(
        new RefundMessage.RefundIssued(
            order,
            refund,
            market.ana,
            RefundCause.CANCELLATION,
            cause,
            5047,
            "USD",
            RefundChannel.ORIGINAL_METHOD,
            PaymentMethod.CARD,
            null,
            1,
            now,
            now.plus(Duration.ofDays(28)),
            5047,
            5047,
            true));
    market.money(new RefundMessage.RefundSettled(order, refund, 5047, now));
  }

  private String requested(OrderId order) {
    return cancel(order, NO_LONGER_NEEDED)
        .statusCode(202)
        .extract()
        .path("cancellation.cancellationId");
  }

  private ValidatableResponse cancel(OrderId order, Map<String, ?> body) {
    return market.act(order, "/cancellations", body);
  }

  private ValidatableResponse preview(OrderId order, Map<String, ?> body) {
    return market.act(order, "/cancellation-preview", body);
  }

  private ValidatableResponse withdraw(OrderId order, String request) {
    return market.act(order, "/cancellations/" + request + "/withdrawal", Map.of());
  }

  private ValidatableResponse answer(OrderId order, String request, String offer) {
    return market.act(
        order,
        "/cancellations/" + request + "/offers/" + offer + "/answer",
        Map.of("answer", "ACCEPTED"));
  }

  private ValidatableResponse options(OrderId order) {
    return market.asAna().get("/v1/orders/" + order + "/cancellation-options").then();
  }

  private ValidatableResponse one(OrderId order, String request) {
    return market.asAna().get("/v1/orders/" + order + "/cancellations/" + request).then();
  }

  private void invalid(OrderId order, Map<String, ?> body, String pointer) {
    cancel(order, body)
        .statusCode(422)
        .body("code", equalTo("INVALID"))
        .body("errors.pointer", hasItem(pointer));
  }

  private List<Map<String, Object>> cables(OrderId order, int quantity) {
    return List.of(cable(order, quantity));
  }

  private Map<String, Object> cable(OrderId order, int quantity) {
    return Map.of("lineId", market.line(order, 0).toString(), "quantity", quantity);
  }
}
