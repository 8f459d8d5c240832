package marketplace.simulation.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import marketplace.simulation.journal.Broken;

/// What came of a run.
///
/// @param orders ids of those that were placed, by their numbers
/// @param rate at which time ran on; 0: step by step, and only then it comes out the same again
/// @param end how far simulated time had come
/// @param traceHash equal for equal runs, in any world
/// @param trace to find where another run of the plan differs
/// @param broken what should never have happened; empty
/// @param took wall time
public record RunResult(
    RunPlan plan,
    List<UUID> orders,
    long rate,
    Instant end,
    Figures figures,
    String traceHash,
    Trace trace,
    List<Broken> broken,
    Expected expected,
    Duration took) {
  public RunResult {
    orders = List.copyOf(orders);
    broken = List.copyOf(broken);
  }
}
