package marketplace.simulation.race;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import marketplace.simulation.journal.Broken;
import marketplace.simulation.memory.MemoryMarket;
import marketplace.simulation.memory.MemoryMarket.Reading;
import marketplace.simulation.memory.MemoryWorld;
import marketplace.simulation.memory.SeededIds;
import marketplace.simulation.race.RaceResult.Interleaved;
import marketplace.simulation.race.RaceResult.Tally;
import org.jspecify.annotations.Nullable;

/// A race in which nobody waits until the others have heard: the actions in any order, and between
/// them, in any order too, the reading of what was told by those services that are asked for
/// something. The other services hear everything at once. States that were seen before are not gone
/// through again.
final class Interleavings {
  /// Each branch is lived again from its beginning: more take more than a minute.
  private static final int STATES_MAX = 20_000;

  private static final long SEED = 1;

  /// No service does anything about what somebody was told, so it cannot be late.
  private static final Set<String> NOTICES = Set.of("BuyerNotified", "SellerNotified");

  private final Races races;
  private final Race race;
  private final Set<String> readers;
  private final Set<String> seen = new HashSet<>();
  private final Tally ends = new Tally();

  /// The shortest way to each invariant that was broken.
  private final List<Failure> failures = new ArrayList<>();

  Interleavings(Races races, Race race) {
    this.races = races;
    this.race = race;
    this.readers =
        race.actions().stream()
            .map(RaceAction::service)
            .filter(Predicate.not(String::isEmpty))
            .collect(Collectors.toSet());
  }

  /// @param story of the first broken invariant; null where none is
  record Found(Interleaved interleaved, @Nullable String story) {}

  private record Failure(Broken broken, List<Choice> path) {}

  /// What can come next.
  private sealed interface Choice {
    /// @param number of the action, as the same can be made twice
    record Make(int number, RaceAction action) implements Choice {}

    /// @param from who has told it
    record Hear(Reading reading, String from, String type) implements Choice {}
  }

  Found explore() {
    visit(List.of(), new Branch());
    var complete = seen.size() < STATES_MAX;
    var broken = failures.stream().map(Failure::broken).toList();
    var interleaved = new Interleaved(seen.size(), complete, ends.outcomes(), broken);
    return new Found(interleaved, failures.isEmpty() ? null : story(failures.getFirst()));
  }

  /// Goes on from the state that these choices have led to.
  private void visit(List<Choice> path, Branch branch) {
    if (note(branch.order.brokenAnytime(), path)) return;
    if (seen.size() == STATES_MAX || !seen.add(branch.market.state() + left(path))) return;
    var choices = choices(branch, path);
    if (choices.isEmpty()) {
      var end = branch.order.end();
      branch.toTheEnd();
      if (!note(branch.order.broken(), path))
        ends.add(end, path.stream().map(branch::told).toList());
      return;
    }
    for (var i = 0; i < choices.size(); i++) {
      // A market cannot be copied, so all but the last choice live it again from its beginning.
      var next = i == choices.size() - 1 ? branch : replay(path);
      List<Choice> longer = new ArrayList<>(path);
      longer.add(choices.get(i));
      next.go(choices.get(i));
      visit(longer, next);
    }
  }

  /// @return is something broken?
  private boolean note(List<Broken> broken, List<Choice> path) {
    if (broken.isEmpty()) return false;
    var first = broken.getFirst();
    var known = failures.stream().anyMatch(one -> one.broken().id().equals(first.id()));
    if (!known) failures.add(shortest(new Failure(first, path)));
    return true;
  }

  /// Without what is not needed to break the same invariant.
  private Failure shortest(Failure failure) {
    for (var i = 0; i < failure.path().size(); i++) {
      List<Choice> fewer = new ArrayList<>(failure.path());
      fewer.remove(i);
      var branch = replay(fewer);
      branch.toTheEnd();
      for (var broken : branch.order.broken()) {
        if (broken.id().equals(failure.broken().id())) return shortest(new Failure(broken, fewer));
      }
    }
    return failure;
  }

