package marketplace.simulation.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// All that a run follows from (domain, section 15.1): the same plan, the same run.
///
/// @param policies ids of policy sets; orders are placed under them in turn
public record RunPlan(
    long seed, Instant start, List<String> policies, Actors actors, Workload workload) {
  /// A Monday.
  public static final Instant USUAL_START = Instant.parse("2026-01-05T00:00:00Z");

  public RunPlan {
    policies = List.copyOf(policies);
  }

  public Instant end() {
    return start.plus(Duration.ofDays((long) workload.days() + workload.thenDays()));
  }

  public String policyOf(int order) {
    return policies.get(order % policies.size());
  }

  public RunPlan at(Instant newStart) {
    return new RunPlan(seed, newStart, policies, actors, workload);
  }

  public RunPlan under(String policy) {
    return new RunPlan(seed, start, List.of(policy), actors, workload);
  }

  public RunPlan withSeed(long newSeed) {
    return new RunPlan(newSeed, start, policies, actors, workload);
  }

  /// What this breaks, as sentences; empty where it can be played.
  public List<String> brokenRules() {
    List<String> broken = new ArrayList<>(actors.brokenRules());
    broken.addAll(workload.brokenRules());
    if (policies.isEmpty()) broken.add("policies must name at least one");
    return broken;
  }
}
