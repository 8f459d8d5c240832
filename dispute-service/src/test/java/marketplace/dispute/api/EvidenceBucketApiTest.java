package marketplace.dispute.api;

import static io.restassured.RestAssured.given;
import static marketplace.dispute.api.DeliveredOrder.PNG;
import static marketplace.dispute.api.DeliveredOrder.as;
import static marketplace.dispute.api.DeliveredOrder.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import marketplace.dispute.evidence.BucketServer;
import marketplace.dispute.evidence.DraftSweeper;
import marketplace.dispute.evidence.EvidenceBucket;
import marketplace.dispute.evidence.EvidenceSettings;
import marketplace.dispute.evidence.EvidenceStore;
import marketplace.kernel.EvidenceId;
import marketplace.kernel.ReturnPolicy;
import marketplace.testkit.ServicePlatform;
import marketplace.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Evidence of a service that keeps it in a bucket: callers notice nothing.
@QuarkusTest
@QuarkusTestResource(
    value = ServicePlatform.class,
    initArgs = @ResourceArg(name = "prefix", value = "dispute"))
@QuarkusTestResource(value = BucketResource.class, restrictToAnnotatedClass = true)
class EvidenceBucketApiTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final DeliveredOrder sale = new DeliveredOrder();

  @Inject DraftSweeper sweeper;
  @Inject EvidenceStore store;
  @Inject EvidenceSettings settings;

  @BeforeEach
  void something_was_delivered() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    var now = TestClock.shared().now();
    sale.publish(now, ReturnPolicy.FREE);
    sale.contact(3, now);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            as("BUYER", sale.ana.value())
                .get("/v1/orders/{order}/after-sale", sale.order.toString())
                .then()
                .statusCode(200)
                .body("windowOpen", equalTo(true)));
  }

  @Test
  void what_was_sent_comes_back_as_it_was() throws IOException {
    var evidence = sale.draft(PNG, "The cup").statusCode(201).extract().<String>path("evidenceId");
    assertThat(kept()).contains(evidence);
    post("BUYER", sale.ana.value(), "/v1/disputes", sale.dispute(List.of(evidence)))
        .statusCode(201);
    var content =
        as("SELLER", sale.lin.value())
            .get("/v1/evidence/{id}/content", evidence)
            .then()
            .statusCode(200)
            .contentType("image/png")
            .extract()
            .asByteArray();
    assertThat(content).isEqualTo(PNG);
  }

  @Test
  void what_is_refused_is_not_kept() throws IOException {
    var before = kept();
    sale.draft("<html></html>".getBytes(java.nio.charset.StandardCharsets.UTF_8), "A page")
        .statusCode(415);
    as("BUYER", UUID.randomUUID())
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .multiPart("file", "cup.png", PNG)
        .post("/v1/orders/{order}/evidence-drafts", sale.order.toString())
        .then()
        .statusCode(403);
    assertThat(kept()).isEqualTo(before);
  }

  @Test
  void a_draft_that_nobody_used_is_removed_after_a_day() throws IOException {
    var unused = sale.draft(PNG, "Unused").statusCode(201).extract().<String>path("evidenceId");
    var used = sale.draft(PNG, "Used").statusCode(201).extract().<String>path("evidenceId");
    post("BUYER", sale.ana.value(), "/v1/disputes", sale.dispute(List.of(used))).statusCode(201);

    sweeper.sweep(Instant.now().plus(Duration.ofHours(24)));
    assertThat(kept()).contains(unused, used);
    sweeper.sweep(Instant.now().plus(Duration.ofHours(26)));
    assertThat(kept()).contains(used).doesNotContain(unused);
  }

  @Test
  void while_the_bucket_is_away_callers_are_asked_to_try_again() throws Exception {
    bucket("PUT");
    try {
      sale.draft(PNG, "The cup")
          .statusCode(503)
          .header("Retry-After", "1")
          .body("code", equalTo("NOT_READY"));
    } finally {
      bucket("DELETE");
    }
    sale.draft(PNG, "The cup").statusCode(201);
  }

  /// Sends the bucket away, or calls it back.
  private void bucket(String method) throws Exception {
    var endpoint = settings.s3().orElseThrow().endpoint().orElseThrow();
    var request =
        HttpRequest.newBuilder(endpoint.resolve(BucketServer.AWAY))
            .method(method, BodyPublishers.noBody())
            .build();
    try (var http = HttpClient.newHttpClient()) {
      assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
    }
  }

  /// As the bucket lists it.
  private List<String> kept() throws IOException {
    assertThat(store).isInstanceOf(EvidenceBucket.class);
    return store.keptBefore(Instant.MAX).stream().map(EvidenceId::toString).toList();
  }
}