  private String story(Failure failure) {
    var branch = replay(failure.path());
    var told = branch.order.events().size();
    if (branch.order.brokenAnytime().isEmpty()) {
      branch.toTheEnd();
      branch.story.happened(
          branch.order.events().subList(told, branch.order.events().size()), true);
    }
    branch.story.broke(List.of(failure.broken()));
    return branch.story.diagram();
  }

  private Branch replay(List<Choice> path) {
    var branch = new Branch();
    path.forEach(branch::go);
    return branch;
  }

  private List<Choice> choices(Branch branch, List<Choice> path) {
    List<Choice> choices = left(path);
    choices.addAll(branch.toHear());
    return choices;
  }

  private List<Choice> left(List<Choice> path) {
    List<Choice> left = new ArrayList<>();
    for (var number = 0; number < race.actions().size(); number++) {
      var choice = new Choice.Make(number, race.actions().get(number));
      if (!path.contains(choice)) left.add(choice);
    }
    return left;
  }

  /// One market, on its way through some choices.
  private final class Branch {
    private final SeededIds ids = new SeededIds(SEED);
    private final MemoryMarket market = races.market(ids);
    private final RacedOrder order =
        RacedOrder.in(new MemoryWorld(market), market.catalogue(), ids, race);
    private final Story story = new Story();
    private final List<Choice> made = new ArrayList<>();

    Branch() {
      story.happened(order.events(), true);
    }

    /// Ids follow from the choice, so that it makes the same ones whenever it is made.
    void go(Choice choice) {
      var before = order.events().size();
      switch (choice) {
        case Choice.Make(var number, var action) -> {
          ids.reseed(-1 - number);
          story.act(action, order.act(action, this::passTo), market.now());
        }
        case Choice.Hear(var reading, var from, var type) -> {
          // Without what was left out before, it may have nothing to hear.
          if (!market.unread().contains(reading)) return;
          ids.reseed(choice.toString().hashCode() + Collections.frequency(made, choice));
          market.deliver(reading);
          story.heard(reading.service(), from, type);
        }
      }
      made.add(choice);
      tellAtOnce();
      story.happened(order.events().subList(before, order.events().size()), false);
    }

    String told(Choice choice) {
      return switch (choice) {
        case Choice.Make(_, var action) -> action.word();
        case Choice.Hear(var reading, _, var type) -> reading.service() + " hears " + type;
      };
    }

    /// Time goes on, and what is due fires while facts are on their way.
    private void passTo(Instant instant) {
      market.goTo(instant);
      for (var next = market.nextDeadline();
          next.isPresent() && !next.get().stream().deadline().dueAt().isAfter(instant);
          next = market.nextDeadline()) {
        market.fire(next.get());
      }
    }

    /// Relays and followers are never late: a late reader cannot tell the difference.
    private void tellAtOnce() {
      while (true) {
        var moved = false;
        for (var service : market.services()) {
          while (market.hasFollowUps(service)) {
            market.followUp(service);
            moved = true;
          }
          while (market.unrelayed(service) > 0) {
            market.relay(service);
            moved = true;
          }
        }
        for (var reading : market.unread()) {
          if (isNeverLate(reading)) {
            market.deliver(reading);
            moved = true;
          }
        }
        if (!moved) return;
      }
    }

    private boolean isNeverLate(Reading reading) {
      return !readers.contains(reading.service())
          || !reading.lane().key().equals(order.id())
          || NOTICES.contains(market.nextType(reading));
    }

    List<Choice> toHear() {
      List<Choice> choices = new ArrayList<>();
      for (var reading : market.unread()) {
        if (isNeverLate(reading)) continue;
        var topic = reading.lane().topic();
        var from = topic.substring(0, topic.indexOf('.')) + "-service";
        choices.add(new Choice.Hear(reading, from, market.nextType(reading)));
      }
      return choices;
    }

    void toTheEnd() {
      new MemoryWorld(market).stepTo(market.now().plus(Races.TO_THE_END));
    }
  }
}
