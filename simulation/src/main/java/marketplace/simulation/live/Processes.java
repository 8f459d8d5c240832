package marketplace.simulation.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.simulation.SimulationSettings;

/// The market's processes. They are the launcher's, who alone knows how each was started: he is
/// asked as a user at the command line would ask him, and touches none that he has not started.
@Singleton
public final class Processes {
  /// The services, Kafka and PostgreSQL come up within three minutes, or have failed.
  private static final Duration DONE_MAX = Duration.ofMinutes(5);

  private static final int USAGE = 2;
  private static final String OURSELVES = "simulation";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SimulationSettings settings;

  Processes(SimulationSettings settings) {
    this.settings = settings;
  }

  /// What can be done to one.
  public enum Action {
    STOP,
    KILL,
    PAUSE,
    RESUME,
    START,
    RESTART;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException which says which words there are
    public static Action of(String word) {
      return Arrays.stream(values())
          .filter(action -> action.word().equals(word))
          .findFirst()
          .orElseThrow(() ->
              new IllegalArgumentException(
                  "an action is one of %s, not %s"
                      .formatted(Arrays.stream(values()).map(Action::word).toList(), word)));
    }
  }

  /// @param condition `running`, `paused`, `stopped` on purpose, or `dead`
  public record Part(String name, long pid, String condition) {}

  /// @param code the launcher's exit code
  private record Said(int code, String text) {}

  public List<Part> parts() {
    var said = launcher("status", "--json");
    try {
      var json = JSON.readTree(said.text());
      List<Part> parts = new ArrayList<>();
      for (var part : json.path("pids").properties()) {
        var condition = json.path("conditions").path(part.getKey()).asText();
        parts.add(new Part(part.getKey(), part.getValue().asLong(), condition));
      }
      return parts;
    } catch (IOException e) {
      throw new IllegalStateException("the launcher says: " + said.text(), e);
    }
  }

  /// Returns when it is done: a part that was started is ready then.
  public synchronized Part act(String name, Action action) {
    if (name.equals(OURSELVES)) {
      throw new IllegalArgumentException(
          "who answers you cannot do this to itself: ./market " + action.word() + " " + OURSELVES);
    }
    var said = launcher(action.word(), name);
    if (said.code() == USAGE) throw new ProblemException(problem(404, "NOT_FOUND", said.text()));
    if (said.code() != 0) throw new ProblemException(problem(409, "NOT_RUNNING", said.text()));
    return parts().stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name + " is gone"));
  }

  private Said launcher(String... arguments) {
    var program = settings.launcher();
    if (program.isEmpty()) {
      throw new ProblemException(
          problem(
              409,
              "NO_LAUNCHER",
              "this simulation was not started by ./market, and touches no process"));
    }
    List<String> command = new ArrayList<>(List.of(program.get()));
    command.addAll(List.of(arguments));
    try {
      // A file, because what the launcher starts might keep a pipe open for as long as it lives.
      var output = Files.createTempFile("marketplace-launcher-", ".txt");
      try {
        var process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(DONE_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroy();
          throw new ServiceUnavailableException("the launcher is not done after " + DONE_MAX);
        }
        return new Said(process.exitValue(), Files.readString(output).strip());
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the launcher cannot be asked", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceUnavailableException("interrupted while waiting for the launcher", e);
    }
  }

  private static Problem problem(int status, String code, String detail) {
    return Problem.of(status, code, detail, null);
  }
}
