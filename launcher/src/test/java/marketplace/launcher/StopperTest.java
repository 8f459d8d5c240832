package marketplace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopperTest {
  @TempDir Path home;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private StateFile stateFile = new StateFile(Path.of(""));
  private List<Process> processes = List.of();

  @BeforeEach
  void three_parts_of_which_one_does_not_listen() throws IOException {
    stateFile = new StateFile(new Layout(home).state());
    processes =
        List.of(
            start("postgres", "sleep 60"),
            start("order-2", "sleep 60"),
            start("kafka", "trap '' TERM; while :; do sleep 1; done"));
  }

  @AfterEach
  void nothing_is_left() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void ends_every_part_also_one_that_does_not_listen() throws InterruptedException {
    var begin = System.nanoTime();

    stopper().stopAll();

    for (var process : processes) {
      process.waitFor();
    }
    assertThat((System.nanoTime() - begin) / 1_000_000_000).isLessThan(10);
    assertThat(stateFile.read()).isEqualTo(State.NOTHING);
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .startsWith("market stopped in ")
        .endsWith("Kept: ./.market; remove it with ./market reset\n");
  }

  @Test
  void does_not_touch_a_process_that_has_the_number_of_a_dead_part() throws IOException {
    var stranger = processes.getFirst();
    var part = RunningPart.of("seller", stranger.pid(), 1);
    stateFile.forget();
    stateFile.change(state ->
        state.with(new RunningPart("seller", part.pid(), part.startedAtMillis() - 60_000, 1)));

    stopper().stopAll();

    assertThat(stranger.isAlive()).isTrue();
  }

  private Stopper stopper() {
    var screen = new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
    return new Stopper(new Layout(home), stateFile, screen);
  }

  private Process start(String name, String script) throws IOException {
    var process = new ProcessBuilder("sh", "-c", script).start();
    stateFile.change(state -> state.with(RunningPart.of(name, process.pid(), 1)));
    return process;
  }
}
