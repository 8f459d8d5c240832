package marketplace.launcher;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What runs, and how it is.
@Command(name = "status")
final class Status implements Callable<Integer> {
  @Option(names = "--json", description = "print the addresses as one JSON object")
  private boolean json;

  private final StateFile stateFile;

  Status(StateFile stateFile) {
    this.stateFile = stateFile;
  }

  @Override
  public Integer call() {
    var state = stateFile.read();
    if (state.alive().isEmpty()) {
      System.err.println("market is not running: ./market up");
      return ExitCode.FAILED;
    }
    if (json) {
      System.out.println(Addresses.of(state).json());
    } else {
      state.parts().forEach(part -> System.out.println(line(state, part)));
    }
    return state.parts().stream().allMatch(RunningPart::alive) ? ExitCode.OK : ExitCode.FAILED;
  }

  private static String line(State state, RunningPart part) {
    return String.format(
        Locale.ROOT,
        " %-12s %-9s process %-8d 127.0.0.1:%d",
        part.name(),
        condition(state, part),
        part.pid(),
        part.port());
  }

  private static String condition(State state, RunningPart part) {
    var condition = state.condition(part);
    if (!condition.equals("running")) {
      return condition;
    }
    var application =
        !part.name().equals(RunningPart.POSTGRES) && !part.name().equals(RunningPart.KAFKA);
    if (!application) {
      return condition;
    }
    return Starter.isReady(part.port()) ? "ready" : "not ready";
  }
}
