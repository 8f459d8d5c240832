package marketplace.eventsourcing.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceparentTest {
  private static final String PLACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void is_written_as_it_was_read() {
    assertThat(Traceparent.read(PLACE)).isEqualTo(PLACE);
    assertThat(Traceparent.read(PLACE.replace("-01", "-00"))).endsWith("-00");
  }

  @Test
  void of_a_later_version_is_written_in_ours() {
    assertThat(Traceparent.read("17" + PLACE.substring(2) + "-and-more")).isEqualTo(PLACE);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "yes",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
      })
  void is_ignored_where_it_is_none(String text) {
    assertThat(Traceparent.read(text)).isNull();
  }
}
