package marketplace.eventsourcing.control;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing that shall go wrong: `{kind: CONSUME_DELAY, topic: …, millis: 500}`.
///
/// @param parameters all but the kind, as text
public record FaultRule(String kind, Map<String, String> parameters) {
  public FaultRule {
    parameters = Map.copyOf(parameters);
  }

  public @Nullable String text(String name) {
    return parameters.get(name);
  }

  /// @throws IllegalArgumentException where there is no such number from `min` to `max`
  public long number(String name, long min, long max) {
    var text = parameters.get(name);
    if (text != null) {
      try {
        var number = Long.parseLong(text);
        if (number >= min && number <= max) return number;
      } catch (NumberFormatException _) {
        // told below, as for numbers out of range
      }
    }
    throw new IllegalArgumentException(
        "%s of %s must be a whole number from %d to %d, was %s"
            .formatted(name, kind, min, max, text));
  }

  /// Is it about this? What the rule does not name, it is about all of.
  boolean isAbout(Map<String, String> facts) {
    return facts.entrySet().stream()
        .allMatch(fact ->
            parameters.getOrDefault(fact.getKey(), fact.getValue()).equals(fact.getValue()));
  }
}
