package marketplace.simulation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentCommandTest {
  @TempDir Path folder = Path.of("");

  @Test
  void compares_a_policy_of_ones_own_and_writes_the_same_report_again() throws IOException {
    var own = folder.resolve("patient.yaml");
    Files.writeString(own, "policyId: PATIENT\nsellerReplyWithin: PT168H\n");
    var report = folder.resolve("report");
    var again = folder.resolve("again");

    assertThat(Printed.well(compare(own, report)))
        .startsWith("Orders")
        .isEqualTo(Printed.well(compare(own, again)));
    assertThat(report.resolve("index.html")).content().contains("PATIENT", "STANDARD_72H", "<svg");
    for (var file : new String[] {"values.csv", "estimates.csv", "outcomes.svg", "index.html"}) {
      assertThat(again.resolve(file)).hasSameBinaryContentAs(report.resolve(file));
    }
  }

  @Test
  void says_what_is_wrong_with_a_policy() throws IOException {
    assertThat(Printed.refused("experiment", "--policies", "STANDARD_72H,NONE_SUCH"))
        .contains("neither a built-in policy nor a file: NONE_SUCH");
    assertThat(Printed.refused("experiment", "--policies", "STANDARD_72H"))
        .contains("policies must be from 2 to 6, were 1");
    var own = folder.resolve("hasty.yaml");
    Files.writeString(own, "policyId: HASTY\nsellerReplyWithin: soon\n");
    assertThat(Printed.refused("experiment", "--policies", "STANDARD_72H," + own))
        .contains("hasty.yaml", "sellerReplyWithin");
  }

  private static String[] compare(Path own, Path report) {
    return new String[] {
      "experiment",
      "--policies",
      "STANDARD_72H," + own,
      "--orders",
      "40",
      "--days",
      "3",
      "--threads",
      "2",
      "--out",
      report.toString()
    };
  }
}
