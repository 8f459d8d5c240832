package marketplace.simulation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// What a command prints, and how it ends.
record Printed(int exitCode, String out, String err) {

  static Printed by(String... arguments) {
    var out = System.out;
    var err = System.err;
    var printed = new ByteArrayOutputStream();
    var complaints = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complaints, true, StandardCharsets.UTF_8));
    try {
      var exitCode = Cli.run(arguments);
      return new Printed(
          exitCode,
          printed.toString(StandardCharsets.UTF_8),
          complaints.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /// @return what it printed, having done what it was asked for
  static String well(String... arguments) {
    var printed = by(arguments);
    assertThat(printed.exitCode()).as(printed.err()).isZero();
    return printed.out();
  }

  /// @return what it complained of
  static String refused(String... arguments) {
    var printed = by(arguments);
    assertThat(printed.exitCode()).as(printed.out()).isNotZero();
    return printed.err();
  }
}
