package marketplace.simulation.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;

/// The simulation's server as the command line asks it.
final class Server {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DEFAULT_URL = "http://127.0.0.1:8085";

  /// Who types at this machine.
  private static final String ACTOR = "00000000-0000-4000-8000-000000000c11";

  private static final Duration ASKED_EVERY = Duration.ofMillis(300);
  private static final long TOLD_EVERY = Duration.ofSeconds(5).toNanos();

  private final URI address =
      URI.create(System.getenv().getOrDefault("MARKETPLACE_SIMULATION_URL", DEFAULT_URL));
  private final HttpClient http = HttpClient.newHttpClient();

  JsonNode get(String path) {
    return send(HttpRequest.newBuilder(address.resolve(path)).GET());
  }

  JsonNode post(String path, JsonNode body) {
    return send(
        HttpRequest.newBuilder(address.resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  JsonNode delete(String path) {
    return send(HttpRequest.newBuilder(address.resolve(path)).DELETE());
  }

  JsonNode postText(String path, String text) {
    return send(
        HttpRequest.newBuilder(address.resolve(path))
            .header("Content-Type", "application/yaml")
            .POST(BodyPublishers.ofString(text)));
  }

  String text(String path) {
    return exchange(HttpRequest.newBuilder(address.resolve(path)).GET());
  }

  /// Asks again and again what has become of something that was started there.
  ///
  /// @throws IllegalStateException where it failed
  JsonNode awaitEnd(String path) throws InterruptedException {
    var told = "";
    for (var lastTold = 0L; ; ) {
      var view = get(path);
      switch (view.path("state").asText()) {
        case "ENDED" -> {
          return view;
        }
        case "FAILED" -> throw new IllegalStateException(view.path("fault").asText());
        default -> {
          var progress = view.path("progress").asText();
          if (!progress.equals(told) && System.nanoTime() - lastTold > TOLD_EVERY) {
            System.err.println(progress);
            told = progress;
            lastTold = System.nanoTime();
          }
          Thread.sleep(ASKED_EVERY);
        }
      }
    }
  }

  private JsonNode send(HttpRequest.Builder request) {
    return json(exchange(request));
  }

  private String exchange(HttpRequest.Builder request) {
    request
        .header("X-Role", "SIMULATION")
        .header("X-Actor-Id", ACTOR)
        .header("Idempotency-Key", UUID.randomUUID().toString());
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IllegalStateException(told(response.statusCode(), response.body()));
      }
      return response.body();
    } catch (IOException e) {
      throw new IllegalStateException(
          "nobody answers at " + address + "; start the marketplace with ./market up", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String told(int status, String body) {
    try {
      var problem = JSON.readTree(body);
      return "%d %s: %s"
          .formatted(status, problem.path("code").asText(), problem.path("detail").asText());
    } catch (JsonProcessingException e) {
      return status + " " + body;
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
    }
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }
}
