package marketplace.simulation.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import marketplace.contracts.ContractJson;
import marketplace.simulation.SimulationSettings;
import marketplace.simulation.load.LoadRun.State;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// One load at a time: two would measure each other. Each is a process, as its libraries do not go
/// together with those of this server, and as what measures should not share a heap and its pauses
/// with what keeps the time.
@Singleton
public class Loads {
  private static final ObjectMapper JSON = ContractJson.mapper();
  private static final String MAIN = "marketplace.loadtest.market.LoadCommand";
  private static final int LOADS_KEPT_MAX = 100;
  private static final int WHY_LENGTH_MAX = 2_000;

  private final LoadSettings settings;
  private final SimulationSettings market;
  private final int ownPort;
  private final Map<UUID, Started> loads = new LinkedHashMap<>();

  private record Started(LoadOrder order, Path folder, Process process) {}

  Loads(
      LoadSettings settings,
      SimulationSettings market,
      @ConfigProperty(name = "quarkus.http.port") int ownPort) {
    this.settings = settings;
    this.market = market;
    this.ownPort = ownPort;
  }

  void stop(@Observes ShutdownEvent event) {
    running().ifPresent(Process::destroy);
  }

  /// Can one be made here at all?
  public boolean possible() {
    return settings.classPath().isPresent();
  }

  /// @return empty where one is running
  public synchronized Optional<LoadRun> start(LoadOrder order) {
    if (running().isPresent()) return Optional.empty();
    var id = UUID.randomUUID();
    var folder = settings.folder().resolve(id.toString()).toAbsolutePath();
    loads.put(id, new Started(order, folder, spawn(order, folder)));
    if (loads.size() > LOADS_KEPT_MAX) loads.remove(loads.keySet().iterator().next());
    return find(id);
  }

  private synchronized Optional<Process> running() {
    return loads.values().stream().map(Started::process).filter(Process::isAlive).findAny();
  }

  private Process spawn(LoadOrder order, Path folder) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            settings.classPath().orElseThrow(),
            MAIN,
            "--out",
            folder.toString(),
            "--kafka",
            market.kafka().bootstrapServers(),
            "--simulation",
            "http://127.0.0.1:" + ownPort));
    market
        .addresses()
        .forEach((service, address) ->
            command.addAll(List.of("--" + service.replace("-service", ""), address.toString())));
    market
        .kafka()
        .clientSettings()
        .ifPresent(file -> command.addAll(List.of("--client-settings", file.toString())));
    command.addAll(order.arguments());
    try {
      Files.createDirectories(folder);
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(log(folder).toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("the load cannot be started", e);
    }
  }

  public synchronized Optional<LoadRun> find(UUID id) {
    return Optional.ofNullable(loads.get(id)).map(started -> told(id, started));
  }

  private static LoadRun told(UUID id, Started started) {
    if (started.process().isAlive()) {
      return new LoadRun(id, State.RUNNING, started.order(), null, null);
    }
    var summary = summary(started.folder());
    return summary == null
        ? new LoadRun(id, State.FAILED, started.order(), null, lastWords(started.folder()))
        : new LoadRun(id, State.FINISHED, started.order(), summary, null);
  }

  private static @Nullable JsonNode summary(Path folder) {
    var file = folder.resolve("summary.json");
    try {
      return Files.exists(file) ? JSON.readTree(file.toFile()) : null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static String lastWords(Path folder) {
    try {
      var text = Files.readString(log(folder)).strip();
      return text.substring(Math.max(0, text.length() - WHY_LENGTH_MAX));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path log(Path folder) {
    return folder.resolve("load.log");
  }
}
