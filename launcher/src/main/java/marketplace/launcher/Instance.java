package marketplace.launcher;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Starts one more instance of a service beside those that run, and leaves it running.
@Command(name = "instance")
final class Instance implements Callable<Integer> {
  @Parameters(paramLabel = "SERVICE", description = "order, seller, refund or dispute")
  private String service = "";

  @Option(names = "--port", required = true, paramLabel = "N", description = "where it listens")
  private int port;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Layout layout;
  private final StateFile stateFile;

  Instance(Layout layout, StateFile stateFile) {
    this.layout = layout;
    this.stateFile = stateFile;
  }

  @Override
  public Integer call() {
    var kind =
        Service.named(service)
            .filter(Service::hasDatabase)
            .orElseThrow(() ->
                new ParameterException(
                    spec.commandLine(),
                    "SERVICE must be order, seller, refund or dispute, was " + service));
    var state = stateFile.read();
    if (state.part(kind.id()).filter(RunningPart::alive).isEmpty()) {
      System.err.println(service + " is not running: ./market up");
      return ExitCode.FAILED;
    }
    var ports = new Ports(state.firstPort());
    var taken = Preflight.isTaken(port);
    if (taken.isPresent()) {
      System.err.println(taken.get());
      return ExitCode.PORT;
    }
    var starter = new Starter(layout, stateFile, new Screen(System.out), ports, state.small());
    try {
      starter.startSecond(kind, freeName(state, kind), port);
      return ExitCode.OK;
    } catch (PartFailedException e) {
      System.err.println(e.getMessage() + ". The whole log: " + layout.shown(e.log()));
      return ExitCode.FAILED;
    }
  }

  /// `order-2` is the second one.
  private static String freeName(State state, Service kind) {
    var number = 2;
    while (state.part(kind.id() + "-" + number).filter(RunningPart::alive).isPresent()) {
      number++;
    }
    return kind.id() + "-" + number;
  }
}
