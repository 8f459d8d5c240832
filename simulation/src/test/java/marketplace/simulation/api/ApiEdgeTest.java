package marketplace.simulation.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import marketplace.platform.Loopback;
import marketplace.testkit.BadInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the simulation answers to callers and bodies that it should not be given, with no
/// marketplace behind it.
@QuarkusTest
@TestProfile(ApiEdgeTest.Alone.class)
class ApiEdgeTest {
  public static final class Alone implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.http.test-port",
          "0",
          "marketplace.kafka.bootstrap-servers",
          Loopback.HOST + ":" + Loopback.freePort());
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "html", "text/html;charset=UTF-8",
          "svg", "image/svg+xml",
          "csv", "text/csv;charset=UTF-8");
  private static final String ACTOR = "0b6f0a5e-0000-4000-8000-000000000001";

  @TestHTTPResource("/")
  URI server = URI.create("");

  @ParameterizedTest(name = "{0} {1} as {2}: {3} {4}")
  @CsvSource({
    "GET,  /v1/clock,        '',         401, UNAUTHENTICATED",
    "GET,  /v1/clock,        KING,       401, UNAUTHENTICATED",
    "GET,  /v1/clock,        BUYER,      403, FORBIDDEN",
    "POST, /v1/clock,        PLATFORM,   403, FORBIDDEN",
    "GET,  /v1/clock,        PLATFORM,   503, NOT_READY",
    "GET,  /v1/faults,       PLATFORM,   503, NOT_READY",
    "GET,  /v1/rejected?limit=0, PLATFORM, 422, INVALID",
    "GET,  /v1/processes,    PLATFORM,   409, NO_LAUNCHER",
    "POST, /v1/processes/order/kill, PLATFORM, 403, FORBIDDEN",
    "GET,  /v1/timeline/x,   SIMULATION, 404, NOT_FOUND",
    "GET,  /v1/no-such-path, SIMULATION, 404, NOT_FOUND",
    "PUT,  /v1/clock,        SIMULATION, 405, METHOD_NOT_ALLOWED",
  })
  void knows_who_may_ask_what(String method, String path, String role, int status, String code)
      throws Exception {
    refused(send(request(path, role).method(method, BodyPublishers.ofString("{}"))), status, code);
  }

  @ParameterizedTest(name = "{0} {1}: {2} {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/clock                     | {\"rate\":            | 400 | MALFORMED",
        "/v1/clock                     | [1]                   | 400 | MALFORMED",
        "/v1/clock                     | {}                    | 422 | INVALID",
        "/v1/clock                     | {\"rat\": 1}          | 422 | INVALID",
        "/v1/clock                     | {\"rate\": \"fast\"}  | 422 | INVALID",
        "/v1/clock                     | {\"rate\": -1}        | 422 | INVALID",
        "/v1/clock                     | {\"rate\": 1e30}      | 422 | INVALID",
        "/v1/clock                     | {\"frozen\": false}   | 422 | INVALID",
        "/v1/clock                     | {\"stepBy\": \"72h\"} | 422 | INVALID",
        "/v1/clock                     | {\"rate\": 0}         | 503 | NOT_READY",
        "/v1/policies                  | {\"policyId\": \"a\"} | 422 | INVALID",
        "/v1/runs                      | {\"seed\": \"x\"}    | 422 | INVALID",
        "/v1/runs                      | {\"sede\": 1}         | 422 | INVALID",
        "/v1/runs                      | {\"workload\": {\"orders\": 0}} | 422 | INVALID",
        "/v1/runs                      | {\"workload\": 7}     | 422 | INVALID",
        "/v1/runs                      | {\"rate\": 0}         | 422 | INVALID",
        "/v1/runs                      | {\"rate\": 100001}    | 422 | INVALID",
        "/v1/runs                      | {\"rate\": \"fast\"} | 422 | INVALID",
        "/v1/runs                      | {\"rate\": 20000}     | 503 | NOT_READY",
        "/v1/runs                      | {}                    | 503 | NOT_READY",
        "/v1/experiments               | {}                    | 422 | INVALID",
        "/v1/experiments               | {\"policies\": [\"NONE_SUCH\"]} | 422 | INVALID",
        "/v1/experiments               | {\"policies\": [\"FAST_48H\"]} | 422 | INVALID",
        "/v1/race-explorations         | {}                    | 422 | INVALID",
        "/v1/race-explorations | {\"given\": \"paid\", \"actions\": [\"fly\"]} | 422 | INVALID",
        "/v1/race-explorations | {\"given\": \"paid\", \"actions\": []} | 422 | INVALID",
        "/v1/race-explorations | {\"given\": \"paid\", \"actions\": [\"ship\"], \"speed\": 1} | 422"
            + " | INVALID",
        "/v1/race-explorations | {\"given\": \"paid\", \"actions\": [\"ship\"], \"policy\":"
            + " \"NONE_SUCH\"} | 422 | INVALID",
        "/v1/race-explorations | {\"given\": \"paid\", \"actions\": [\"ship\"], \"atOnce\": 2} |"
            + " 422 | INVALID",
        "/v1/race-explorations | {\"given\": \"paid\", \"actions\": [\"ship\"], \"live\": true} |"
            + " 503 | NOT_READY",
        "/v1/replays                   | {}                    | 503 | NOT_READY",
        "/v1/replays/0b6f0a5e-0000-4000-8000-000000000009 | {} | 404 | NOT_FOUND",
        "/v1/injections                | {}                    | 422 | INVALID",
        "/v1/injections                | {\"topic\": \"mine\"} | 422 | INVALID",
        "/v1/load                      | {}                    | 422 | INVALID",
        "/v1/load | {\"ratePerSecond\": 0, \"seconds\": 1}    | 422 | INVALID",
        "/v1/load | {\"ratePerSecond\": 5001, \"seconds\": 1} | 422 | INVALID",
        "/v1/load | {\"ratePerSecond\": 1, \"seconds\": 3601} | 422 | INVALID",
        "/v1/load | {\"ratePerSecond\": 1, \"seconds\": 1, \"rate\": 1}       | 422 | INVALID",
        "/v1/load | {\"ratePerSecond\": 1, \"seconds\": 1, \"mix\": \"--out\"} | 422 | INVALID",
        "/v1/load | {\"ratePerSecond\": 1, \"seconds\": 1, \"profile\": \"x\"} | 422 | INVALID",
        "/v1/load | {\"ratePerSecond\": 1, \"seconds\": 1} | 409 | LOAD_NOT_POSSIBLE",
        "/v1/injections                | {\"type\": \"None\", \"key\": \"k\"} | 422 | INVALID",
        "/v1/injections                | {\"type\": \"OrderPlaced\", \"key\": \"k\", \"data\": {},"
            + " \"malformed\": \"odd\"} | 422 | INVALID",
        "/v1/injections                | {\"type\": \"OrderPlaced\", \"key\": \"k\"} | 422 |"
            + " INVALID",
        "/v1/injections                | {\"type\": \"OrderPlaced\", \"key\": \"k\", \"malformed\":"
            + " \"json\"} | 503 | NOT_READY",
        "/v1/faults                    | {}                    | 422 | INVALID",
        "/v1/faults                    | {\"rules\": [{}]}    | 422 | INVALID",
        "/v1/faults                    | {\"rules\": [], \"service\": \"mail\"} | 422 | INVALID",
        "/v1/faults                    | {\"rules\": [], \"owner\": \"a b\"} | 422 | INVALID",
        "/v1/faults                    | {\"rules\": [{\"kind\": \"SETTLEMENT_LOST\"}]} | 422 |"
            + " INVALID",
        "/v1/faults                    | {\"rules\": [{\"kind\": \"SETTLEMENT_LOST\"}],"
            + " \"service\": \"refund-service\"} | 503 | NOT_READY",
        "/v1/processes/order/kill      | {}                    | 409 | NO_LAUNCHER",
        "/v1/processes/order/tease     | {}                    | 422 | INVALID",
        "/v1/processes/simulation/kill | {}                    | 422 | INVALID",
        "/v1/scenarios/none/execution  | {}                    | 404 | NOT_FOUND",
        "/v1/scenarios/S07/execution   | {}                    | 404 | NOT_FOUND",
        "/v1/scenarios/s02/execution   | {}                    | 503 | NOT_READY",
      })
  void refuses_what_it_cannot_understand(String path, String body, int status, String code)
      throws Exception {
    refused(
        send(command(path, UUID.randomUUID().toString()).POST(BodyPublishers.ofString(body))),
        status,
        code);
  }

  @Test
  void nothing_that_nobody_should_send_is_a_fault() {
    var wrong =
        BadInput.to(server.getPort(), "SIMULATION", UUID.fromString(ACTOR))
            .unversioned()
            .command("/v1/clock", "{\"rate\": 60}")
            .command(
                "/v1/load",
                "{\"profile\": \"ramp\", \"ratePerSecond\": 5, \"seconds\": 5, \"mix\": \"reads\"}")
            .command("/v1/policies", "{\"policyId\": \"PATIENT\", \"payWithin\": \"P30D\"}")
            .command(
                "/v1/injections",
                "{\"topic\": \"order.events.v1\", \"key\": \"%s\", \"type\": \"OrderCompleted\","
                        .formatted(ACTOR)
                    + " \"data\": {}, \"copies\": 2, \"delayMillis\": 5}")
            .longerThan(1024 * 1024, "/v1/injections")
            .wrongAnswers();
    assertThat(wrong).isEmpty();
  }

  @Test
  void asks_for_a_key_with_every_command() throws Exception {
    var without = request("/v1/clock", "SIMULATION").POST(BodyPublishers.ofString("{\"rate\":1}"));
    refused(send(without), 400, "IDEMPOTENCY_KEY_MISSING");
  }

  @Test
  void answers_a_repeated_command_as_before() throws Exception {
    var key = UUID.randomUUID().toString();
    var first = send(command("/v1/clock", key).POST(BodyPublishers.ofString("{\"rate\": -1}")));
    var again = send(command("/v1/clock", key).POST(BodyPublishers.ofString("{\"rate\": -1}")));
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
    var other = send(command("/v1/clock", key).POST(BodyPublishers.ofString("{\"rate\": -2}")));
    refused(other, 422, "IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void does_not_keep_an_answer_that_asks_for_another_try() throws Exception {
    var key = UUID.randomUUID().toString();
    for (var attempt = 0; attempt < 2; attempt++) {
      var answer = send(command("/v1/clock", key).POST(BodyPublishers.ofString("{\"rate\": 0}")));
      refused(answer, 503, "NOT_READY");
      assertThat(answer.headers().firstValue("Retry-After")).contains("1");
      assertThat(answer.headers().firstValue("Idempotent-Replayed")).isEmpty();
    }
  }

  @Test
  void tells_its_stories_to_those_who_may_look() throws Exception {
    var answer = send(request("/v1/scenarios", "PLATFORM").GET());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).findValuesAsText("name")).contains("seller-times-out");
  }

  @Test
  void explores_a_race_in_memory() throws Exception {
    var path =
        started(
            "/v1/race-explorations",
            "explorationId",
            "{\"given\": \"paid\", \"actions\": [\"request\", \"ship\"], \"interleave\": true}");
    var result = awaitEnd(path).get("result");
    assertThat(result.get("orders")).hasSize(2);
    assertThat(result.at("/orders/1/acts/1/code").asText()).isEqualTo("ALREADY_SHIPPED");
    assertThat(result.get("interleaved").get("outcomes")).hasSize(3);
  }

  @Test
  void compares_policies_in_memory_and_hands_out_the_report() throws Exception {
    var path =
        started(
            "/v1/experiments",
            "experimentId",
            "{\"policies\": [\"STANDARD_72H\", \"FAST_48H\"], \"workload\": {\"orders\": 20}}");
    var view = awaitEnd(path);
    assertThat(view.get("table")).isNotEmpty();
    assertThat(view.get("files")).isNotEmpty();
    for (var name : view.get("files")) {
      var file = send(request(path + "/" + name.asText(), "PLATFORM").GET());
      assertThat(file.statusCode()).as(name.asText()).isEqualTo(200);
      assertThat(file.headers().firstValue("Content-Type").orElse(""))
          .isEqualToIgnoringCase(MEDIA_TYPES.get(extension(name.asText())));
      assertThat(file.body()).isNotEmpty();
    }
    refused(send(request(path + "/values.xls", "PLATFORM").GET()), 404, "NOT_FOUND");
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /// @return where to ask what has become of it
  private String started(String path, String id, String body) throws Exception {
    var started =
        send(command(path, UUID.randomUUID().toString()).POST(BodyPublishers.ofString(body)));
    assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
    return path + "/" + json(started).get(id).asText();
  }

  private JsonNode awaitEnd(String path) throws Exception {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> json(send(request(path, "PLATFORM").GET())).get("state").asText(),
            "ENDED"::equals);
    return json(send(request(path, "PLATFORM").GET()));
  }

  private HttpRequest.Builder command(String path, String key) {
    return request(path, "SIMULATION").header("Idempotency-Key", key);
  }

  private HttpRequest.Builder request(String path, String role) {
    var request =
        HttpRequest.newBuilder(server.resolve(path))
            .header("X-Actor-Id", ACTOR)
            .header("Content-Type", "application/json");
    return role.isEmpty() ? request : request.header("X-Role", role);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }

  /// Its type leads to a page that explains it.
  private void refused(HttpResponse<String> answer, int status, String code) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(json(answer).path("code").asText()).isEqualTo(code);
    assertThat(json(answer).path("instance").asText()).startsWith("/v1/");
    var page = send(HttpRequest.newBuilder(server.resolve(json(answer).path("type").asText())));
    assertThat(page.statusCode()).as(code).isEqualTo(200);
    assertThat(page.body()).contains("<h1>" + code + "</h1>");
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }
}
