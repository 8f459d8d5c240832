package marketplace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MarketTest {
  @TempDir Path home;

  private final StringWriter errors = new StringWriter();

  @Test
  void takes_the_options_of_up() {
    var parsed = commandLine().parseArgs("up", "--wait", "--json", "--small", "--no-population");

    assertThat(parsed.subcommand().matchedOptions()).hasSize(4);
  }

  @Test
  void answers_2_to_an_option_that_it_does_not_know() {
    assertThat(execute("up", "--fast")).isEqualTo(2);
    assertThat(errors.toString()).startsWith("Unknown option: '--fast'");
  }

  @Test
  void answers_2_to_more_instances_than_there_are_ports_for() {
    assertThat(execute("up", "--instances", "4")).isEqualTo(2);
    assertThat(execute("up", "--instances", "0")).isEqualTo(2);
  }

  @Test
  void answers_2_to_an_instance_of_something_else() {
    assertThat(execute("instance", "kafka", "--port", "9999")).isEqualTo(2);
    assertThat(errors.toString())
        .startsWith("SERVICE must be order, seller, refund or dispute, was kafka");
  }

  @Test
  void answers_2_to_a_port_that_is_no_number() {
    assertThat(execute("instance", "order", "--port", "high")).isEqualTo(2);
  }

  @Test
  void cannot_put_an_instance_beside_nothing() {
    assertThat(execute("instance", "order", "--port", "9999")).isEqualTo(1);
  }

  @Test
  void has_nothing_to_stop_before_the_first_start() {
    assertThat(execute("down")).isEqualTo(0);
  }

  private int execute(String... arguments) {
    return commandLine().setErr(new PrintWriter(errors, true)).execute(arguments);
  }

  private CommandLine commandLine() {
    var layout = new Layout(home);
    return Market.commandLine(layout, new StateFile(layout.state()));
  }
}
