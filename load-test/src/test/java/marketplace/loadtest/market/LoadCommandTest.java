package marketplace.loadtest.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadCommandTest {
  @TempDir Path folder;

  private final StringWriter errors = new StringWriter();

  @ParameterizedTest
  @CsvSource({"30s, 30", "2m, 120", "1h, 3600", "1m30s, 90", "0s, 0"})
  void reads_times(String text, int seconds) {
    assertThat(LoadCommand.seconds(text)).isEqualTo(seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "m", "2 m", "-1s", "25h", "9999999999s"})
  void refuses_what_is_no_time(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> LoadCommand.seconds(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rate 0            | rate must be above 0",
        "--rate 1e9          | rate must be above 0 and at most 100000",
        "--rate fast         | Invalid value for option '--rate'",
        "--for 0s            | a load takes at least 1s",
        "--for soon          | a time is written as 30s, 2m or 1h, was soon",
        "--mix everything    | mix must be lifecycle",
        "--profile flat      | profile must be constant, ramp or burst, was flat",
        "--fast              | Unknown option: '--fast'",
        "--mix reads --bootstrap 127.0.0.1:1 | readers leave no events",
        "--rate 5000 --bootstrap 127.0.0.1:1 | at most 200000 events can be told at once",
      })
  void answers_2_to_what_it_does_not_understand(String arguments, String why) {
    assertThat(execute(arguments.split(" "))).isEqualTo(2);
    assertThat(errors.toString()).startsWith(why);
  }

  @Test
  void puts_two_summaries_side_by_side() {
    var one = folder.resolve("one.json");
    SummaryTest.summary(200, 100, 1.0).write(one);
    assertThat(execute("--compare", one.toString(), one.toString())).isZero();
    assertThat(execute("--compare", one.toString(), folder.resolve("none").toString()))
        .isEqualTo(2);
    assertThat(errors.toString()).startsWith("no summary of a load: ");
  }

  private int execute(String... arguments) {
    return LoadCommand.commandLine().setErr(new PrintWriter(errors, true)).execute(arguments);
  }
}
