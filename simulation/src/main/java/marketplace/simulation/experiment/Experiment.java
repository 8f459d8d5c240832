package marketplace.simulation.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.IntConsumer;
import marketplace.kernel.PolicySet;
import marketplace.simulation.run.Figures;
import marketplace.simulation.run.MemoryRuns;
import marketplace.simulation.run.RunPlan;

/// Plays the same people under several policies in memory, and keeps what was counted.
public final class Experiment {
  private Experiment() {}

  /// @param figures by policy, and of each policy by seed in their order
  public record Outcome(ExperimentPlan plan, Map<String, List<Figures>> figures) {
    public Outcome {
      figures = Map.copyOf(figures);
    }

    List<Figures> of(PolicySet policy) {
      return Objects.requireNonNull(figures.get(policy.policyId()));
    }

    Estimate estimate(PolicySet policy, Metric metric) {
      return Estimate.of(of(policy).stream().map(metric.value()::applyAsDouble).toList());
    }
  }

  /// @param threads that play at the same time; the outcome is the same for any number
  /// @param played is told of so many more orders each time
  /// @throws InterruptedException while it waits for them
  public static Outcome play(ExperimentPlan plan, int threads, IntConsumer played)
      throws InterruptedException {
    Map<String, List<List<Future<Figures>>>> running = new LinkedHashMap<>();
    try (var pool = Executors.newFixedThreadPool(threads)) {
      for (var policy : plan.policies()) {
        List<List<Future<Figures>>> ofPolicy = new ArrayList<>();
        for (var seed : plan.allSeeds()) {
          var run = plan.run(policy, seed);
          List<Future<Figures>> parts = new ArrayList<>();
          for (var orders : MemoryRuns.parts(run)) {
            parts.add(
                pool.submit(() -> {
                  var figures = MemoryRuns.figures(run, orders, plan.policies());
                  played.accept(orders.size());
                  return figures;
                }));
          }
          ofPolicy.add(parts);
        }
        running.put(policy.policyId(), ofPolicy);
      }
      return new Outcome(plan, collected(running));
    }
  }

  /// One run after the other.
  ///
  /// @param run plays a plan to its end, somewhere
  public static Outcome playWith(ExperimentPlan plan, Function<RunPlan, Figures> run) {
    Map<String, List<Figures>> figures = new LinkedHashMap<>();
    for (var policy : plan.policies()) {
      figures.put(
          policy.policyId(),
          plan.allSeeds().stream().map(seed -> run.apply(plan.run(policy, seed))).toList());
    }
    return new Outcome(plan, figures);
  }

  private static Map<String, List<Figures>> collected(
      Map<String, List<List<Future<Figures>>>> running) throws InterruptedException {
    Map<String, List<Figures>> figures = new LinkedHashMap<>();
    for (var entry : running.entrySet()) {
      List<Figures> ofPolicy = new ArrayList<>();
      for (var parts : entry.getValue()) ofPolicy.add(sum(parts));
      figures.put(entry.getKey(), ofPolicy);
    }
    return figures;
  }

  private static Figures sum(List<Future<Figures>> parts) throws InterruptedException {
    var sum = new Figures();
    for (var part : parts) {
      try {
        sum.add(part.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a part of the experiment has failed", e.getCause());
      }
    }
    return sum;
  }
}
