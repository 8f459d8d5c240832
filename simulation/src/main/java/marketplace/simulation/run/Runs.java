package marketplace.simulation.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import marketplace.kernel.PolicySet;
import marketplace.simulation.journal.Broken;
import marketplace.simulation.journal.Journal;
import marketplace.simulation.journal.OrderAccount;
import marketplace.simulation.world.StoredFact;
import marketplace.simulation.world.World;

/// Plays plans, and says what came of them.
public final class Runs {
  private Runs() {}

  /// In a world that stands at the plan's start.
  ///
  /// @param rate at which time passes; 0: step by step
  /// @param ids that nobody in this world has used
  /// @param goesOn is told how far simulated time has come, and asked whether to go on
  public static RunResult play(
      World world,
      RunPlan plan,
      long rate,
      Function<String, PolicySet> policies,
      Supplier<UUID> ids,
      Predicate<Instant> goesOn) {
    var begin = System.nanoTime();
    var orders = IntStream.range(0, plan.workload().orders());
    var run = new Run(world, plan, orders, policies, ids, goesOn);
    var played = rate == 0 ? run.inSteps() : run.inFlow(rate);
    return new RunResult(
        plan,
        List.copyOf(placed(played).values()),
        rate,
        world.now(),
        Figures.of(played),
        TraceHash.of(played).hash(),
        Trace.of(played),
        brokenIn(played),
        Expected.of(stored(world, played), plan.start(), world.now()),
        since(begin));
  }

  /// In memory, part by part.
  ///
  /// @param known policy sets that are not built in
  /// @param progress is told of so many more orders each time
  public static RunResult inMemory(RunPlan plan, List<PolicySet> known, IntConsumer progress) {
    var begin = System.nanoTime();
    var figures = new Figures();
    var digests = new TraceHash.Digests();
    var trace = new Trace();
    SortedMap<Integer, UUID> orders = new TreeMap<>();
    List<List<StoredFact>> stored = new ArrayList<>();
    List<Broken> broken = new ArrayList<>();
    for (var part : MemoryRuns.parts(plan)) {
      var it = MemoryRuns.part(plan, part, known);
      var played = it.play();
      figures.add(Figures.of(played));
      digests.add(TraceHash.of(played));
      trace.add(Trace.of(played));
      orders.putAll(placed(played));
      stored.addAll(stored(it.world(), played));
      broken.addAll(brokenIn(played));
      progress.accept(part.size());
    }
    return new RunResult(
        plan,
        List.copyOf(orders.values()),
        0,
        plan.end(),
        figures,
        digests.hash(),
        trace,
        broken,
        Expected.of(stored, plan.start(), plan.end()),
        since(begin));
  }

  /// Ids by numbers.
  private static SortedMap<Integer, UUID> placed(Played played) {
    SortedMap<Integer, UUID> placed = new TreeMap<>();
    for (var order : played.orders()) {
      var id = order.orderId();
      if (id != null) placed.put(order.order(), id);
    }
    return placed;
  }

  private static List<List<StoredFact>> stored(World world, Played played) {
    var ids = placed(played).values();
    Map<UUID, List<StoredFact>> byOrder = new ConcurrentHashMap<>();
    world.together(
        ids.stream().<Runnable>map(id -> () -> byOrder.put(id, world.stored(id))).toList());
    return ids.stream().map(id -> Objects.requireNonNull(byOrder.get(id))).toList();
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static List<Broken> brokenIn(Played played) {
    List<Broken> broken = new ArrayList<>();
    for (var id : placed(played).values()) broken.addAll(brokenIn(played.journal(), id));
    return broken;
  }

  private static List<Broken> brokenIn(Journal journal, UUID orderId) {
    var account = new OrderAccount(orderId);
    journal.of(orderId).forEach(account::watch);
    return account.brokenSoFar();
  }
}
