package marketplace.simulation.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import marketplace.kernel.PolicySet;
import marketplace.simulation.run.Agenda.Act;
import marketplace.simulation.run.OrderLife.Placed;
import marketplace.simulation.world.World;

/// Plays a plan in any world.
final class Run {
  private static final int AT_ONCE = 64;
  private static final Duration LOOK_EVERY = Duration.ofMillis(2);

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
      world.passTo(at);
      for (var round = agenda.take(at); !round.isEmpty(); round = agenda.take(at)) {
        world.together(round.stream().map(Act::what).toList());
        world.settle();
        round.forEach(agenda::over);
      }
      if (!goesOn.test(at)) return ended();
    }
    world.passTo(plan.end());
    return ended();
  }

  /// While time runs on by itself: everybody acts when his time has come, and nobody waits until
  /// the others have heard of it. So it depends on the machine what meets what on its way.
  Played inFlow(long rate) {
    lives.forEach(OrderLife::begin);
    world.flow(rate);
    var agenda = stage.agenda();
    try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
      var atOnce = new Semaphore(AT_ONCE);
      List<Future<?>> acts = new ArrayList<>();
      for (var now = world.now(); now.isBefore(plan.end()); now = world.now()) {
        for (var act : agenda.take(now)) {
          atOnce.acquireUninterruptibly();
          acts.add(
              people.submit(() -> {
                try {
                  act.what().run();
                } finally {
                  agenda.over(act);
                  atOnce.release();
                }
              }));
        }
        acts.removeIf(Run::isDone);
        if (!goesOn.test(now)) break;
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
      }
      for (var act : acts) await(act);
    } finally {
      world.flow(0);
    }
    world.settle();
    return ended();
  }

  /// @throws RuntimeException what it has failed of
  private static boolean isDone(Future<?> act) {
    if (act.isDone()) await(act);
    return act.isDone();
  }

  private static void await(Future<?> act) {
    try {
      act.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Played ended() {
    stage.forgetFaults();
    List<Placed> placed = lives.stream().map(OrderLife::placed).filter(Objects::nonNull).toList();
    return new Played(plan, placed, sellers, world.journal());
  }
}
