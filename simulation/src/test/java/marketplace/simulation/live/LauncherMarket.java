package marketplace.simulation.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import marketplace.platform.Loopback;
import marketplace.simulation.memory.MemoryServices;
import marketplace.simulation.world.Catalogue;
import marketplace.simulation.world.Reply;

/// The whole market as `./market up` starts it, in a home of its own: the programs are those of
/// this repository, the data and the logs are not.
final class LauncherMarket implements AutoCloseable {
  private static final Path REPOSITORY = Path.of(System.getProperty("live.modules", ".."));
  private static final Set<String> OWN = Set.of(".market", "target", ".git");
  private static final Duration UP_MAX = Duration.ofMinutes(5);
  private static final Duration ANSWER_MAX = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Of these none is taken by another program, as far as one can know.
  private static final List<Integer> OFFSETS = List.of(1, 2, 3, 4, 5, 11, 12, 13, 14, 1012, 1014);

  private final Path home;
  private final int firstPort;
  private final HttpClient http = HttpClient.newHttpClient();

  private LauncherMarket(Path home, int firstPort) {
    this.home = home;
    this.firstPort = firstPort;
  }

  /// Was everything packaged that `./market` starts?
  static boolean isBuilt() {
    return RunningServices.areBuilt()
        && Files.exists(REPOSITORY.resolve("simulation/target/quarkus-app/quarkus-run.jar"))
        && Files.exists(REPOSITORY.resolve("launcher/target/launcher-1.0-SNAPSHOT.jar"));
  }

  /// @param options of `./market up`
  static LauncherMarket start(String... options) throws IOException {
    var home = Files.createTempDirectory("marketplace-launcher-");
    try (var entries = Files.list(REPOSITORY.toRealPath())) {
      for (var entry : entries.toList()) {
        var name = entry.getFileName().toString();
        if (name.equals("market")) {
          Files.copy(entry, home.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        } else if (!OWN.contains(name)) {
          Files.createSymbolicLink(home.resolve(name), entry);
        }
      }
    }
    // It is built: nothing is newer than this.
    Files.createFile(Files.createDirectories(home.resolve("target")).resolve("market.stamp"));
    var market = new LauncherMarket(home, freePorts());
    var up = new ArrayList<>(List.of("up", "--wait", "--no-population"));
    up.addAll(List.of(options));
    market.run(up.toArray(String[]::new));
    return market;
  }

  private static int freePorts() {
    return IntStream.iterate(20_000 + 40 * (int) (ProcessHandle.current().pid() % 500), n -> n + 40)
        .filter(first -> OFFSETS.stream().allMatch(offset -> Loopback.isFree(first + offset)))
        .findFirst()
        .orElseThrow();
  }

  /// As somebody would type it.
  ///
  /// @return what it says
  String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(home.resolve("market").toString()));
    command.addAll(List.of(arguments));
    var output = home.resolve("said.txt").toFile();
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.to(output));
    builder.environment().put("MARKET_PORT", String.valueOf(firstPort));
    try {
      var process = builder.start();
      if (!process.waitFor(UP_MAX.toMillis(), TimeUnit.MILLISECONDS)) process.destroy();
      var said = Files.readString(output.toPath());
      if (process.waitFor() != 0) throw new AssertionError(command + ": " + said);
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// What `./market up --json` says of it.
  JsonNode addresses() {
    try {
      return JSON.readTree(run("up", "--json", "--wait").lines().reduce("", (_, last) -> last));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Services services() {
    return new Services(
        Map.of(
            "order-service", at(1),
            "seller-service", at(2),
            "refund-service", at(3),
            "dispute-service", at(4)),
        new Catalogue(MemoryServices.rules()));
  }

  Reply get(String path) {
    return send(HttpRequest.newBuilder(at(5).resolve(path)).GET());
  }

  Reply post(String path, JsonNode body) {
    return send(
        HttpRequest.newBuilder(at(5).resolve(path)).POST(BodyPublishers.ofString(body.toString())));
  }

  private Reply send(HttpRequest.Builder request) {
    request
        .timeout(ANSWER_MAX)
        .header("Content-Type", "application/json")
        .header("X-Role", "SIMULATION")
        .header("X-Actor-Id", UUID.randomUUID().toString())
        .header("Idempotency-Key", UUID.randomUUID().toString());
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private URI at(int offset) {
    return URI.create("http://%s:%d".formatted(Loopback.HOST, firstPort + offset));
  }

  @Override
  public void close() {
    run("down");
    http.close();
    try (var paths = Files.walk(home)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
