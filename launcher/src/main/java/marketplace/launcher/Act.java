package marketplace.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import marketplace.launcher.State.Told;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Does something to one part alone, on purpose: `./market kill order`. Nobody else's process is
/// ever touched: a part is known by the number and the start of its process.
@Command
final class Act implements Callable<Integer> {
  /// What can be done to a part.
  enum Action {
    STOP,
    KILL,
    PAUSE,
    RESUME,
    START,
    RESTART;

    String command() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Duration STOP_MAX = Duration.ofSeconds(15);

  @Parameters(
      paramLabel = "NAME",
      description = "order, order-2, seller, refund, dispute, simulation, kafka or postgres")
  private String name = "";

  private final Action action;
  private final Layout layout;
  private final StateFile stateFile;

  Act(Action action, Layout layout, StateFile stateFile) {
    this.action = action;
    this.layout = layout;
    this.stateFile = stateFile;
  }

  @Override
  public Integer call() {
    var state = stateFile.read();
    var part = state.part(name);
    if (part.isEmpty()) {
      System.err.println(
          state.parts().isEmpty()
              ? "market is not running: ./market up"
              : "no part is called %s; there are %s"
                  .formatted(
                      name,
                      String.join(", ", state.parts().stream().map(RunningPart::name).toList())));
      return state.parts().isEmpty() ? ExitCode.FAILED : ExitCode.USAGE;
    }
    try {
      act(part.get());
      return ExitCode.OK;
    } catch (PartFailedException e) {
      System.err.println(e.getMessage() + ". The whole log: " + layout.shown(e.log()));
      return ExitCode.FAILED;
    }
  }

  private void act(RunningPart part) {
    switch (action) {
      case STOP -> stop(part);
      case KILL -> kill(part);
      case PAUSE -> pause(part);
      case RESUME -> resume(part);
      case START -> start(part);
      case RESTART -> {
        stop(part);
        start(part);
      }
    }
  }

  private void stop(RunningPart part) {
    stateFile.change(state -> state.told(name, Told.STOPPED));
    Signals.resume(part);
    Signals.askToEnd(part);
    part.awaitEnd(STOP_MAX);
    Signals.kill(part);
    part.awaitEnd(STOP_MAX);
    say("is stopped");
  }

  private void kill(RunningPart part) {
    stateFile.change(state -> state.told(name, Told.STOPPED));
    Signals.kill(part);
    part.awaitEnd(STOP_MAX);
    say("is killed");
  }

  private void pause(RunningPart part) {
    requireAlive(part);
    stateFile.change(state -> state.told(name, Told.PAUSED));
    Signals.pause(part);
    say("stands still");
  }

  private void resume(RunningPart part) {
    requireAlive(part);
    Signals.resume(part);
    stateFile.change(state -> state.told(name, null));
    say("goes on");
  }

  /// It comes back at the same address, with the data that it had.
  private void start(RunningPart part) {
    if (part.alive()) {
      resume(part);
      return;
    }
    var state = stateFile.read();
    new Starter(
            layout, stateFile, new Screen(System.out), new Ports(state.firstPort()), state.small())
        .startAgain(part, !state.empty());
  }

  private void requireAlive(RunningPart part) {
    if (!part.alive()) {
      throw new PartFailedException(name + " does not run: ./market start " + name, log());
    }
  }

  private Path log() {
    return layout.log(name);
  }

  private void say(String what) {
    System.out.printf("%s %s%n", name, what);
  }
}
