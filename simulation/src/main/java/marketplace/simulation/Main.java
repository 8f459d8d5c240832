package marketplace.simulation;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Arrays;
import marketplace.simulation.cli.Cli;

/// The server; or, with `cli` as the first argument, a command to the one that runs.
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... arguments) {
    if (arguments.length > 0 && arguments[0].equals("cli")) {
      System.exit(Cli.run(Arrays.copyOfRange(arguments, 1, arguments.length)));
    }
    Quarkus.run(arguments);
  }
}
