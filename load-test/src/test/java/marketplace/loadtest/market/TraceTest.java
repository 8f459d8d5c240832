package marketplace.loadtest.market;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceTest {
  private final Trace trace = Trace.of(-42);

  @Test
  void finds_the_command_again_in_its_trace() {
    for (var number : new long[] {0, 1, 255, 123_456_789}) {
      assertThat(trace.parent(number)).matches("00-[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01");
      assertThat(trace.number(trace.parent(number))).hasValue(number);
    }
  }

  @Test
  void knows_nothing_of_other_traces() {
    assertThat(trace.number(Trace.of(43).parent(7))).isEmpty();
    assertThat(trace.number("")).isEmpty();
    assertThat(trace.number("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")).isEmpty();
  }
}
