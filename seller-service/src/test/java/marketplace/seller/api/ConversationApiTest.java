package marketplace.seller.api;

import static io.restassured.RestAssured.given;
import static marketplace.seller.api.Stories.CLOCK;
import static marketplace.seller.api.Stories.PATIENCE;
import static marketplace.seller.api.Stories.as;
import static marketplace.seller.api.Stories.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
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
import java.time.Duration;
import java.util.UUID;
import marketplace.contracts.ContractJson;
import marketplace.contracts.MessageFamily;
import marketplace.contracts.SellerMessage;
import marketplace.testkit.BadInput;
import marketplace.testkit.ServicePlatform;
import marketplace.testkit.TestTopics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
    value = ServicePlatform.class,
    initArgs = @ResourceArg(name = "prefix", value = "seller"))
class ConversationApiTest {
  private static final int MESSAGES_PER_DAY = 10;

  @BeforeEach
  void is_ready() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
  }

  @Test
  void lets_both_sides_talk_before_anything_is_to_be_shipped_and_tells_the_others() {
    var story = talking();
    byBuyer(story, "{'template':'CHANGED_MIND'}")
        .statusCode(201)
        .body("messageId", notNullValue())
        .body("hint", nullValue());
    bySeller(story, "{'text':'Of course <b>not</b>.'}").statusCode(201);

    as("BUYER", story.ana.value())
        .get(path(story))
        .then()
        .statusCode(200)
        .body("items.from", contains("SELLER", "BUYER"))
        .body("items[0].text", equalTo("Of course <b>not</b>."))
        .body("items[0].to", equalTo("BUYER"))
        .body("items[1].template", equalTo("CHANGED_MIND"))
        .body("items[1].text", containsString(story.order.number()));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(story.told()).containsExactly("MessageSent", "MessageSent"));
    var told = TestTopics.read(MessageFamily.SELLER.topic(), story.order.value()).getFirst();
    assertThat(TestTopics.header(told, "ce_subject")).contains("conversation-" + story.order);
    var message =
        MessageFamily.SELLER.read("MessageSent", told.value().getBytes(StandardCharsets.UTF_8));
    assertThat(message)
        .isInstanceOfSatisfying(
            SellerMessage.MessageSent.class,
            sent -> {
              assertThat(sent.from()).isEqualTo(SellerMessage.Correspondent.BUYER);
              assertThat(sent.text()).contains(story.order.number());
            });
  }

  @Test
  void shows_it_page_by_page_newest_first() {
    var story = talking();
    for (var text : new String[] {"one", "two", "three"}) {
      byBuyer(story, "{'text':'" + text + "'}").statusCode(201);
    }
    var first =
        as("SELLER", story.lin.value())
            .get(path(story) + "?limit=2")
            .then()
            .body("items.text", contains("three", "two"))
            .extract()
            .<String>path("nextCursor");
    as("SELLER", story.lin.value())
        .get(path(story) + "?limit=2&cursor=" + first)
        .then()
        .body("items.text", contains("one"))
        .body("nextCursor", nullValue());
    as("SELLER", story.lin.value()).get(path(story) + "?cursor=x").then().statusCode(422);
    as("SELLER", story.lin.value()).get(path(story) + "?limit=0").then().statusCode(422);
  }

  @Test
  void hides_it_from_everybody_else() {
    var story = talking();
    var stranger = UUID.randomUUID();
    as("BUYER", stranger).get(path(story)).then().statusCode(404);
    as("SELLER", stranger).get(path(story)).then().statusCode(404);
    refuses(post(as("BUYER", stranger), path(story), "{'text':'hi'}"), 403, "FORBIDDEN");
    refuses(post(as("SELLER", stranger), path(story), "{'text':'hi'}"), 403, "FORBIDDEN");
    refuses(post(as("CARRIER", stranger), path(story), "{'text':'hi'}"), 403, "FORBIDDEN");
    refuses(
        post(as("BUYER", stranger), "/v1/conversations/" + stranger + "/messages", "{'text':'hi'}"),
        404,
        "NOT_FOUND");
  }

  @Test
  void takes_either_a_template_or_a_text_of_2000_characters() {
    var story = talking();
    byBuyer(story, "{'text':'" + "x".repeat(2_000) + "'}").statusCode(201);
    for (var wrong :
        new String[] {
          "{}",
          "{'text':' '}",
          "{'text':'" + "x".repeat(2_001) + "'}",
          "{'text':'hi','template':'TOO_SLOW'}",
          "{'template':'NO_SUCH'}"
        }) {
      refuses(byBuyer(story, wrong), 422, "INVALID");
    }
    var wrong =
        BadInput.to(RestAssured.port, "BUYER", story.ana.value())
            .command(path(story), "{\"text\": \"hello\"}")
            .unknown("/v1/conversations/{id}/messages")
            .wrongAnswers();
    assertThat(wrong).isEmpty();
  }

  @Test
  void stops_whoever_writes_too_often_until_a_day_has_passed() {
    var story = talking();
    var first = CLOCK.now();
    for (var i = 0; i < MESSAGES_PER_DAY; i++) byBuyer(story, "{'text':'?'}").statusCode(201);
    refuses(byBuyer(story, "{'text':'?'}"), 429, "MESSAGE_LIMIT")
        .header("Retry-After", equalTo(String.valueOf(Duration.ofHours(24).toSeconds())))
        .body("deadline", equalTo(ContractJson.format(first.plus(Duration.ofHours(24)))));
    bySeller(story, "{'text':'Patience.'}").statusCode(201);

    CLOCK.advance(Duration.ofHours(24));
    await().atMost(PATIENCE).untilAsserted(() -> byBuyer(story, "{'text':'?'}").statusCode(201));
  }

  @Test
  void tells_a_buyer_who_waits_for_an_answer_that_he_has_written_already() {
    var story = Stories.ofNewSeller().paid().requested();
    byBuyer(story, "{'text':'?'}").statusCode(201).body("hint", nullValue());
    bySeller(story, "{'text':'!'}").body("hint", nullValue());
    bySeller(story, "{'text':'!'}").body("hint", nullValue());
    byBuyer(story, "{'text':'?'}").body("hint", equalTo("you have already written"));
    story.asks(story.taskPath("approval"), "{}").statusCode(200);
    byBuyer(story, "{'text':'?'}").statusCode(201).body("hint", nullValue());
  }

  @Test
  void offers_words_to_those_who_have_none() {
    as("BUYER", UUID.randomUUID())
        .get("/v1/message-templates")
        .then()
        .statusCode(200)
        .body("", hasSize(5))
        .body("template", hasItem("TOO_SLOW"))
        .body("text", hasItem(containsString("{orderNumber}")));
  }

  /// Placed, and known to the service.
  private static Stories talking() {
    var story = Stories.ofNewSeller().placed();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            as("BUYER", story.ana.value())
                .get(path(story))
                .then()
                .statusCode(200)
                .body("items", empty()));
    return story;
  }

  private static String path(Stories story) {
    return "/v1/conversations/" + story.order + "/messages";
  }

  private static ValidatableResponse byBuyer(Stories story, String body) {
    return post(as("BUYER", story.ana.value()), path(story), body);
  }

  private static ValidatableResponse bySeller(Stories story, String body) {
    return post(story.seller(), path(story), body);
  }

  private static ValidatableResponse refuses(
      ValidatableResponse response, int status, String code) {
    return response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("code", equalTo(code));
  }
}
