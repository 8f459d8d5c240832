package marketplace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusinessDaysTest {

  @ParameterizedTest
  @CsvSource({
    // the refunds of the scenarios
    "2026-01-05T05:00:00Z, 5, 2026-01-12T05:00:00Z",
    "2026-01-05T05:00:00Z, 20, 2026-02-02T05:00:00Z",
    "2026-01-08T06:00:00Z, 3, 2026-01-13T06:00:00Z",
    "2026-01-08T00:59:59.999Z, 5, 2026-01-15T00:59:59.999Z",
    // over a week-end, and starting in one
    "2026-01-09T23:00:00Z, 1, 2026-01-12T23:00:00Z",
    "2026-01-10T12:00:00Z, 1, 2026-01-12T12:00:00Z",
    "2026-01-05T00:00:00Z, 0, 2026-01-05T00:00:00Z",
  })
  void are_counted_from_monday_to_friday_at_the_same_time_of_day(
      Instant start, int days, Instant end) {
    assertThat(BusinessDays.after(start, days)).isEqualTo(end);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-05T00:00:00Z, 2026-01-12T00:00:00Z, 5",
    "2026-01-05T00:00:00Z, 2026-01-05T23:59:59Z, 0",
    "2026-01-12T00:00:00Z, 2026-01-05T00:00:00Z, 0",
  })
  void are_counted_between_two_instants(Instant from, Instant to, int days) {
    assertThat(BusinessDays.between(from, to)).isEqualTo(days);
  }
}
