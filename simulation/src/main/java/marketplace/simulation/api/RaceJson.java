package marketplace.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import marketplace.kernel.Policies;
import marketplace.simulation.race.Race;
import marketplace.simulation.race.RaceAction;
import marketplace.simulation.race.Situation;

/// What is asked for when a race is to be explored.
final class RaceJson {
  private static final Set<String> FIELDS =
      Set.of("given", "actions", "policy", "interleave", "live", "atOnce");

  /// As many as there are orders of six actions.
  private static final int AT_ONCE_MAX = 720;

  private RaceJson() {}

  /// @param atOnce how many times all actions are sent at one instant; 0 for every order of them
  record Wanted(Race race, boolean interleave, boolean live, int atOnce) {}

  /// @throws IllegalArgumentException for a word that nobody knows
  static Wanted read(JsonNode body) {
    for (var field : body.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        throw Problems.invalid("/" + field.getKey(), "is no part of a race");
      }
    }
    var live = flag(body, "live");
    var interleave = flag(body, "interleave");
    var atOnce = body.path("atOnce");
    if (!atOnce.isMissingNode() && !(atOnce.isInt() && isAllowed(atOnce.intValue()))) {
      throw Problems.invalid("/atOnce", "must be 1 to %d, was %s".formatted(AT_ONCE_MAX, atOnce));
    }
    if (live && interleave) {
      throw Problems.invalid("/interleave", "is only possible in memory");
    }
    if (!live && !atOnce.isMissingNode()) {
      throw Problems.invalid("/atOnce", "is only possible with live: true");
    }
    return new Wanted(race(body), interleave, live, atOnce.asInt());
  }

  private static boolean isAllowed(int atOnce) {
    return atOnce > 0 && atOnce <= AT_ONCE_MAX;
  }

  private static Race race(JsonNode body) {
    var given = Situation.of(body.path("given").asText());
    List<RaceAction> actions = new ArrayList<>();
    for (var action : body.path("actions")) actions.add(RaceAction.of(action.asText()));
    return new Race(given, actions, body.path("policy").asText(Policies.DEFAULT_ID));
  }

  private static boolean flag(JsonNode body, String name) {
    var flag = body.path(name);
    if (!flag.isMissingNode() && !flag.isBoolean()) {
      throw Problems.invalid("/" + name, "must be true or false, was " + flag);
    }
    return flag.asBoolean();
  }
}
