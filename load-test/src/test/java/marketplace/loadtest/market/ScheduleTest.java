package marketplace.loadtest.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleTest {
  private static final long SECOND = 1_000_000_000;
  private static final long NEAR = 1_000;

  @Test
  void a_constant_rate_has_the_same_time_between_all_calls() {
    var schedule = Schedule.of(Profile.CONSTANT, 200, 60);
    assertThat(schedule.calls()).isEqualTo(12_000);
    assertThat(schedule.nanosOf(0)).isZero();
    assertThat(schedule.nanosOf(1)).isEqualTo(SECOND / 200);
    assertThat(schedule.nanosOf(11_999)).isCloseTo(60 * SECOND - SECOND / 200, within(NEAR));
  }

  @Test
  void a_ramp_ends_at_the_rate_and_has_half_of_its_calls() {
    var schedule = Schedule.of(Profile.RAMP, 100, 10);
    assertThat(schedule.calls()).isEqualTo(500);
    assertThat(schedule.nanosOf(0)).isZero();
    // After half of the time a quarter of the calls has come.
    assertThat(schedule.nanosOf(125)).isCloseTo(5 * SECOND, within(NEAR));
    assertThat(schedule.nanosOf(500)).isCloseTo(10 * SECOND, within(NEAR));
  }

  @Test
  void bursts_are_five_times_the_rate_between_them_and_keep_the_mean() {
    var schedule = Schedule.of(Profile.BURST, 140, 20);
    assertThat(schedule.calls()).isEqualTo(2_800);
    assertThat(schedule.nanosOf(100)).isEqualTo(SECOND);
    assertThat(schedule.nanosOf(900)).isCloseTo(9 * SECOND, within(NEAR));
    assertThat(schedule.nanosOf(901)).isCloseTo(9 * SECOND + SECOND / 500, within(NEAR));
    assertThat(schedule.nanosOf(1_400)).isCloseTo(10 * SECOND, within(NEAR));
    assertThat(schedule.nanosOf(1_401)).isCloseTo(10 * SECOND + SECOND / 100, within(NEAR));
  }

  @ParameterizedTest
  @EnumSource
  void no_call_is_meant_to_come_before_the_one_before_it(Profile profile) {
    var schedule = Schedule.of(profile, 37, 23);
    for (var number = 1; number < schedule.calls(); number++) {
      assertThat(schedule.nanosOf(number)).isGreaterThan(schedule.nanosOf(number - 1));
    }
  }

  @Test
  void a_profile_goes_by_its_name() {
    assertThat(Profile.named("burst")).isEqualTo(Profile.BURST);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Profile.named("BURST"))
        .withMessage("profile must be constant, ramp or burst, was BURST");
  }
}
