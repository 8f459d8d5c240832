package marketplace.simulation.race;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import marketplace.eventsourcing.ServiceRules;
import marketplace.kernel.PolicySet;
import marketplace.simulation.journal.Broken;
import marketplace.simulation.memory.MemoryMarket;
import marketplace.simulation.memory.MemoryWorld;
import marketplace.simulation.memory.SeededIds;
import marketplace.simulation.race.Raced.Act;
import marketplace.simulation.world.Catalogue;
import marketplace.simulation.world.World;
import org.jspecify.annotations.Nullable;

/// Runs races: in memory, each order of the actions in a market of its own, or in any world.
public final class Races {
  static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final long SEED = 1;

  /// Whatever is open then waits for a person.
  static final Duration TO_THE_END = Duration.ofDays(200);

  private final List<PolicySet> policies;
  private final UnaryOperator<ServiceRules> spoil;

  /// @param policies that are not built in, at least
  public Races(List<PolicySet> policies) {
    this(policies, UnaryOperator.identity());
  }

  /// @param spoil what is done to the rules first, to see whether it is noticed
  public Races(List<PolicySet> policies, UnaryOperator<ServiceRules> spoil) {
    this.policies = List.copyOf(policies);
    this.spoil = spoil;
  }

  /// @param interleave shall acts also be made before others are heard of?
  /// @param progress is told how many orders of the actions were run
  public RaceResult inMemory(Race race, boolean interleave, IntConsumer progress) {
    var orders = race.orders();
    List<Raced> raced = new ArrayList<>();
    for (var actions : orders) {
      raced.add(run(race, actions).raced());
      progress.accept(raced.size());
    }
    var found = interleave ? new Interleavings(this, race).explore() : null;
    return RaceResult.of(
        race,
        "memory",
        raced,
        found == null ? null : found.interleaved(),
        story(race, raced, found));
  }

  private @Nullable String story(
      Race race, List<Raced> raced, Interleavings.@Nullable Found found) {
    for (var i = 0; i < raced.size(); i++) {
      var broken = raced.get(i).broken();
      if (!broken.isEmpty()) return shortest(race, race.orders().get(i), broken.getFirst()).story();
    }
    return found == null ? null : found.story();
  }

  /// Without the acts that are not needed to break the same invariant.
  private Told shortest(Race race, List<RaceAction> actions, Broken wanted) {
    for (var i = 0; i < actions.size(); i++) {
      List<RaceAction> fewer = new ArrayList<>(actions);
      fewer.remove(i);
      var broken = run(race, fewer).raced().broken();
      if (broken.stream().anyMatch(one -> one.id().equals(wanted.id()))) {
        return shortest(race, fewer, wanted);
      }
    }
    return run(race, actions);
  }

  /// A race that was run, and how it went.
  private record Told(Raced raced, String story) {}

  private Told run(Race race, List<RaceAction> actions) {
    var ids = new SeededIds(SEED);
    var market = market(ids);
    var world = new MemoryWorld(market);
    var order = RacedOrder.in(world, market.catalogue(), ids, race);
    var story = new Story();
    story.happened(order.events(), true);
    var acts = inOrder(world, order, actions, story);
    var end = order.end();
    var told = order.events().size();
    var brokenBefore = !order.brokenAnytime().isEmpty();
    world.stepTo(world.now().plus(TO_THE_END));
    if (!brokenBefore) story.happened(order.events().subList(told, order.events().size()), true);
    var broken = order.broken();
    story.broke(broken);
    return new Told(new Raced(acts, end, broken), story.diagram());
  }

  /// A new one, that has not begun.
  MemoryMarket market(SeededIds ids) {
    var market = new MemoryMarket(START, ids, spoil);
    policies.forEach(market::learn);
    return market;
  }

  /// One order of the actions, in a world that stands at the beginning of a week. It is not
  /// followed to its end.
  public static Raced inOrder(
      World world, Catalogue catalogue, Supplier<UUID> ids, Race race, List<RaceAction> actions) {
    var order = RacedOrder.in(world, catalogue, ids, race);
    var acts = inOrder(world, order, actions, new Story());
    return new Raced(acts, order.end(), order.broken());
  }

  private static List<Act> inOrder(
      World world, RacedOrder order, List<RaceAction> actions, Story story) {
    List<Act> acts = new ArrayList<>();
    for (var action : actions) {
      var before = order.events().size();
      var made = order.act(action, world::stepTo);
      world.settle();
      acts.add(made);
      story.act(action, made, world.now());
      story.happened(order.events().subList(before, order.events().size()), true);
    }
    return acts;
  }

  /// All at one instant, nobody waiting for anybody. Which came first is for the services to say.
  public static Raced atOnce(World world, Catalogue catalogue, Supplier<UUID> ids, Race race) {
    var order = RacedOrder.in(world, catalogue, ids, race);
    var acts = new @Nullable Act[race.actions().size()];
    List<Runnable> all = new ArrayList<>();
    for (var i = 0; i < acts.length; i++) {
      var number = i;
      all.add(() -> acts[number] = order.act(race.actions().get(number), world::leapTo));
    }
    world.together(all);
    world.settle();
    List<Act> made = new ArrayList<>();
    for (var act : acts) made.add(Objects.requireNonNull(act));
    return new Raced(made, order.end(), order.broken());
  }

  /// What came of these.
  public static RaceResult live(Race race, List<Raced> raced) {
    return RaceResult.of(race, "live", raced, null, null);
  }
}
