package marketplace.launcher;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Stops everything, whoever has started it.
@Command(name = "down")
final class Down implements Callable<Integer> {
  private static final Duration STOP_MAX = Duration.ofSeconds(15);

  private final Layout layout;
  private final StateFile stateFile;

  Down(Layout layout, StateFile stateFile) {
    this.layout = layout;
    this.stateFile = stateFile;
  }

  @Override
  public Integer call() {
    var screen = new Screen(System.out);
    var state = stateFile.read();
    var watcher = state.watcher();
    if (state.alive().isEmpty() && watcher.isEmpty()) {
      screen.line("market is not running");
      stateFile.forget();
      return ExitCode.OK;
    }
    // The process in the other terminal stops its parts itself, and says so there.
    watcher.flatMap(RunningPart::process).ifPresent(ProcessHandle::destroy);
    watcher.ifPresent(it -> it.awaitEnd(STOP_MAX));
    if (watcher.isPresent() && stateFile.read().alive().isEmpty()) {
      screen.line("market stopped");
    }
    new Stopper(layout, stateFile, screen).stopAll();
    return ExitCode.OK;
  }
}
