package marketplace.simulation.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import marketplace.kernel.PolicySet;
import marketplace.simulation.run.RunPlan;

/// What is compared: one plan under each of these policies, with each of these seeds.
///
/// @param plan of which the seed is the first one, and the policies do not matter
/// @param seeds how many, counted on from the plan's
public record ExperimentPlan(RunPlan plan, List<PolicySet> policies, int seeds) {
  private static final int POLICIES_MIN = 2;
  private static final int POLICIES_MAX = 6;
  private static final int SEEDS_MAX = 100;

  public ExperimentPlan {
    policies = List.copyOf(policies);
  }

  public List<Long> allSeeds() {
    return LongStream.range(plan.seed(), plan.seed() + seeds).boxed().toList();
  }

  /// Over all policies and seeds.
  public long orders() {
    return (long) plan.workload().orders() * policies.size() * seeds;
  }

  RunPlan run(PolicySet policy, long seed) {
    return plan.under(policy.policyId()).withSeed(seed);
  }

  /// What this breaks, as sentences; empty where it can be played.
  public List<String> brokenRules() {
    List<String> broken = new ArrayList<>(plan.brokenRules());
    if (policies.size() < POLICIES_MIN || policies.size() > POLICIES_MAX) {
      broken.add(
          "policies must be from %d to %d, were %d"
              .formatted(POLICIES_MIN, POLICIES_MAX, policies.size()));
    }
    if (new HashSet<>(policies).size() < policies.size()) {
      broken.add("policies must be different ones");
    }
    for (var policy : policies) {
      policy.brokenRules().forEach(rule -> broken.add(policy.policyId() + ": " + rule));
    }
    if (seeds < 1 || seeds > SEEDS_MAX) {
      broken.add("seeds must be from 1 to %d, were %d".formatted(SEEDS_MAX, seeds));
    }
    return broken;
  }
}
