package marketplace.simulation.race;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import marketplace.kernel.Policies;

/// What is given, and what is then done in any order.
///
/// @param policy the id of the policy set that the order is placed under
public record Race(Situation given, List<RaceAction> actions, String policy) {
  /// Of six there are 720 orders.
  public static final int ACTIONS_MAX = 6;

  public Race {
    actions = List.copyOf(actions);
    if (actions.isEmpty() || actions.size() > ACTIONS_MAX) {
      throw new IllegalArgumentException(
          "actions must name one to %d, were %d".formatted(ACTIONS_MAX, actions.size()));
    }
  }

  public Race(Situation given, RaceAction... actions) {
    this(given, List.of(actions), Policies.DEFAULT_ID);
  }

  /// Every order in which the actions can be made, each once; equal actions are not told apart.
  public List<List<RaceAction>> orders() {
    Set<List<RaceAction>> orders = new LinkedHashSet<>();
    permute(new ArrayList<>(), actions, orders);
    return List.copyOf(orders);
  }

  private static void permute(
      List<RaceAction> chosen, List<RaceAction> left, Set<List<RaceAction>> orders) {
    if (left.isEmpty()) orders.add(List.copyOf(chosen));
    for (var i = 0; i < left.size(); i++) {
      List<RaceAction> rest = new ArrayList<>(left);
      chosen.add(rest.remove(i));
      permute(chosen, rest, orders);
      chosen.removeLast();
    }
  }
}
