package marketplace.simulation.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The stories of docs/guides/lessons, in the order in which they are taught.
public final class Lessons {
  static final Path FOLDER = Path.of("../docs/guides/lessons");

  private Lessons() {}

  public static List<Scenario> all() {
    return files(".yaml").stream()
        .map(file -> ScenarioFiles.parse(file.toString(), text(file)))
        .toList();
  }

  static List<Path> files(String ending) {
    try (var files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
