package marketplace.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonTextTest {
  private record Cup(String owner, Instant since) {}

  @Test
  void is_written_when_somebody_reads_it_and_as_the_contracts_write() {
    assertThat(new JsonText(new Cup("Ana", Instant.parse("2026-01-05T09:00:00Z"))))
        .hasToString("{\"owner\":\"Ana\",\"since\":\"2026-01-05T09:00:00.000Z\"}");
  }

  @Test
  void of_equal_values_is_equal_without_being_written() {
    assertThat(new JsonText(List.of(1))).isEqualTo(new JsonText(List.of(1)));
    assertThat(new JsonText(List.of(1))).isNotEqualTo(new JsonText(List.of(2)));
  }

  @Test
  void says_what_cannot_be_written() {
    var text = new JsonText(new Object());
    assertThatIllegalStateException()
        .isThrownBy(text::toString)
        .withMessageContaining("cannot be written as JSON");
  }
}
