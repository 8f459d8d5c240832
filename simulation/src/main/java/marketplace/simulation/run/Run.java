package marketplace.simulation.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import marketplace.kernel.PolicySet;
import marketplace.simulation.run.OrderLife.Placed;
import marketplace.simulation.world.World;

/// Plays a plan in any world.
final class Run {
  private final World world;
  private final RunPlan plan;
  private final Stage stage;
  private final List<OrderLife> lives = new ArrayList<>();
  private final Map<Integer, UUID> sellers = new TreeMap<>();
  private final Predicate<Instant> goesOn;

  /// @param orders of the plan that take part, with all orders of their sellers
  /// @param ids that nobody in this world has used
  /// @param goesOn is told how far simulated time has come, and asked whether to go on
  Run(
      World world,
      RunPlan plan,
      IntStream orders,
      Function<String, PolicySet> policies,
      Supplier<UUID> ids,
      Predicate<Instant> goesOn) {
    this.world = world;
    this.plan = plan;
    this.stage = new Stage(world, plan, policies, ids);
    this.goesOn = goesOn;
    var fates = new Fates(plan);
    var taking = orders.mapToObj(fates::of).toList();
    for (var seller : new TreeSet<>(taking.stream().map(Fate::seller).toList())) {
      stage.openShop(seller);
      sellers.put(seller, stage.shop(seller).sellerId());
    }
    world.settle();
    for (var fate : taking) lives.add(new OrderLife(stage, fate));
  }

  /// Goes from act to act and from deadline to deadline; everybody hears of everything in between.
  /// What is open when it is ended early stays so.
  Played inSteps() {
    lives.forEach(OrderLife::begin);
    var agenda = stage.agenda();
    for (var next = agenda.next(); next.isPresent(); next = agenda.next()) {
      var at = next.get();
      if (at.isAfter(plan.end())) break;
      world.stepTo(at);
      for (var round = agenda.takeRound(at); !round.isEmpty(); round = agenda.takeRound(at)) {
        world.together(round);
        world.settle();
      }
      if (!goesOn.test(at)) return ended();
    }
    world.stepTo(plan.end());
    return ended();
  }

  private Played ended() {
    stage.forgetFaults();
    List<Placed> placed = lives.stream().map(OrderLife::placed).filter(Objects::nonNull).toList();
    return new Played(plan, placed, sellers, world.journal());
  }
}
