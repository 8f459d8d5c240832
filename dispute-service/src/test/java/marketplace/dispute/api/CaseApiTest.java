package marketplace.dispute.api;

import static io.restassured.RestAssured.given;
import static marketplace.dispute.api.DeliveredOrder.PNG;
import static marketplace.dispute.api.DeliveredOrder.as;
import static marketplace.dispute.api.DeliveredOrder.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import marketplace.contracts.ContractJson;
import marketplace.dispute.DisputeRules;
import marketplace.dispute.evidence.DraftSweeper;
import marketplace.kernel.BuyerId;
import marketplace.kernel.OrderId;
import marketplace.kernel.ReturnPolicy;
import marketplace.kernel.SellerId;
import marketplace.testkit.BadInput;
import marketplace.testkit.Routes;
import marketplace.testkit.ServicePlatform;
import marketplace.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Disputes, returns and evidence over HTTP, on a real PostgreSQL and a real Kafka.
@QuarkusTest
@QuarkusTestResource(
    value = ServicePlatform.class,
    initArgs = @ResourceArg(name = "prefix", value = "dispute"))
class CaseApiTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int CHUNK = 64 * 1024;
  private static final Path FOLDER = Path.of("target/evidence");

  private final DeliveredOrder sale = new DeliveredOrder();
  private final OrderId order = sale.order;
  private final BuyerId ana = sale.ana;
  private final SellerId lin = sale.lin;
  private final TestClock clock = TestClock.shared();

  @Inject DraftSweeper sweeper;
  @Inject DisputeRules rules;

  @BeforeEach
  void an_order_has_been_delivered() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    sale.publish(clock.now(), ReturnPolicy.BUYER_PAYS);
    sale.contact(3, clock.now());
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            as("BUYER", ana.value())
                .get("/v1/orders/{order}/after-sale", order.toString())
                .then()
                .statusCode(200)
                .body("canReturn.size()", equalTo(1))
                .body("canDispute.find { it.reason == 'DAMAGED' }.allowed", equalTo(true)));
  }

  @Test
  void every_operation_has_a_path_that_leads_to_it() {
    assertThat(Routes.wrongOnes(RestAssured.port, rules)).isEmpty();
  }

  @Test
  void nothing_that_nobody_should_send_is_a_fault() throws Exception {
    var json = ContractJson.mapper();
    var dispute = openDispute();
    var wish = json.writeValueAsString(sale.wish());
    var asAna =
        BadInput.to(RestAssured.port, "BUYER", ana.value())
            .command("/v1/disputes", json.writeValueAsString(sale.dispute(List.of())))
            .command("/v1/returns", wish)
            .command(
                "/v1/disputes/" + dispute + "/offers/" + UUID.randomUUID() + "/answer",
                "{\"answer\": \"REJECTED\"}")
            .longerThan(64 * 1024, "/v1/disputes")
            .list("/v1/disputes")
            .list("/v1/returns")
            .unknown("/v1/disputes/{id}")
            .unknown("/v1/returns/{id}")
            .unknown("/v1/returns/{id}/label")
            .unknown("/v1/orders/{id}/after-sale")
            .unknown("/v1/evidence/{id}/content");
    var asLin =
        BadInput.to(RestAssured.port, "SELLER", lin.value())
            .command("/v1/disputes/" + dispute + "/rejection", "{\"comment\": \"No.\"}")
            .command("/v1/disputes/" + dispute + "/offers", json.writeValueAsString(offer(300)));
    var asPlatform =
        BadInput.to(RestAssured.port, "PLATFORM", UUID.randomUUID())
            .command("/v1/disputes/" + dispute + "/ruling", json.writeValueAsString(ruling(100)));
    assertThat(asAna.wrongAnswers()).isEmpty();
    assertThat(asLin.wrongAnswers()).isEmpty();
    assertThat(asPlatform.wrongAnswers()).isEmpty();
  }

  @Test
  void a_dispute_goes_from_the_claim_to_the_ruling() {
    post("BUYER", ana.value(), "/v1/disputes", sale.dispute(List.of()))
        .statusCode(422)
        .body("code", equalTo("EVIDENCE_REQUIRED"));
    post("BUYER", ana.value(), "/v1/disputes", Map.of("orderId", order.toString()))
        .statusCode(422)
        .body("code", equalTo("INVALID"))
        .body("errors.pointer", hasItem("/units"));
    post("BUYER", UUID.randomUUID(), "/v1/disputes", sale.dispute(List.of()))
        .statusCode(403)
        .body("code", equalTo("FORBIDDEN"));
    post("SELLER", lin.value(), "/v1/disputes", sale.dispute(List.of())).statusCode(403);

    var evidence = sale.draft(PNG, "The cup").statusCode(201).extract().<String>path("evidenceId");
    var dispute =
        post("BUYER", ana.value(), "/v1/disputes", sale.dispute(List.of(evidence)))
            .statusCode(201)
            .body("state", equalTo("AWAITING_SELLER"))
            .body("turn", equalTo("SELLER"))
            .body("evidence.mediaType", contains("image/png"))
            .extract()
            .<String>path("disputeId");
    var path = "/v1/disputes/" + dispute;
    as("SELLER", lin.value())
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .multiPart("file", "before.png", PNG)
        .multiPart("caption", "Before packing")
        .post(path + "/evidence")
        .then()
        .statusCode(201);
    as("BUYER", ana.value())
        .get(path)
        .then()
        .body("evidence.mediaType", contains("image/png", "image/png"));

    post("SELLER", UUID.randomUUID(), path + "/acceptance", Map.of()).statusCode(403);
    as("SELLER", UUID.randomUUID()).get(path).then().statusCode(404);
    post("SELLER", lin.value(), path + "/offers", offer(5000))
        .statusCode(422)
        .body("code", equalTo("CLAIM_TOO_HIGH"));
    var offer =
        post("SELLER", lin.value(), path + "/offers", offer(300))
            .statusCode(201)
            .body("state", equalTo("AWAITING_BUYER"))
            .extract()
            .<String>path("standingOffer.offerId");
    post("SELLER", lin.value(), path + "/rejection", Map.of("comment", "No."))
        .statusCode(409)
        .body("code", equalTo("NOT_YOUR_TURN"));
    post("BUYER", ana.value(), path + "/offers/" + offer + "/answer", Map.of("answer", "REJECTED"))
        .statusCode(200)
        .body("standingOffer", nullValue());
    post("BUYER", ana.value(), path + "/offers/" + offer + "/answer", Map.of("answer", "ACCEPTED"))
        .statusCode(409)
        .body("code", equalTo("OFFER_CLOSED"));
    post("BUYER", ana.value(), path + "/escalation", Map.of())
        .statusCode(409)
        .body("code", equalTo("TOO_EARLY"));
    post("PLATFORM", UUID.randomUUID(), path + "/ruling", ruling(100))
        .statusCode(409)
        .body("code", equalTo("NOT_UNDER_REVIEW"));

    DeliveredOrder.passes(Duration.ofDays(3));
    post("BUYER", ana.value(), path + "/escalation", Map.of())
        .statusCode(200)
        .body("state", equalTo("PLATFORM_REVIEW"));
    as("PLATFORM", UUID.randomUUID())
        .queryParam("state", "PLATFORM_REVIEW")
        .get("/v1/disputes")
        .then()
        .statusCode(200)
        .body("items.disputeId", hasItem(dispute));
    post("PLATFORM", UUID.randomUUID(), path + "/ruling", ruling(100_000))
        .statusCode(422)
        .body("code", equalTo("AWARD_OUT_OF_RANGE"));
    post("PLATFORM", UUID.randomUUID(), path + "/ruling", ruling(500))
        .statusCode(200)
        .body("state", equalTo("RESOLVED"))
        .body("resolution.awardMinor", equalTo(500));
    post("BUYER", ana.value(), path + "/withdrawal", Map.of())
        .statusCode(409)
        .body("code", equalTo("CASE_CLOSED"));
    as("BUYER", UUID.randomUUID())
        .get("/v1/disputes")
        .then()
        .statusCode(200)
        .body("items.disputeId", not(hasItem(dispute)));
    as("BUYER", ana.value()).get(path + "/events").then().statusCode(200);
    as("SIMULATION", UUID.randomUUID())
        .post("/v1/simulation/rebuild")
        .then()
        .statusCode(200)
        .body("different", equalTo(0));
  }

  @Test
  void a_return_goes_from_the_wish_to_the_confirmation() {
    var wish = sale.wish();
    var returnId =
        post("BUYER", ana.value(), "/v1/returns", wish)
            .statusCode(201)
            .body("state", equalTo("UNDER_REVIEW"))
            .extract()
            .<String>path("returnId");
    var path = "/v1/returns/" + returnId;
    post("BUYER", ana.value(), "/v1/returns", wish)
        .statusCode(409)
        .body("code", equalTo("CASE_OPEN"));
    as("BUYER", ana.value()).get(path + "/label").then().statusCode(404);
    post("BUYER", ana.value(), path + "/shipment", Map.of("trackingNumber", "B")).statusCode(409);
    post("PLATFORM", UUID.randomUUID(), path + "/approval", Map.of("instructions", "Wrap it well."))
        .statusCode(200)
        .body("state", equalTo("APPROVED"))
        .body("approval.instructions", startsWith("Wrap it well."));
    post("PLATFORM", UUID.randomUUID(), path + "/rejection", Map.of("why", "No."))
        .statusCode(409)
        .body("code", equalTo("NOT_UNDER_REVIEW"));
    post("BUYER", ana.value(), path + "/shipment", Map.of("trackingNumber", "BACK-1"))
        .statusCode(200);
    post("BUYER", ana.value(), path + "/delivery", Map.of()).statusCode(403);
    post("CARRIER", UUID.randomUUID(), path + "/delivery", Map.of())
        .statusCode(200)
        .body("state", equalTo("AT_SELLER"));
    post("SELLER", lin.value(), path + "/confirmation", Map.of())
        .statusCode(200)
        .body("state", equalTo("ACCEPTED"))
        .body("end.refundMinor", equalTo(617));
    as("SELLER", lin.value())
        .get("/v1/returns")
        .then()
        .statusCode(200)
        .body("items.returnId", contains(returnId));
    as("SELLER", lin.value()).queryParam("state", "LOST").get("/v1/returns").then().statusCode(422);
  }

  @Test
  void evidence_is_what_its_content_says_and_for_the_parties_only() throws IOException {
    var before = kept();
    sale.draft("<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8), "A page")
        .statusCode(415)
        .body("code", equalTo("UNSUPPORTED_MEDIA_TYPE"));
    sale.draft(new byte[Math.toIntExact(Uploads.FILE_BYTES_MAX) + 1], "Large")
        .statusCode(413)
        .body("code", equalTo("TOO_LARGE"));
    as("BUYER", ana.value())
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .multiPart("caption", "Nothing")
        .post("/v1/orders/{order}/evidence-drafts", order.toString())
        .then()
        .statusCode(400);
    as("BUYER", UUID.randomUUID())
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .multiPart("file", "cup.png", PNG)
        .post("/v1/orders/{order}/evidence-drafts", order.toString())
        .then()
        .statusCode(403);
    assertThat(inChunks(20 * 1024 * 1024)).as("more than anybody may send").isEqualTo(413);
    assertThat(inChunks(Math.toIntExact(Uploads.FILE_BYTES_MAX) + 1)).isEqualTo(413);
    given()
        .multiPart("file", "cup.png", PNG)
        .post("/v1/orders/{order}/evidence-drafts", order.toString())
        .then()
        .statusCode(401);
    assertThat(kept()).as("nothing that was refused is kept").hasSameElementsAs(before);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(beingUploaded()).isEmpty());

    var key = UUID.randomUUID().toString();
    var evidence = draft(key, PNG).statusCode(201).extract().<String>path("evidenceId");
    draft(key, PNG)
        .statusCode(201)
        .header("Idempotent-Replayed", "true")
        .body("evidenceId", equalTo(evidence));
    assertThat(kept()).hasSize(before.size() + 1).contains(evidence);

    as("BUYER", ana.value()).get("/v1/evidence/{id}/content", evidence).then().statusCode(404);
    post("BUYER", ana.value(), "/v1/disputes", sale.dispute(List.of(evidence))).statusCode(201);
    post("BUYER", ana.value(), "/v1/disputes", sale.dispute(List.of(evidence)))
        .statusCode(409)
        .body("code", equalTo("CASE_OPEN"));
    for (var caller : Map.of("BUYER", ana.value(), "SELLER", lin.value()).entrySet()) {
      var content =
          as(caller.getKey(), caller.getValue())
              .get("/v1/evidence/{id}/content", evidence)
              .then()
              .statusCode(200)
              .contentType("image/png")
              .header("X-Content-Type-Options", "nosniff")
              .header("Content-Disposition", startsWith("attachment"))
              .extract()
              .asByteArray();
      assertThat(content).isEqualTo(PNG);
    }
    as("SELLER", UUID.randomUUID())
        .get("/v1/evidence/{id}/content", evidence)
        .then()
        .statusCode(404);
  }

  @Test
  void a_draft_that_nobody_used_is_removed_after_a_day() throws IOException {
    var unused = sale.draft(PNG, "Unused").statusCode(201).extract().<String>path("evidenceId");
    var used = sale.draft(PNG, "Used").statusCode(201).extract().<String>path("evidenceId");
    post("BUYER", ana.value(), "/v1/disputes", sale.dispute(List.of(used))).statusCode(201);

    sweeper.sweep(Instant.now().plus(Duration.ofHours(24)));
    assertThat(kept()).contains(unused, used);
    sweeper.sweep(Instant.now().plus(Duration.ofHours(26)));
    assertThat(kept()).contains(used).doesNotContain(unused);
  }

  @Test
  void an_upload_that_breaks_off_leaves_nothing() throws IOException {
    var port = RestAssured.port;
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      var head =
          "POST /v1/orders/%s/evidence-drafts HTTP/1.1\r\n".formatted(order)
              + "Host: localhost\r\nX-Role: BUYER\r\nX-Actor-Id: "
              + ana
              + "\r\nIdempotency-Key: broken\r\n"
              + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n"
              + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n"
              + "half of it";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    }
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(beingUploaded()).isEmpty());
  }

  private static List<Path> beingUploaded() throws IOException {
    if (!Files.isDirectory(FOLDER.resolve("uploads"))) return List.of();
    try (var files = Files.walk(FOLDER.resolve("uploads"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /// Sends a file without saying how long it is.
  ///
  /// @return the status of the answer
  private int inChunks(int bytes) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
      var out = socket.getOutputStream();
      out.write(
          ("POST /v1/orders/%s/evidence-drafts HTTP/1.1\r\n".formatted(order)
                  + "Host: localhost\r\nX-Role: BUYER\r\nX-Actor-Id: %s\r\n".formatted(ana)
                  + "Idempotency-Key: %s\r\n".formatted(UUID.randomUUID())
                  + "Content-Type: multipart/form-data; boundary=b\r\n"
                  + "Transfer-Encoding: chunked\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      chunk(out, "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n");
      try {
        for (var left = bytes; left > 0; left -= CHUNK)
          chunk(out, "x".repeat(Math.min(left, CHUNK)));
        chunk(out, "\r\n--b--\r\n");
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
      } catch (SocketException _) {
        // refused before all of it was sent: the answer may still be there to read
      }
      var answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      // HTTP/1.1 413 …
      return Integer.parseInt(answer.readLine().substring(9, 12));
    }
  }

  private static void chunk(OutputStream out, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.US_ASCII);
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private List<String> kept() throws IOException {
    if (!Files.isDirectory(FOLDER)) return List.of();
    try (var files = Files.list(FOLDER)) {
      return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
    }
  }

  private ValidatableResponse draft(String key, byte[] content) {
    return as("BUYER", ana.value())
        .header("Idempotency-Key", key)
        .multiPart("file", "cup.png", content)
        .post("/v1/orders/{order}/evidence-drafts", order.toString())
        .then();
  }

  private String openDispute() {
    var evidence = sale.draft(PNG, "The cup").statusCode(201).extract().<String>path("evidenceId");
    return post("BUYER", ana.value(), "/v1/disputes", sale.dispute(List.of(evidence)))
        .statusCode(201)
        .extract()
        .path("disputeId");
  }

  private static Map<String, Object> offer(int amountMinor) {
    return Map.of("remedy", "REFUND_ONLY", "amountMinor", amountMinor);
  }

  private static Map<String, Object> ruling(int awardMinor) {
    return Map.of(
        "uphold",
        "PARTIAL",
        "awardMinor",
        awardMinor,
        "fault",
        "SELLER",
        "returnRequired",
        false,
        "text",
        "So be it.");
  }
}
