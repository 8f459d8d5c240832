package marketplace.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A short load on a whole market of its own, asked for over HTTP.
class LoadOnMarketTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final ObjectMapper JSON = new ObjectMapper();

  /// What a browser would fetch by itself, unlike a link that somebody has to follow.
  private static final Pattern FETCHED =
      Pattern.compile("(?:src=|<link[^>]*href=|url\\()[\"']?(?:https?:)?//");

  private static final int PER_SECOND = 10;
  private static final int SECONDS = 8;

  @TempDir static Path folder;

  /// Null where the services were not packaged.
  private static @Nullable Platform running;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Platform.isBuilt(HOME), "the services are not packaged");
    var platform = new Platform(HOME, List.of("-XX:TieredStopAtLevel=1"));
    running = platform;
    platform.startServices();
    platform.startSimulation(
        Map.of(
            "MARKETPLACE_LOAD_CLASS_PATH",
            System.getProperty("java.class.path"),
            "MARKETPLACE_LOAD_FOLDER",
            folder.toString()));
  }

  @AfterAll
  static void stop() throws IOException {
    if (running != null) running.close();
  }

  @Test
  void tells_what_the_databases_have_and_leaves_every_invariant() throws Exception {
    var orders = count("order", "order_summaries");
    var payments = count("refund", "payments");
    var shipments = count("seller", "shipments");
    var begun =
        post(
            """
            {"profile": "constant", "ratePerSecond": %d, "seconds": %d, "mix": "lifecycle"}
            """
                .formatted(PER_SECOND, SECONDS));
    assertThat(begun.path("state").asText()).as(begun.toString()).isEqualTo("RUNNING");
    assertThat(post("{\"ratePerSecond\": 1, \"seconds\": 1}").path("code").asText())
        .isEqualTo("LOAD_RUNNING");

    var ended = awaitEnd(begun.path("loadId").asText());
    assertThat(ended.path("state").asText()).as(ended.toPrettyString()).isEqualTo("FINISHED");
    var summary = ended.get("summary");
    var told = summary.toPrettyString();
    assertThat(summary.at("/commands/answered").asInt()).as(told).isEqualTo(PER_SECOND * SECONDS);
    assertThat(summary.at("/commands/failed").asInt()).as(told).isZero();
    assertThat(accepted(summary, "placeOrder"))
        .isPositive()
        .isEqualTo(count("order", "order_summaries") - orders);
    // How far orders get within the time is up to the machine.
    assertThat(accepted(summary, "pay")).isEqualTo(count("refund", "payments") - payments);
    assertThat(accepted(summary, "ship")).isEqualTo(count("seller", "shipments") - shipments);

    assertThat(summary.at("/toFinalEvent/missing").asInt()).as(told).isZero();
    assertThat(summary.at("/toFinalEvent/millis/count").asInt())
        .isEqualTo(summary.at("/commands/accepted").asInt());
    assertThat(summary.path("settledAfterSeconds").isNumber()).as(told).isTrue();
    assertThat(summary.at("/invariants/checked").asInt()).isGreaterThan(15);
    assertThat(summary.at("/invariants/held").asBoolean()).as(told).isTrue();
    requireOfflineReport(Path.of(summary.path("report").asText()));
  }

  /// Or each rate would carry the deadlines of all orders before it.
  @Test
  void a_search_leads_earlier_orders_to_their_end_before_each_rate() throws Exception {
    var before = now();
    var search = search("--rates", "4", "--for", "2s", "--p99", "0.001", "--no-report");

    // Four a second, then two, then one: nobody answers within a microsecond.
    assertThat(search)
        .contains("No rate was held")
        .containsPattern("(?s)(letting earlier orders come to their end.*){3}");
    assertThat(Duration.between(before, now())).isGreaterThan(Duration.ofDays(3 * 150));
  }

  private static Instant now() {
    return Instant.parse(send(request("/v1/clock").GET()).path("now").asText());
  }

  /// @return everything that it has printed
  private static String search(String... arguments) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "marketplace.loadtest.market.LoadCommand",
                "--search",
                "--out",
                folder.resolve("search").toString(),
                "--simulation",
                "http://127.0.0.1:" + platform().port(Platform.SIMULATION),
                "--kafka",
                platform().bootstrapServers()));
    for (var service : List.of("order", "seller", "refund", "dispute")) {
      command.add("--%s=http://127.0.0.1:%d".formatted(service, platform().port(service)));
    }
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }

  private static int accepted(JsonNode summary, String operation) {
    return summary.path("operations").path(operation).path("accepted").asInt();
  }

  private static void requireOfflineReport(Path page) throws IOException {
    assertThat(page).exists();
    try (var files = Files.walk(page.getParent())) {
      for (var file : files.filter(it -> it.toString().matches(".*\\.(html|css)")).toList()) {
        assertThat(FETCHED.matcher(Files.readString(file)).find()).as(file.toString()).isFalse();
      }
    }
  }

  private static int count(String service, String table) throws SQLException {
    try (var database = platform().connect(platform().database(service));
        var rows = database.prepareStatement("select count(*) from " + table)) {
      return Math.toIntExact(Platform.count(rows));
    }
  }

  private static JsonNode awaitEnd(String loadId) {
    var last = new JsonNode[1];
    Platform.await(
        "the end of the load",
        () -> {
          last[0] = send(request("/v1/load/" + loadId).GET());
          return !last[0].path("state").asText().equals("RUNNING");
        });
    return last[0];
  }

  private static JsonNode post(String body) {
    return send(
        request("/v1/load")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + platform().port(Platform.SIMULATION)).resolve(path))
        .header("X-Role", "SIMULATION")
        .header("X-Actor-Id", "00000000-0000-4000-8000-000000000001");
  }

  private static JsonNode send(HttpRequest.Builder request) {
    try (var http = HttpClient.newHttpClient()) {
      return JSON.readTree(http.send(request.build(), BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Platform platform() {
    var platform = running;
    if (platform == null) throw new IllegalStateException("nothing was started");
    return platform;
  }
}
