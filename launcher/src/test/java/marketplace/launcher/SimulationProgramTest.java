package marketplace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SimulationProgramTest {
  /// Where the script names what it passes on.
  private static final Pattern PASSED_ON = Pattern.compile("(?m)^ +(clock \\|[a-z| ]+)\\)");

  @Test
  void the_script_knows_the_same_commands() throws IOException {
    var script = PASSED_ON.matcher(Files.readString(Path.of("../market")));

    assertThat(script.find()).isTrue();
    assertThat(Set.of(script.group(1).split(" \\| "))).isEqualTo(SimulationProgram.COMMANDS);
  }
}
