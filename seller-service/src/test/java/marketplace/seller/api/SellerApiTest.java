package marketplace.seller.api;

import static io.restassured.RestAssured.given;
import static marketplace.seller.api.Stories.CLOCK;
import static marketplace.seller.api.Stories.PATIENCE;
import static marketplace.seller.api.Stories.as;
import static marketplace.seller.api.Stories.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import marketplace.contracts.ContractJson;
import marketplace.contracts.MessageFamily;
import marketplace.contracts.OrderMessage.Basis;
import marketplace.kernel.OfferAnswer;
import marketplace.kernel.OfferId;
import marketplace.kernel.SellerId;
import marketplace.seller.SellerRules;
import marketplace.testkit.BadInput;
import marketplace.testkit.ForeignRecords;
import marketplace.testkit.Routes;
import marketplace.testkit.ServicePlatform;
import marketplace.testkit.TestTopics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The whole service on a real PostgreSQL and a real Kafka: what sellers ask, what they are told,
/// and what the others hear of it.
@QuarkusTest
@QuarkusTestResource(
    value = ServicePlatform.class,
    initArgs = @ResourceArg(name = "prefix", value = "seller"))
class SellerApiTest {
  @Inject SellerRules rules;

  @BeforeEach
  void is_ready() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
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
  void approves_a_request_and_tells_the_others() {
    var story = Stories.ofNewSeller().paid().requested();

    story
        .asks(story.taskPath("approval"), "{'comment':'of course'}")
        .statusCode(200)
        .header("ETag", notNullValue())
        .body("state", equalTo("CLOSED"))
        .body("outcome", equalTo("APPROVED"))
        .body("publishedVersion", notNullValue());

    refuses(story.asks(story.orderPath("shipments"), shipping(story, 2)), 409, "UNITS_NOT_OPEN");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(story.told()).containsExactly("FulfilmentOpened", "SellerApproved"));
  }

  @Test
  void nothing_that_nobody_should_send_is_a_fault() {
    var story = Stories.ofNewSeller().paid().requested();
    var units = "[{\"lineId\": \"%s\", \"quantity\": 1}]".formatted(story.lamps);
    var wrong =
        BadInput.to(RestAssured.port, "SELLER", story.lin.value())
            .command(
                story.orderPath("shipments"),
                "{\"units\": %s, \"carrier\": \"DHL\", \"trackingNumber\": \"A1\"}"
                    .formatted(units))
            .command(story.taskPath("offers"), "{\"refundMinor\": 5, \"comment\": \"half\"}")
            .command(story.taskPath("decline"), "{\"comment\": \"no\"}")
            .longerThan(64 * 1024, "/v1/products")
            .list("/v1/seller-orders")
            .list("/v1/cancellation-tasks")
            .list("/v1/products")
            .unknown("/v1/seller-orders/{id}")
            .unknown("/v1/shipments/{id}")
            .wrongAnswers();
    assertThat(wrong).isEmpty();
  }

  @Test
  void lets_silence_decide_at_the_very_instant() {
    var story = Stories.ofNewSeller().paid().requested();
    var replyBy = CLOCK.now().plus(Duration.ofHours(72));
    CLOCK.freezeAt(replyBy);
    awaitNow();

    refuses(story.asks(story.taskPath("approval"), "{}"), 409, "DEADLINE_PASSED")
        .body("deadline", equalTo(ContractJson.format(replyBy)))
        .body("allowedActions", hasItem("SHIP"));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(story.told())
                .containsExactly(
                    "FulfilmentOpened", "SellerReminded", "SellerReminded", "SellerTimedOut"));
    var timedOut = TestTopics.read(MessageFamily.SELLER.topic(), story.order.value()).getLast();
    assertThat(TestTopics.header(timedOut, "ce_time")).contains(ContractJson.format(replyBy));
  }

  @Test
  void ships_over_a_pending_request_and_follows_the_parcel() {
    var story = Stories.ofNewSeller().paid().requested();

    var shipment =
        story
            .asks(story.orderPath("shipments"), story.shipAll())
            .statusCode(201)
            .body("closesCancellationId", equalTo(story.request.toString()))
            .body("deliverBy", notNullValue())
            .extract();
    refuses(story.asks(story.taskPath("approval"), "{}"), 409, "REQUEST_CLOSED");
    refuses(story.asks(story.taskPath("decline"), "{'comment':'no'}"), 409, "REQUEST_CLOSED");
    refuses(story.asks(story.taskPath("offers"), "{'refundMinor':5}"), 409, "REQUEST_CLOSED");
    refuses(story.asks(story.orderPath("processing"), "{}"), 409, "UNITS_NOT_OPEN");

    var path = shipment.header("Location").replaceFirst("^https?://[^/]+", "");
    story.carrier(path + "/tracking", "{'status':'DELIVERED'}").statusCode(200);
    refuses(story.carrier(path + "/tracking", "{'status':'LOST'}"), 409, "TRACKING_ORDER");
    as("BUYER", story.ana.value()).get(path).then().body("status", equalTo("DELIVERED"));
    as("BUYER", UUID.randomUUID()).get(path).then().statusCode(404);
    refuses(story.asks(path + "/tracking", "{'status':'DELIVERED'}"), 403, "FORBIDDEN");
    story
        .asks(story.orderPath("return-agreements"), "{'units':" + story.units(2) + "}")
        .statusCode(201);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(story.told())
                .containsExactly(
                    "FulfilmentOpened", "ShipmentDispatched", "ParcelDelivered", "ReturnAgreed"));
    story
        .seller()
        .get("/v1/seller-orders/" + story.order + "/events")
        .then()
        .statusCode(200)
        .body("type", hasItem("fulfilment.dispatched.v1"));
  }

  @Test
  void offers_a_part_and_goes_on_when_the_buyer_rejects_it() {
    var story = Stories.ofNewSeller().paid().requested();
    refuses(story.asks(story.taskPath("offers"), "{'refundMinor':450}"), 422, "OFFER_OUT_OF_RANGE");
    refuses(story.asks(story.taskPath("offers"), "{'refundMinor':-3}"), 422, "OFFER_OUT_OF_RANGE");
    var offerId =
        story
            .asks(story.taskPath("offers"), "{'refundMinor':300}")
            .statusCode(201)
            .body("answerBy", notNullValue())
            .extract()
            .<String>path("offerId");
    refuses(story.asks(story.taskPath("offers"), "{'refundMinor':200}"), 409, "OFFER_LIMIT");

    story.answered(OfferId.of(offerId), OfferAnswer.REJECTED);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            story
                .seller()
                .get("/v1/cancellation-tasks/" + story.request)
                .then()
                .body("state", equalTo("PENDING"))
                .body("offer", nullValue()));
    refuses(story.asks(story.taskPath("decline"), "{}"), 422, "COMMENT_REQUIRED");
    story.asks(story.taskPath("decline"), "{'comment':'already packed'}").statusCode(200);
  }

  @Test
  void cancels_for_the_seller_and_refuses_what_does_not_fit() {
    var story = Stories.ofNewSeller().paid();
    var path = story.orderPath("cancellation");
    refuses(story.asks(path, "{'reason':'BUYER_ASKED'}"), 409, "NO_REQUEST");
    refuses(story.asks(path, "{'reason':'OTHER'}"), 422, "COMMENT_REQUIRED");
    story.asks(story.orderPath("processing"), "{}").statusCode(200);
    refuses(story.asks(story.orderPath("processing"), "{}"), 409, "ALREADY_PROCESSING");
    refuses(
        story.asks(story.orderPath("return-agreements"), "{'units':" + story.units(1) + "}"),
        409,
        "NOT_SHIPPED");
    story
        .asks(path, "{'reason':'OUT_OF_STOCK'}")
        .statusCode(200)
        .body("state", equalTo("CLOSED"))
        .body("lines[0].cancelled", equalTo(2));
    refuses(story.asks(path, "{'reason':'OUT_OF_STOCK'}"), 409, "UNITS_NOT_OPEN");
  }

  @Test
  void ships_cash_on_delivery_in_one_parcel_and_offers_no_money_that_is_not_there() {
    var story = Stories.ofNewSeller().cashOnDelivery().requested();
    refuses(story.asks(story.taskPath("offers"), "{'refundMinor':5}"), 409, "NOTHING_CAPTURED");
    refuses(story.asks(story.orderPath("shipments"), shipping(story, 1)), 422, "ONE_PARCEL_ONLY");
  }

  @Test
  void takes_a_withdrawal_before_the_seller_answers() {
    var story = Stories.ofNewSeller().paid().requested().withdrawn();
    refuses(story.asks(story.taskPath("approval"), "{}"), 409, "REQUEST_CLOSED");
  }

  @Test
  void forbids_what_belongs_to_another_seller_and_hides_it() {
    var story = Stories.ofNewSeller().paid().requested();
    var stranger = UUID.randomUUID();
    for (var path : List.of(story.taskPath("approval"), story.orderPath("processing"))) {
      refuses(post(as("SELLER", stranger), path, "{}"), 403, "FORBIDDEN")
          .body("allowedActions", nullValue());
    }
    refuses(
        as("SELLER", stranger).get("/v1/seller-orders/" + story.order).then(), 404, "NOT_FOUND");
    refuses(
        as("SELLER", stranger).get("/v1/cancellation-tasks/" + story.request).then(),
        404,
        "NOT_FOUND");
    refuses(
        post(as("BUYER", story.ana.value()), story.taskPath("approval"), "{}"), 403, "FORBIDDEN");
    as("SELLER", stranger).get("/v1/seller-orders").then().body("items", empty());
  }

  @Test
  void sorts_tasks_by_the_time_left_and_approves_many_at_once() {
    var lin = new SellerId(UUID.randomUUID());
    var first = Stories.of(lin).paid().requested();
    CLOCK.advance(Duration.ofHours(1));
    var second = Stories.of(lin).paid().requested();
    var withdrawn = Stories.of(lin).paid().requested().withdrawn();

    first
        .seller()
        .get("/v1/cancellation-tasks")
        .then()
        .statusCode(200)
        .body("items.cancellationId", contains(first.request.toString(), second.request.toString()))
        .body("nextCursor", nullValue());
    first
        .seller()
        .get("/v1/cancellation-tasks?state=CLOSED")
        .then()
        .body("items.cancellationId", contains(withdrawn.request.toString()));

    var body =
        "{'cancellationIds':['%s','%s','%s','%s']}"
            .formatted(first.request, withdrawn.request, second.request, UUID.randomUUID());
    var key = UUID.randomUUID().toString();
    for (var time = 0; time < 2; time++) {
      approvals(first, key, body)
          .statusCode(200)
          .body("ok", contains(true, false, true, false))
          .body("code", contains(null, "REQUEST_CLOSED", null, "NOT_FOUND"));
    }
    refuses(
        approvals(first, key, "{'cancellationIds':['" + first.request + "']}"),
        422,
        "IDEMPOTENCY_KEY_REUSED");
    first.seller().get("/v1/cancellation-tasks").then().body("items", empty());
  }

  @Test
  void approves_at_most_a_hundred_at_once() {
    var ids = "'" + UUID.randomUUID() + "',";
    var story = Stories.ofNewSeller();
    refuses(
        story.asks(
            "/v1/cancellation-tasks/approvals",
            "{'cancellationIds':[" + ids.repeat(100) + "'" + UUID.randomUUID() + "']}"),
        422,
        "INVALID");
  }

  @Test
  void shows_the_order_centre_page_by_page() {
    var lin = new SellerId(UUID.randomUUID());
    var oldest = Stories.of(lin).paid();
    CLOCK.advance(Duration.ofMinutes(1));
    var asked = Stories.of(lin).paid().requested();
    CLOCK.advance(Duration.ofMinutes(1));
    var shipped = Stories.of(lin).paid();
    shipped.asks(shipped.orderPath("shipments"), shipped.shipAll()).statusCode(201);

    var firstPage =
        oldest
            .seller()
            .get("/v1/seller-orders?limit=2")
            .then()
            .body("items.orderId", contains(shipped.order.toString(), asked.order.toString()))
            .extract()
            .<String>path("nextCursor");
    oldest
        .seller()
        .get("/v1/seller-orders?limit=2&cursor=" + firstPage)
        .then()
        .body("items.orderId", contains(oldest.order.toString()))
        .body("nextCursor", nullValue());
    oldest
        .seller()
        .get("/v1/seller-orders?state=TO_SHIP&sort=replyBy")
        .then()
        .body("items.orderId", contains(asked.order.toString(), oldest.order.toString()));
    var nearest =
        oldest
            .seller()
            .get("/v1/seller-orders?sort=replyBy&limit=1")
            .then()
            .extract()
            .<String>path("nextCursor");
    oldest
        .seller()
        .get("/v1/seller-orders?sort=replyBy&cursor=" + nearest)
        .then()
        .body("items.orderId", hasSize(2));
    oldest
        .seller()
        .get("/v1/seller-orders?request=PENDING")
        .then()
        .body("items.orderId", contains(asked.order.toString()));
    oldest
        .seller()
        .get("/v1/seller-orders?sort=shipBy&state=SHIPPED")
        .then()
        .body("items.orderId", contains(shipped.order.toString()));
    for (var query : List.of("state=LOST", "sort=price", "limit=0", "limit=201", "cursor=xx")) {
      refuses(oldest.seller().get("/v1/seller-orders?" + query).then(), 422, "INVALID");
    }
  }

  @Test
  void gives_each_tracking_number_to_one_parcel_only() throws Exception {
    var body = "{'carrier':'UPS','trackingNumber':'" + UUID.randomUUID() + "'}";
    var stories = List.of(Stories.ofNewSeller().paid(), Stories.ofNewSeller().paid());
    List<Integer> statuses;
    try (var threads = Executors.newFixedThreadPool(2)) {
      var calls =
          stories.stream()
              .<Callable<Integer>>map(story ->
                  () -> story.asks(story.orderPath("shipments"), body).extract().statusCode())
              .toList();
      statuses = threads.invokeAll(calls).stream().map(future -> future.resultNow()).toList();
    }
    assertThat(statuses).containsExactlyInAnyOrder(201, 422);
    var loser = stories.get(statuses.get(0) == 201 ? 1 : 0);
    refuses(loser.asks(loser.orderPath("shipments"), body), 422, "TRACKING_NUMBER_USED");
  }

  @Test
  void registers_sellers_and_lists_their_products() {
    var platform = UUID.randomUUID();
    var seller = "{'name':'Lin\\u2019s lamps','country':'CN','type':'TOP'}";
    var sellerId =
        post(as("PLATFORM", platform), "/v1/sellers", seller)
            .statusCode(201)
            .extract()
            .<String>path("sellerId");
    as("BUYER", UUID.randomUUID())
        .get("/v1/sellers/" + sellerId)
        .then()
        .statusCode(200)
        .body("type", equalTo("TOP"));
    var product =
        "{'title':'Lamp','category':'light','priceMinor':2950,'currency':'USD',"
            + "'freeReturnCountries':['US'],'returnsAllowed':true}";
    var productId =
        post(as("SELLER", UUID.fromString(sellerId)), "/v1/products", product)
            .statusCode(201)
            .extract()
            .<String>path("productId");
    as("BUYER", UUID.randomUUID())
        .get("/v1/products?category=light&sellerId=" + sellerId)
        .then()
        .statusCode(200)
        .body("items.productId", contains(productId));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(
                    TestTopics.read(
                            MessageFamily.SELLER_ACCOUNTS.topic(), UUID.fromString(sellerId))
                        .stream()
                        .map(record -> TestTopics.header(record, "ce_type").orElse("")))
                .containsExactlyInAnyOrder("SellerRegistered", "ProductListed"));
  }

  @Test
  void a_seller_may_list_products_before_he_is_registered() {
    var rosa = UUID.randomUUID();
    var vase = "{'title':'Vase','category':'home','priceMinor':1500,'currency':'USD'}";
    post(as("SELLER", rosa), "/v1/products", vase)
        .statusCode(201)
        .body("sellerId", equalTo(rosa.toString()));
    as("BUYER", UUID.randomUUID())
        .get("/v1/products?sellerId=" + rosa)
        .then()
        .statusCode(200)
        .body("items.title", contains("Vase"));
    as("BUYER", UUID.randomUUID()).get("/v1/sellers/" + rosa).then().statusCode(404);
  }

  @Test
  void keeps_a_record_of_each_seller_for_him_and_the_platform() {
    var lin = registered();
    var story = Stories.of(lin).paid();
    story.asks(story.orderPath("cancellation"), "{'reason':'OUT_OF_STOCK'}").statusCode(200);

    var path = "/v1/sellers/" + lin + "/record";
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> story.seller().get(path).then().statusCode(200).body("points", equalTo(3)));
    as("PLATFORM", UUID.randomUUID())
        .get(path)
        .then()
        .statusCode(200)
        .body("standing", equalTo("GOOD"))
        .body("restrictedUntil", nullValue())
        .body("entries.code", contains("SELLER_CANCELLED"))
        .body("entries.orderId", contains(story.order.toString()))
        .body("entries.counts", contains(true));
    as("SELLER", UUID.randomUUID()).get(path).then().statusCode(404);
    as("BUYER", story.ana.value()).get(path).then().statusCode(403);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(toldOf(lin)).containsExactly("SellerRegistered", "SellerPenalised"));
    story
        .seller()
        .get("/v1/sellers/" + lin + "/notifications")
        .then()
        .statusCode(200)
        .body("items.find { it.template == 'POINTS' }.details.why", equalTo("SELLER_CANCELLED"));
  }

  @Test
  void changes_a_price_and_shows_what_it_was_and_what_costs_less() {
    var lin = registered();
    var category = "lamps-" + lin;
    var lamp = listed(lin, category, 2_950);
    var cheaper =
        List.of(2_000, 1_000, 2_900, 2_100, 900, 2_200).stream()
            .map(price -> listed(lin, category, price))
            .toList();
    listed(lin, "other-" + lin, 100);
    var path = "/v1/products/" + lamp;

    post(as("SELLER", lin.value()), path + "/price", "{'priceMinor':2950}").statusCode(200);
    post(as("SELLER", lin.value()), path + "/price", "{'priceMinor':2100}")
        .statusCode(200)
        .body("priceMinor", equalTo(2_100));
    refuses(
        post(as("SELLER", UUID.randomUUID()), path + "/price", "{'priceMinor':1}"),
        403,
        "FORBIDDEN");
    refuses(post(as("SELLER", lin.value()), path + "/price", "{'priceMinor':0}"), 422, "INVALID");

    as("BUYER", UUID.randomUUID())
        .get(path + "/price-history")
        .then()
        .statusCode(200)
        .body("priceMinor", contains(2_100, 2_950));
    as("BUYER", UUID.randomUUID())
        .get(path + "/similar")
        .then()
        .statusCode(200)
        .body("priceMinor", contains(900, 1_000, 2_000));
    as("BUYER", UUID.randomUUID())
        .get("/v1/products/" + cheaper.get(2) + "/similar")
        .then()
        .statusCode(200)
        .body("priceMinor", contains(900, 1_000, 2_000, 2_100, 2_100));
    as("BUYER", UUID.randomUUID())
        .get("/v1/products/" + UUID.randomUUID() + "/similar")
        .then()
        .statusCode(404);
  }

  private static String listed(SellerId seller, String category, int priceMinor) {
    var product =
        "{'title':'Lamp','category':'%s','priceMinor':%d,'currency':'USD'}"
            .formatted(category, priceMinor);
    return post(as("SELLER", seller.value()), "/v1/products", product)
        .statusCode(201)
        .extract()
        .path("productId");
  }

  @Test
  void shows_how_reliable_a_seller_is_from_ten_orders_on() {
    var lin = registered();
    var path = "/v1/sellers/" + lin + "/reliability";
    var stories = new ArrayList<Stories>();
    for (var i = 0; i < 9; i++) stories.add(Stories.of(lin).paid());
    var buyer = as("BUYER", UUID.randomUUID());
    buyer.get(path).then().statusCode(200).body("figures", nullValue());
    stories.add(Stories.of(lin).paid());

    var approved = stories.get(0).requested();
    approved.asks(approved.taskPath("approval"), "{}").statusCode(200);
    var declined = stories.get(1).requested();
    declined.asks(declined.taskPath("decline"), "{'comment':'packed'}").statusCode(200);
    var shipped = stories.get(2).requested();
    shipped.asks(shipped.orderPath("shipments"), shipped.shipAll()).statusCode(201);
    buyer
        .get(path)
        .then()
        .statusCode(200)
        .body("figures.orders", equalTo(10))
        .body("figures.approvedPercent", equalTo(33))
        .body("figures.timedOutPercent", equalTo(0))
        .body("figures.answeredByShippingPercent", equalTo(33))
        .body("figures.medianReplySeconds", equalTo(0))
        .body("figures.shippedOnTimePercent", equalTo(100))
        .body("figures.disputesLostPercent", equalTo(0))
        .body("figures.medianMessageReplySeconds", nullValue())
        .body("figures.averageStars", nullValue());

    for (var i = 0; i < 3; i++) stories.get(i).reviewed(5 - i % 2);
    var talk = stories.get(0);
    var messages = "/v1/conversations/" + talk.order + "/messages";
    post(as("BUYER", talk.ana.value()), messages, "{'text':'When?'}").statusCode(201);
    CLOCK.advance(Duration.ofMinutes(5));
    talk.asks(messages, "{'text':'Tomorrow.'}").statusCode(201);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            buyer
                .get(path)
                .then()
                .body("figures.medianMessageReplySeconds", equalTo(300))
                .body("figures.averageStars", equalTo(4.7f)));
    CLOCK.advance(Duration.ofDays(8));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> buyer.get(path).then().body("figures.shippedOnTimePercent", equalTo(10)));
    as("BUYER", UUID.randomUUID())
        .get("/v1/sellers/" + UUID.randomUUID() + "/reliability")
        .then()
        .statusCode(404);
  }

  private static SellerId registered() {
    var body = "{'name':'Lin','country':'CN','type':'STANDARD'}";
    return SellerId.of(
        post(as("PLATFORM", UUID.randomUUID()), "/v1/sellers", body)
            .statusCode(201)
            .extract()
            .path("sellerId"));
  }

  private static List<String> toldOf(SellerId seller) {
    return TestTopics.read(MessageFamily.SELLER_ACCOUNTS.topic(), seller.value()).stream()
        .map(record -> TestTopics.header(record, "ce_type").orElse("?"))
        .toList();
  }

  @Test
  void says_what_is_wrong_with_bad_input() {
    var story = Stories.ofNewSeller().paid();
    var path = story.orderPath("shipments");
    refuses(story.asks(path, "{"), 400, "MALFORMED");
    refuses(story.asks(path, "{'carier':'DHL'}"), 422, "INVALID")
        .body("errors[0].pointer", equalTo("/carier"));
    refuses(story.asks(path, "{'carrier':'D\\u0000L','trackingNumber':'1'}"), 422, "INVALID");
    refuses(story.asks(path, "{'units':[]}"), 422, "INVALID")
        .body("errors.code", containsInAnyOrder("EMPTY", "REQUIRED", "REQUIRED"));
    refuses(
        story.asks(path, "{'units':[{'quantity':1}],'carrier':'D','trackingNumber':'1'}"),
        422,
        "INVALID");
    refuses(
        story.asks(path, "{'units':[null],'carrier':'D','trackingNumber':'1'}"), 422, "INVALID");
    refuses(
        story.asks(
            path,
            "{'units':[{'lineId':'"
                + story.lamps
                + "','quantity':-1}],'carrier':'D','trackingNumber':'1'}"),
        422,
        "INVALID");
    refuses(story.asks(story.orderPath("cancellation"), "{'reason':'BORED'}"), 422, "INVALID");
    refuses(story.asks("/v1/seller-orders/7/processing", "{}"), 400, "MALFORMED");
    refuses(
        story.asks("/v1/seller-orders/" + UUID.randomUUID() + "/processing", "{}"),
        404,
        "NOT_FOUND");
    refuses(
        story.asks("/v1/cancellation-tasks/" + UUID.randomUUID() + "/approval", "{}"),
        404,
        "NOT_FOUND");
    refuses(
        story.seller().contentType("application/json").body("{}").post(path).then(),
        400,
        "IDEMPOTENCY_KEY_MISSING");
    refuses(
        story
            .seller()
            .contentType("application/json")
            .body("{\"cancellationIds\":[\"" + story.request + "\"]}")
            .post("/v1/cancellation-tasks/approvals")
            .then(),
        400,
        "IDEMPOTENCY_KEY_MISSING");
    refuses(given().get("/v1/seller-orders").then(), 401, "UNAUTHENTICATED");
    refuses(
        story
            .seller()
            .header("If-Match", "\"99\"")
            .header("Idempotency-Key", "k")
            .contentType("application/json")
            .body("{}")
            .post(story.orderPath("processing"))
            .then(),
        412,
        "VERSION_MISMATCH");
  }

  @Test
  void keeps_nothing_of_an_order_that_is_not_ready_to_ship() {
    var story = Stories.ofNewSeller().placed();
    var other = Stories.of(story.lin).paid();
    refuses(story.seller().get("/v1/seller-orders/" + story.order).then(), 404, "NOT_FOUND");
    refuses(story.asks(story.orderPath("processing"), "{}"), 404, "NOT_FOUND");
    story.ready(Basis.PAID).known();
    other.seller().get("/v1/seller-orders").then().body("items", hasSize(2));
  }

  @Test
  void X20_lets_a_request_wait_that_comes_before_its_order_is_ready_to_ship() {
    var story = Stories.ofNewSeller().placed().asked();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            as("SIMULATION", UUID.randomUUID())
                .get("/v1/simulation/quiescence")
                .then()
                .body("parked", equalTo(1)));
    story.ready(Basis.PAID).known().pending();
    story.asks(story.taskPath("approval"), "{}").statusCode(200);
  }

  @Test
  void documents_its_operations_by_the_names_that_the_rules_use() {
    given()
        .get("/q/openapi?format=json")
        .then()
        .statusCode(200)
        .body("paths.'/v1/seller-orders/{orderId}/shipments'.post.operationId", equalTo("ship"))
        .body("paths.'/v1/sellers'.post.operationId", not(nullValue()));
  }

  private static ValidatableResponse approvals(Stories story, String key, String body) {
    return story
        .seller()
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(body.replace('\'', '"'))
        .post("/v1/cancellation-tasks/approvals")
        .then();
  }

  private static String shipping(Stories story, int quantity) {
    return "{'units':%s,'carrier':'DHL','trackingNumber':'%s'}"
        .formatted(story.units(quantity), UUID.randomUUID());
  }

  private static ValidatableResponse refuses(
      ValidatableResponse response, int status, String code) {
    return response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("code", equalTo(code))
        .body("now", notNullValue());
  }

  /// The service follows the clock a moment later.
  private static void awaitNow() {
    var expected = ContractJson.format(CLOCK.now());
    await()
        .atMost(PATIENCE)
        .until(() ->
            as("SIMULATION", UUID.randomUUID())
                .get("/v1/simulation/clock")
                .<String>path("now")
                .equals(expected));
  }
}
