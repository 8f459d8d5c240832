package marketplace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import marketplace.launcher.State.Told;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class ActTest {
  private static final Path PROC = Path.of("/proc");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path home;

  private StateFile stateFile = new StateFile(Path.of(""));
  private List<Process> processes = List.of();

  @BeforeEach
  void a_part_that_writes_once_more_before_it_ends_and_one_with_a_child() throws IOException {
    stateFile = new StateFile(new Layout(home).state());
    processes =
        List.of(
            start(
                "order", "trap 'echo bye >%1$s; exit' TERM; >%1$s.up; while :; do sleep 0.1; done"),
            start("postgres", "sleep 60 & >%1$s.up; wait"));
  }

  @AfterEach
  void nothing_is_left() {
    for (var process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Test
  void stops_one_part_in_order_and_leaves_the_others() throws InterruptedException {
    assertThat(market("stop", "order")).isEqualTo(ExitCode.OK);

    assertThat(processes.getFirst().waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(bye()).exists();
    assertThat(processes.getLast().isAlive()).isTrue();
    assertThat(condition("order")).isEqualTo("stopped");
    assertThat(condition("postgres")).isEqualTo("running");
  }

  @Test
  void kills_one_part_with_all_that_hangs_on_it() throws InterruptedException {
    var child = child();

    assertThat(market("kill", "postgres")).isEqualTo(ExitCode.OK);

    assertThat(processes.getLast().waitFor(30, TimeUnit.SECONDS)).isTrue();
    child.onExit().join();
    assertThat(condition("postgres")).isEqualTo("stopped");
    assertThat(processes.getFirst().isAlive()).isTrue();
  }

  @Test
  void kills_without_a_last_word() throws InterruptedException {
    assertThat(market("kill", "order")).isEqualTo(ExitCode.OK);

    assertThat(processes.getFirst().waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(bye()).doesNotExist();
  }

  @Test
  @EnabledIf("hasProc")
  void lets_a_part_stand_still_with_all_that_hangs_on_it_and_go_on() throws IOException {
    var child = child();

    assertThat(market("pause", "postgres")).isEqualTo(ExitCode.OK);
    assertThat(scheduling(processes.getLast().pid())).isEqualTo("T");
    assertThat(scheduling(child.pid())).isEqualTo("T");
    assertThat(condition("postgres")).isEqualTo("paused");

    assertThat(market("resume", "postgres")).isEqualTo(ExitCode.OK);
    assertThat(scheduling(child.pid())).isEqualTo("S");
    assertThat(condition("postgres")).isEqualTo("running");
  }

  @Test
  void stops_a_part_that_stands_still() throws InterruptedException {
    assertThat(market("pause", "order")).isEqualTo(ExitCode.OK);
    assertThat(market("stop", "order")).isEqualTo(ExitCode.OK);

    assertThat(processes.getFirst().waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(bye()).exists();
  }

  @Test
  void cannot_pause_what_does_not_run() {
    assertThat(market("stop", "order")).isEqualTo(ExitCode.OK);
    assertThat(market("pause", "order")).isEqualTo(ExitCode.FAILED);
    assertThat(market("resume", "order")).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void knows_only_its_own_parts() {
    assertThat(market("kill", "init")).isEqualTo(ExitCode.USAGE);
    stateFile.forget();
    assertThat(market("kill", "order")).isEqualTo(ExitCode.FAILED);
    assertThat(processes).allMatch(Process::isAlive);
  }

  @Test
  void does_not_touch_a_process_that_has_the_number_of_a_dead_part() {
    var stranger = processes.getFirst();
    var part = RunningPart.of("order", stranger.pid(), 1);
    stateFile.change(state ->
        state.with(new RunningPart("order", part.pid(), part.startedAtMillis() - 60_000, 1)));

    assertThat(market("kill", "order")).isEqualTo(ExitCode.OK);
    assertThat(market("stop", "order")).isEqualTo(ExitCode.OK);
    assertThat(market("pause", "order")).isEqualTo(ExitCode.FAILED);

    assertThat(stranger.isAlive()).isTrue();
  }

  @Test
  void forgets_what_was_done_to_a_part_when_it_is_started() {
    stateFile.change(state -> state.told("order", Told.STOPPED));
    var part = stateFile.read().part("order").orElseThrow();

    stateFile.change(state -> state.with(part));

    assertThat(condition("order")).isEqualTo("running");
  }

  static boolean hasProc() {
    return Files.isDirectory(PROC);
  }

  private int market(String... arguments) {
    return Market.commandLine(new Layout(home), stateFile).execute(arguments);
  }

  private String condition(String name) {
    var state = stateFile.read();
    return state.condition(state.part(name).orElseThrow());
  }

  private Path bye() {
    return home.resolve("order");
  }

  private ProcessHandle child() {
    return processes.getLast().descendants().findFirst().orElseThrow();
  }

  /// How the kernel sees it: T stands still.
  private static String scheduling(long pid) throws IOException {
    var line = Files.readString(PROC.resolve(pid + "/stat"));
    var state = line.lastIndexOf(')') + 2;
    return line.substring(state, state + 1);
  }

  private Process start(String name, String script) throws IOException {
    var told = home.resolve(name);
    var process = new ProcessBuilder("sh", "-c", script.formatted(told)).start();
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(home.resolve(name + ".up"))) {
      assertThat(System.nanoTime()).as("%s is not up", name).isLessThan(end);
      Thread.onSpinWait();
    }
    stateFile.change(state -> state.with(RunningPart.of(name, process.pid(), 1)));
    return process;
  }
}
