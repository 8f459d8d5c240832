package marketplace.simulation.lives;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import marketplace.eventsourcing.ServiceRules;
import marketplace.simulation.lives.Move.Act;
import marketplace.simulation.lives.Move.PassToDeadline;
import marketplace.simulation.lives.Move.Read;
import marketplace.simulation.lives.Move.Wake;

/// Makes a few moves in every possible order, over the real aggregates: commands, each once, in any
/// order; deadlines; and the reading of what was told, topic by topic. States that were seen before
/// are not gone through again.
///
/// @param given what happens first, everybody hearing everything
/// @param acts what is then done, in any order
/// @param deadlines how many times the clock may go on to the next deadline in between
/// @param readers the services whose reading may be late; the others hear everything at once
public record Exploration(List<Move> given, List<Act> acts, int deadlines, Set<String> readers) {

  /// No service does anything about what somebody was told, so it cannot be late.
  private static final Set<String> NOTICES = Set.of("BuyerNotified", "SellerNotified");

  /// More take minutes, because each branch is lived again from the beginning.
  private static final int STATES_MAX = 2_000;

  private static final long SEED = 1;

  /// @param states different ones that were reached
  /// @param ends how it ended for the order: each outcome, with how many states had it
  /// @param broken invariants, with the moves that led there
  public record Explored(int states, Map<String, Integer> ends, List<String> broken) {}

  public Explored explore() {
    return explore(UnaryOperator.identity());
  }

  public Explored explore(UnaryOperator<ServiceRules> spoil) {
    return new Search(spoil).explore();
  }

  private final class Search {
    private final UnaryOperator<ServiceRules> spoil;
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Integer> ends = new LinkedHashMap<>();
    private final List<String> broken = new ArrayList<>();

    Search(UnaryOperator<ServiceRules> spoil) {
      this.spoil = spoil;
    }

    Explored explore() {
      visit(List.of(), begin());
      return new Explored(seen.size(), ends, broken);
    }

    /// Goes on from the state that these choices have led to.
    private void visit(List<Choice> path, Life life) {
      if (!life.broken().isEmpty()) {
        broken.add(life.broken() + " after " + path);
        return;
      }
      if (!seen.add(life.market().state() + "\n" + left(path))) return;
      if (seen.size() > STATES_MAX) throw new IllegalStateException("more states than expected");
      var choices = choices(life, path);
      if (choices.isEmpty()) {
        end(life, path);
        return;
      }
      for (var i = 0; i < choices.size(); i++) {
        // A life cannot be copied, so all but the last choice live it again from its beginning.
        var branch = i == choices.size() - 1 ? life : replay(path);
        List<Choice> longer = new ArrayList<>(path);
        longer.add(choices.get(i));
        advance(branch, choices.get(i));
        visit(longer, branch);
      }
    }

    private Life begin() {
      var life = new Life(SEED, spoil);
      for (var i = 0; i < given.size(); i++) {
        life.reseed(-1 - i);
        life.make(given.get(i));
        life.market().settle();
      }
      return life;
    }

    private Life replay(List<Choice> path) {
      var life = begin();
      path.forEach(choice -> advance(life, choice));
      return life;
    }

    private void advance(Life life, Choice choice) {
      life.reseed(choice.hashCode());
      choice.moves().forEach(life::make);
      tellAtOnce(life);
    }

    /// Relays and followers are never late: a late reader cannot tell the difference, and what
    /// follows does not come back to the order.
    private void tellAtOnce(Life life) {
      var market = life.market();
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
          if (!readers.contains(reading.service()) || NOTICES.contains(market.nextType(reading))) {
            market.deliver(reading);
            moved = true;
          }
        }
        if (!moved) return;
      }
    }

    /// What could come next.
    private List<Choice> choices(Life life, List<Choice> path) {
      List<Choice> choices = new ArrayList<>(left(path));
      for (var reading : life.market().unread()) {
        var order = life.orderOf(reading.lane().key());
        if (order >= 0) {
          choices.add(
              new Choice(List.of(new Read(reading.service(), reading.lane().topic(), order)), -1));
        }
      }
      return choices;
    }

    private List<Choice> left(List<Choice> path) {
      List<Choice> left = new ArrayList<>();
      var passed = 0;
      for (var choice : path) if (choice.number() >= acts.size()) passed++;
      for (var i = 0; i < acts.size(); i++) {
        var choice = new Choice(List.of(acts.get(i)), i);
        if (!path.contains(choice)) left.add(choice);
      }
      if (passed < deadlines) {
        left.add(new Choice(List.of(new PassToDeadline(), new Wake()), acts.size() + passed));
      }
      return left;
    }

    private void end(Life life, List<Choice> path) {
      var status = life.ask("getOrder", "BUYER", 0).body();
      life.end();
      if (!life.broken().isEmpty()) broken.add(life.broken() + " at the end of " + path);
      var outcome = status.path("status").asText() + "/" + requestOutcome(status);
      ends.merge(outcome, 1, Integer::sum);
    }

    private static String requestOutcome(com.fasterxml.jackson.databind.JsonNode order) {
      var request = order.path("request");
      var outcome = request.path("outcome");
      return outcome.isTextual() ? outcome.textValue() : request.path("state").asText("NONE");
    }
  }

  /// @param number of the act, or beyond them for the deadlines; -1 for a reading
  private record Choice(List<Move> moves, int number) {}

  /// The outcomes alone, sorted.
  static Set<String> outcomes(Explored explored) {
    return new TreeSet<>(explored.ends().keySet());
  }
}
