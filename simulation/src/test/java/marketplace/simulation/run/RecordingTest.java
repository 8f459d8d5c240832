package marketplace.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import marketplace.contracts.ContractJson;
import marketplace.simulation.run.Recording.Difference;
import org.junit.jupiter.api.Test;

class RecordingTest {
  private static final ObjectMapper JSON = ContractJson.mapper();
  private static final RunResult RUN =
      Runs.inMemory(Plans.busy(5, 40, "STANDARD_72H"), List.of(), _ -> {});

  @Test
  void a_run_is_played_again_from_what_was_written_of_it() throws Exception {
    var written = JSON.writeValueAsString(Recording.of(RUN));
    var comparison = Recording.read(JSON.readTree(written)).replay(List.of(), _ -> {});
    assertThat(comparison.equal()).isTrue();
    assertThat(comparison.replayed()).isEqualTo(RUN.traceHash());
    assertThat(comparison.first()).isNull();
  }

  @Test
  void where_it_differs_first_is_told() {
    var trace = RUN.trace();
    var number = trace.orders().firstKey();
    var events = trace.orders().getOrDefault(number, new int[0]).clone();
    events[2]++;
    var other = new Trace();
    other.add(trace);
    other.orders().put(number, events);
    var comparison = new Recording(RUN.plan(), "another", other).compare(RUN);
    assertThat(comparison.equal()).isFalse();
    assertThat(comparison.first()).isEqualTo(new Difference("order " + number, 3, true, true));
  }

  @Test
  void what_only_one_of_them_has_is_a_difference() {
    var other = new Trace();
    other.add(RUN.trace());
    var last = other.sellers().lastKey();
    other.sellers().remove(last);
    var comparison = new Recording(RUN.plan(), "another", other).compare(RUN);
    assertThat(comparison.first()).isEqualTo(new Difference("seller " + last, 1, false, true));
  }
}
