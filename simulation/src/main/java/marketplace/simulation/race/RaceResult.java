package marketplace.simulation.race;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import marketplace.simulation.journal.Broken;
import marketplace.simulation.race.Raced.End;
import org.jspecify.annotations.Nullable;

/// What came of a race.
///
/// @param world `memory` or `live`
/// @param orders every order of the actions, everybody hearing everything between two of them
/// @param outcomes the same by how it ended, the most frequent first
/// @param interleaved what comes of acts that are made before others are heard of; null where
///   nobody has asked for it
/// @param story of a broken invariant, the shortest that was found, as a Mermaid diagram; null
///   where none is broken
public record RaceResult(
    String given,
    List<String> actions,
    String policy,
    String world,
    List<Raced> orders,
    List<Outcome> outcomes,
    @Nullable Interleaved interleaved,
    @Nullable String story) {

  /// @param count of the orders that ended like this
  /// @param first of them
  public record Outcome(End end, int count, List<String> first) {}

  /// @param states different ones that were gone through
  /// @param complete are these all that there are? Otherwise there were more than can be gone
  ///   through
  /// @param outcomes with the number of last states in which it ended like this, and one way there
  /// @param broken invariants; empty
  public record Interleaved(
      int states, boolean complete, List<Outcome> outcomes, List<Broken> broken) {}

  /// Has anything happened that must not?
  public boolean isBroken() {
    var other = interleaved;
    return orders.stream().anyMatch(raced -> !raced.broken().isEmpty())
        || (other != null && !other.broken().isEmpty());
  }

  static RaceResult of(
      Race race,
      String world,
      List<Raced> orders,
      @Nullable Interleaved interleaved,
      @Nullable String story) {
    return new RaceResult(
        race.given().word(),
        race.actions().stream().map(RaceAction::word).toList(),
        race.policy(),
        world,
        orders,
        outcomes(orders),
        interleaved,
        story);
  }

  private static List<Outcome> outcomes(List<Raced> orders) {
    var tally = new Tally();
    for (var raced : orders) {
      tally.add(raced.end(), raced.acts().stream().map(Raced.Act::toString).toList());
    }
    return tally.outcomes();
  }

  /// Counts how it ended.
  static final class Tally {
    private final Map<End, List<List<String>>> ways = new LinkedHashMap<>();

    void add(End end, List<String> way) {
      ways.computeIfAbsent(end, _ -> new ArrayList<>()).add(way);
    }

    List<Outcome> outcomes() {
      return ways.entrySet().stream()
          .map(one -> new Outcome(one.getKey(), one.getValue().size(), one.getValue().getFirst()))
          .sorted((one, other) -> Integer.compare(other.count(), one.count()))
          .toList();
    }
  }
}
