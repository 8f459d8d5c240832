package marketplace.simulation.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import marketplace.kernel.Policies;
import marketplace.simulation.run.Figures.Outcome;
import marketplace.simulation.run.Plans;
import org.junit.jupiter.api.Test;

class ExperimentTest {
  private static final int ORDERS = 120;
  private static final ExperimentPlan PLAN =
      new ExperimentPlan(
          Plans.busy(42, ORDERS, "STANDARD_72H"),
          List.of(Policies.STANDARD_72H, Policies.FAST_48H, Policies.DECLINE_3D),
          2);

  @Test
  void the_same_seed_gives_the_same_files_on_any_number_of_threads() throws Exception {
    var orders = new AtomicInteger();
    var one = new Report(Experiment.play(PLAN, 1, orders::addAndGet)).files();
    var two = new Report(Experiment.play(PLAN, 2, _ -> {})).files();

    assertThat(one).containsKeys("index.html", "estimates.csv", "values.csv", "outcomes.svg");
    assertThat(two).isEqualTo(one);
    assertThat(orders).hasValue(ORDERS * 3 * 2);
  }

  @Test
  void silence_means_what_each_policy_says_and_less_time_makes_more_of_it() throws Exception {
    var outcome = Experiment.play(PLAN, 2, _ -> {});
    var standard = outcome.of(Policies.STANDARD_72H).getFirst();
    var fast = outcome.of(Policies.FAST_48H).getFirst();
    var decline = outcome.of(Policies.DECLINE_3D).getFirst();

    assertThat(standard.requests()).isEqualTo(fast.requests()).isEqualTo(decline.requests());
    assertThat(standard.count(Outcome.SILENCE_DECLINED)).isZero();
    assertThat(decline.count(Outcome.SILENCE_APPROVED)).isZero();
    assertThat(fast.count(Outcome.SILENCE_APPROVED))
        .isGreaterThan(standard.count(Outcome.SILENCE_APPROVED));
    assertThat(decline.disputes()).isGreaterThanOrEqualTo(standard.disputes());
  }

  @Test
  void a_policy_that_cannot_be_is_named_with_the_rule_that_it_breaks() {
    var plan = new ExperimentPlan(PLAN.plan(), List.of(Policies.STANDARD_72H), 0);

    assertThat(plan.brokenRules())
        .containsExactly(
            "policies must be from 2 to 6, were 1", "seeds must be from 1 to 100, were 0");
  }

  @Test
  void of_several_seeds_the_mean_is_told_with_its_interval() {
    var estimate = Estimate.of(List.of(1.0, 2.0, 3.0));

    // Student's t with 2 degrees of freedom: 4.303 × 1 / √3.
    assertThat(estimate.mean()).isEqualTo(2);
    assertThat(estimate.high() - estimate.mean()).isCloseTo(2.484, within(0.001));
    assertThat(Estimate.of(List.of(5.0))).isEqualTo(new Estimate(5, 5, 5));
  }
}
