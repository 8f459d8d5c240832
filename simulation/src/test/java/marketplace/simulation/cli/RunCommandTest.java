package marketplace.simulation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder = Path.of("");
  private String plan = "";

  @BeforeEach
  void writePlan() throws IOException {
    plan = folder.resolve("plan.yaml").toString();
    Files.writeString(
        Path.of(plan),
        """
        seed: 7
        policies: [FAST_48H]
        workload: {orders: 30, days: 3, thenDays: 60}
        actors:
          buyers: {asksShare: 0.9}
        """);
  }

  @Test
  void plays_what_a_file_says_but_for_what_options_say() {
    var told = traceHash("run", "--memory", "--plan", plan);

    assertThat(traceHash("run", "--memory", "--plan", plan, "--seed", "7", "--policy", "FAST_48H"))
        .isEqualTo(told);
    assertThat(traceHash("run", "--memory", "--plan", plan, "--seed", "8")).isNotEqualTo(told);
    assertThat(traceHash("run", "--memory", "--plan", plan, "--policy", "DECLINE_3D"))
        .isNotEqualTo(told);
    assertThat(traceHash("run", "--memory", "--plan", plan, "--orders", "29")).isNotEqualTo(told);
  }

  @Test
  void what_it_has_recorded_is_played_again_and_compared() throws IOException {
    var recording = folder.resolve("run.json");
    var expected = folder.resolve("expected.json");
    var told =
        traceHash(
            "run",
            "--memory",
            "--plan",
            plan,
            "--record",
            recording.toString(),
            "--expected",
            expected.toString());

    assertThat(Printed.well("replay", recording.toString()))
        .contains("recorded  " + told, "replayed  " + told, "equal");
    assertThat(JSON.readTree(expected.toFile()).get("requestsByOutcome")).isNotEmpty();
    Files.writeString(
        recording, Files.readString(recording).replace("\"seed\" : 7", "\"seed\" : 8"));
    assertThat(Printed.by("replay", recording.toString()))
        .satisfies(printed -> assertThat(printed.exitCode()).isEqualTo(Cli.FAILED))
        .satisfies(printed -> assertThat(printed.out()).contains("DIFFERENT first in "));
  }

  @Test
  void refuses_a_rate_where_time_does_not_run_or_must_not() {
    assertThat(Printed.refused("run", "--memory", "--rate", "3600")).contains("no --rate");
    assertThat(Printed.refused("run", "--record", "run.json", "--rate", "3600"))
        .contains("comes out otherwise each time");
  }

  @Test
  void says_where_a_plan_is_none() throws IOException {
    Files.writeString(Path.of(plan), "workload: {ordres: 30}\n");
    assertThat(Printed.refused("run", "--memory", "--plan", plan))
        .contains("/workload/ordres is no part of a plan");
    Files.writeString(Path.of(plan), "30\n");
    assertThat(Printed.refused("run", "--memory", "--plan", plan)).contains("must be an object");
  }

  private static String traceHash(String... arguments) {
    return Printed.well(arguments)
        .lines()
        .filter(line -> line.startsWith("traceHash "))
        .map(line -> line.replaceFirst("traceHash +", ""))
        .findFirst()
        .orElseThrow();
  }
}
