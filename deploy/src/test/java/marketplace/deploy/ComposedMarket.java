package marketplace.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import marketplace.platform.Loopback;

/// The market of `docker-compose.yml` beside any other one of this machine: with a name, ports and
/// volumes of its own, and nobody in it.
final class ComposedMarket {
  static final String SIMULATION = "simulation";
  static final String ORDER = "order";

  private static final List<String> WITH_PORT =
      List.of("postgres", "kafka", "mail", ORDER, "seller", "refund", "dispute", SIMULATION);

  /// Of which the health can be asked for by HTTP.
  private static final List<String> APPLICATIONS =
      List.of(ORDER, "seller", "refund", "dispute", SIMULATION);

  /// Most of it is spent by building the images.
  private static final Duration COMMAND_MAX = Duration.ofMinutes(20);

  private static final Duration READY_MAX = Duration.ofMinutes(3);
  private static final Duration ANSWER_MAX = Duration.ofMinutes(5);
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final String LOG_LINES = "10";
  private static final int OK = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Integer> ports = new TreeMap<>();
  private final Map<String, String> environment = new TreeMap<>();
  private final HttpClient http = HttpClient.newHttpClient();

  ComposedMarket() {
    for (var name : WITH_PORT) {
      var port = Loopback.freePort();
      ports.put(name, port);
      environment.put("MARKET_%s_PORT".formatted(name.toUpperCase(Locale.ROOT)), "" + port);
    }
    environment.put("COMPOSE_PROJECT_NAME", "marketplace-test-" + ProcessHandle.current().pid());
    environment.put("MARKET_POPULATION", "none");
  }

  /// As somebody would type it: the images are built anew.
  void up() {
    var market = DeployFiles.ROOT.resolve("market").toString();
    orTellWhy(() -> run(market, "up", "--compose", "--no-population"));
  }

  /// Starts whatever does not run, and returns when all of it is well.
  void start() {
    orTellWhy(() -> compose("up", "--detach", "--wait"));
  }

  /// Why a container is not well stands in its log alone, and the log goes with it.
  private void orTellWhy(Runnable start) {
    try {
      start.run();
      awaitReady();
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + compose("logs", "--tail", LOG_LINES), e);
    }
  }

  void kill(String container) {
    compose("kill", container);
  }

  /// The volumes stay.
  void down() {
    compose("down");
  }

  void remove() {
    compose("down", "--volumes");
  }

  List<String> containers() {
    return compose("ps", "--services").lines().filter(name -> !name.isBlank()).toList();
  }

  private String compose(String... arguments) {
    var command = new ArrayList<>(List.of("docker", "compose"));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  /// Compose believes that all is well for some seconds after it no longer is.
  private void awaitReady() {
    var end = System.nanoTime() + READY_MAX.toNanos();
    for (var name : APPLICATIONS) {
      while (!isReady(name)) {
        if (System.nanoTime() > end) {
          throw new AssertionError("%s is not ready after %s".formatted(name, READY_MAX));
        }
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
      }
    }
  }

  private boolean isReady(String name) {
    try {
      var request = HttpRequest.newBuilder(at(name, "/q/health/ready")).timeout(ANSWER_MAX).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  JsonNode get(String application, String role, String path) {
    return send(HttpRequest.newBuilder(at(application, path)).GET(), role);
  }

  JsonNode post(String application, String role, String path) {
    return send(HttpRequest.newBuilder(at(application, path)).POST(BodyPublishers.noBody()), role);
  }

  private JsonNode send(HttpRequest.Builder request, String role) {
    request
        .timeout(ANSWER_MAX)
        .header("Content-Type", "application/json")
        .header("X-Role", role)
        .header("X-Actor-Id", UUID.randomUUID().toString())
        .header("Idempotency-Key", UUID.randomUUID().toString());
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() != OK) {
        throw new AssertionError(
            "%s: %d %s".formatted(response.uri(), response.statusCode(), response.body()));
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private URI at(String application, String path) {
    return URI.create("http://%s:%d%s".formatted(Loopback.HOST, ports.get(application), path));
  }

  /// @return what it says
  private String run(String... command) {
    try {
      var said = Files.createTempFile("composed-market-", ".txt");
      try {
        return run(said, command);
      } finally {
        Files.delete(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private String run(Path said, String... command) throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(command)
            .directory(DeployFiles.ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    if (!process.waitFor(COMMAND_MAX.toMillis(), TimeUnit.MILLISECONDS)) process.destroy();
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", command) + ": " + Files.readString(said));
    }
    return Files.readString(said);
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(e);
  }
}
