package marketplace.simulation.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import marketplace.simulation.run.Plans;
import marketplace.simulation.run.RunResult;
import marketplace.simulation.run.Runs;
import org.junit.jupiter.api.Test;

class RunJobsTest {
  private static final Duration END_MAX = Duration.ofSeconds(30);
  private static final RunResult STEP_BY_STEP =
      Runs.inMemory(Plans.hasty(1, 5, "STANDARD_72H"), List.of(), _ -> {});

  private final RunJobs runs = new RunJobs();

  @Test
  void a_run_that_went_step_by_step_can_be_played_again() {
    var recording = runs.recording(ended(STEP_BY_STEP));

    assertThat(recording.replay(List.of(), _ -> {}).equal()).isTrue();
  }

  @Test
  void nothing_else_can() {
    assertThatThrownBy(() -> runs.recording(ended(played(STEP_BY_STEP, 3_600))))
        .hasMessageContaining("while time runs on");
    var goOn = new CountDownLatch(1);
    var running = runs.all().start("run", _ -> awaited(goOn));
    assertThatThrownBy(() -> runs.recording(running.id())).hasMessageContaining("not ended");
    running.stop();
    goOn.countDown();
    awaitEnd(running);
    assertThatThrownBy(() -> runs.recording(running.id())).hasMessageContaining("before its time");
    assertThatThrownBy(() -> runs.recording(UUID.randomUUID()))
        .hasMessageContaining("nothing is known");
  }

  private UUID ended(RunResult result) {
    var job = runs.all().start("run", _ -> result);
    awaitEnd(job);
    return job.id();
  }

  private static void awaitEnd(Jobs.Job<RunResult> job) {
    await().atMost(END_MAX).until(() -> job.state() == Jobs.State.ENDED);
  }

  private static RunResult awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return STEP_BY_STEP;
  }

  private static RunResult played(RunResult it, long rate) {
    return new RunResult(
        it.plan(),
        it.orders(),
        rate,
        it.end(),
        it.figures(),
        it.traceHash(),
        it.trace(),
        it.broken(),
        it.expected(),
        it.took());
  }
}
