package marketplace.launcher;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The program behind the script `./market`, which has found a JDK and has built what was new.
@Command(name = "./market")
final class Market {
  /// Kept, or the level that is set on it would be forgotten with it.
  private static final Logger LIBRARY = Logger.getLogger("io.zonky");

  private Market() {}

  public static void main(String[] arguments) {
    LIBRARY.setLevel(Level.OFF);
    System.exit(run(Layout.ofThisRepository(), arguments));
  }

  static int run(Layout layout, String... arguments) {
    var stateFile = new StateFile(layout.state());
    if (arguments.length > 0 && SimulationProgram.COMMANDS.contains(arguments[0])) {
      return new SimulationProgram(layout, stateFile).run(List.of(arguments));
    }
    if (arguments.length > 0 && arguments[0].equals(LoadProgram.COMMAND)) {
      var rest = List.of(arguments).subList(1, arguments.length);
      return new LoadProgram(layout, stateFile).run(rest);
    }
    return commandLine(layout, stateFile).execute(arguments);
  }

  static CommandLine commandLine(Layout layout, StateFile stateFile) {
    var market = new CommandLine(new Market());
    for (var action : Act.Action.values()) {
      market.addSubcommand(action.command(), new Act(action, layout, stateFile));
    }
    return market
        .addSubcommand(new Up(layout, stateFile))
        .addSubcommand(new Down(layout, stateFile))
        .addSubcommand(new Status(stateFile))
        .addSubcommand(new Instance(layout, stateFile))
        .addSubcommand(new Rehearse(layout))
        .setExecutionExceptionHandler(Market::explain);
  }

  private static int explain(Exception e, CommandLine commandLine, CommandLine.ParseResult parsed) {
    if (e instanceof IllegalArgumentException) {
      commandLine.getErr().println(e.getMessage());
      return ExitCode.USAGE;
    }
    e.printStackTrace(commandLine.getErr());
    return ExitCode.FAILED;
  }
}
