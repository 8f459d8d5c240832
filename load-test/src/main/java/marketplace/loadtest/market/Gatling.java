package marketplace.loadtest.market;

import io.gatling.app.Gatling$;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import marketplace.loadtest.market.MarketSimulation.Assignment;

/// Gatling's engine in this process. It asks nobody outside: the look for a newer version is
/// answered before it is made, and the rest is turned off in `gatling.conf`.
final class Gatling {
  private static final String REPORT = "report";

  private Gatling() {}

  /// @param folder where its log and its report go
  /// @return the report's first page, if one is wanted
  static Optional<Path> play(Assignment assignment, Path folder, boolean report) {
    System.setProperty("java.util.prefs.PreferencesFactory", NoPreferences.Factory.class.getName());
    var console = System.out;
    try (var log =
        new PrintStream(
            Files.newOutputStream(
                Files.createDirectories(folder).resolve("gatling.log"),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND),
            true,
            StandardCharsets.UTF_8)) {
      System.setOut(log);
      MarketSimulation.assign(assignment);
      var results = folder.resolve("gatling");
      var code = Gatling$.MODULE$.fromArgs(arguments(results, report));
      if (code != 0) {
        throw new IllegalStateException(
            "Gatling ended with %d; its log: %s/gatling.log".formatted(code, folder));
      }
      return report ? Optional.of(found(results, folder.resolve(REPORT))) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      MarketSimulation.assign(null);
      System.setOut(console);
    }
  }

  private static String[] arguments(Path results, boolean report) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--simulation",
                MarketSimulation.class.getName(),
                "--results-folder",
                results.toAbsolutePath().toString()));
    if (!report) arguments.add("--no-reports");
    return arguments.toArray(String[]::new);
  }

  /// It stands in a folder that is named by the second.
  private static Path found(Path results, Path report) throws IOException {
    try (var runs = Files.list(results)) {
      var run = runs.sorted().reduce((earlier, later) -> later).orElseThrow();
      return Files.move(run, report).resolve("index.html");
    }
  }
}
