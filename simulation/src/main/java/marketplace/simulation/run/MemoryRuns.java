package marketplace.simulation.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import marketplace.kernel.PolicySet;
import marketplace.simulation.memory.MemoryMarket;
import marketplace.simulation.memory.MemoryWorld;
import marketplace.simulation.memory.SeededIds;
import marketplace.simulation.world.World;

/// Runs in memory. What happens in one shop has no effect on another, so a plan is played in parts
/// of some shops each, which may go on at the same time and add up to the same whole however many
/// they are.
public final class MemoryRuns {
  /// Of one part, more or less: enough to be worth a market, and little enough to be held.
  private static final int ORDERS_OF_A_PART = 500;

  private MemoryRuns() {}

  /// @return the numbers of the orders of each part
  public static List<List<Integer>> parts(RunPlan plan) {
    var fates = new Fates(plan);
    var bySeller = new TreeMap<Integer, List<Integer>>();
    IntStream.range(0, plan.workload().orders())
        .forEach(order ->
            bySeller.computeIfAbsent(fates.sellerOf(order), _ -> new ArrayList<>()).add(order));
    List<List<Integer>> parts = new ArrayList<>();
    List<Integer> part = new ArrayList<>();
    for (var orders : bySeller.values()) {
      part.addAll(orders);
      if (part.size() < ORDERS_OF_A_PART) continue;
      parts.add(part);
      part = new ArrayList<>();
    }
    if (!part.isEmpty()) parts.add(part);
    parts.forEach(Collections::sort);
    return parts;
  }

  /// What is counted when some orders of the plan are played, with all others of their sellers.
  ///
  /// @param policies those that are not built in, at least
  public static Figures figures(RunPlan plan, List<Integer> orders, List<PolicySet> policies) {
    return Figures.of(play(plan, orders, policies));
  }

  static Played play(RunPlan plan, List<Integer> orders, List<PolicySet> policies) {
    return part(plan, orders, policies).play();
  }

  /// A world with a part of a run that is about to begin.
  record Part(World world, Run run) {
    Played play() {
      return run.inSteps();
    }
  }

  /// For some orders of the plan, with all others of the same sellers.
  ///
  /// @param policies those that are not built in, at least
  static Part part(RunPlan plan, List<Integer> orders, List<PolicySet> policies) {
    var ids = new SeededIds(plan.seed() + orders.getFirst());
    var market = new MemoryMarket(plan.start(), ids);
    policies.forEach(market::learn);
    var world = new MemoryWorld(market);
    var taking = orders.stream().mapToInt(order -> order);
    return new Part(world, new Run(world, plan, taking, market::policy, ids, _ -> true));
  }
}
