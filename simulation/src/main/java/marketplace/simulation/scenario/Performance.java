package marketplace.simulation.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/// How a story went: each step with what was expected and what was found.
///
/// @param world `memory` or `live`
public record Performance(
    String scenario, String world, Instant start, boolean passed, List<StepResult> steps) {

  /// @param what in the words of the story
  /// @param differences none where all was as expected
  public record StepResult(
      Instant at, String what, JsonNode expected, JsonNode found, List<String> differences) {
    public boolean passed() {
      return differences.isEmpty();
    }
  }

  /// For people: one line a step, and below it whatever was not as expected.
  public String report() {
    var text = new StringBuilder();
    text.append("%s (%s) %s%n".formatted(scenario, world, passed ? "as told" : "NOT AS TOLD"));
    for (var step : steps) {
      text.append("  %s %s %s%n".formatted(step.passed() ? "ok " : "NOT", step.at(), step.what()));
      for (var difference : step.differences())
        text.append("        ").append(difference).append('\n');
    }
    return text.toString();
  }
}
