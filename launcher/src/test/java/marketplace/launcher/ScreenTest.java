package marketplace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void is_one_line_for_each_step_where_nobody_watches() {
    var screen = new Screen(out, false);

    screen.waitFor("PostgreSQL 18.6");
    screen.ready("PostgreSQL 18.6", Duration.ofMillis(940), "127.0.0.1:5433");

    assertThat(written()).isEqualTo(" PostgreSQL 18.6    ready    0.9 s   127.0.0.1:5433\n");
  }

  @Test
  void says_on_a_terminal_what_it_waits_for() {
    var screen = new Screen(out, true);

    screen.waitFor("Kafka 4.3.1");

    assertThat(written()).contains("0/1  Kafka 4.3.1  0:0");
  }

  @Test
  void measures_against_all_that_is_still_to_come() {
    var screen = new Screen(out, true);

    screen.expect(7);
    screen.waitFor("Kafka 4.3.1");

    assertThat(written()).contains("0/7  Kafka 4.3.1");
  }

  @Test
  void fills_the_bar_as_parts_get_ready() {
    assertThat(Screen.progress(3, 4, new LinkedHashSet<>(List.of("simulation")), 64))
        .isEqualTo(" starting ███████████████░░░░░ 3/4  simulation  1:04");
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
