package marketplace.simulation.scenario;

/// A scenario that cannot be read, and where to look.
public final class ScenarioException extends RuntimeException {
  public ScenarioException(String file, int line, String path, String problem) {
    super("%s:%d: %s%s".formatted(file, line, path.isEmpty() ? "" : path + ": ", problem));
  }
}
