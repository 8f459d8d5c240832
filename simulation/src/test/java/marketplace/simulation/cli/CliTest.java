package marketplace.simulation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CliTest {
  /// Or nobody could call it.
  @Test
  void every_command_is_known_to_the_script_and_shown_by_its_help() throws IOException {
    var script = Files.readString(Path.of("../market"));

    assertThat(Cli.commands()).contains("clock", "run", "doctor");
    for (var command : Cli.commands()) {
      assertThat(script)
          .as(command)
          .containsPattern("(?m)^ +(?=clock \\|).*\\b" + command + "\\b.*\\)");
      assertThat(script)
          .as(command)
          .containsPattern("(?m)^(\\./market| {9}).*\\b" + command + "\\b.*");
    }
  }
}
