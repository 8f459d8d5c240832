package marketplace.eventsourcing.control;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing that shall go wrong: `{kind: CONSUME_DELAY, topic: …, millis: 500, rate: 0.1}`.
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
    throw wrong(name, "must be a whole number from %d to %d, was %s".formatted(min, max, text));
  }

  /// As `number`, where it may be left out.
  public long number(String name, long min, long max, long otherwise) {
    return text(name) == null ? otherwise : number(name, min, max);
  }

  /// What `rate` and `seed` say; all are hit where there is no rate.
  public Chance chance() {
    var rate = text("rate");
    if (rate == null) {
      if (text("seed") != null) throw wrong("seed", "is of use with a rate only");
      return Chance.ALWAYS;
    }
    try {
      var number = Double.parseDouble(rate);
      if (number >= 0 && number <= 1) {
        return new Chance(number, number("seed", Long.MIN_VALUE, Long.MAX_VALUE, 0));
      }
    } catch (NumberFormatException _) {
      // told below, as for numbers out of range
    }
    throw wrong("rate", "must be a number from 0 to 1, was " + rate);
  }

  public IllegalArgumentException wrong(String name, String what) {
    return new BadFaultRuleException("/" + name, "%s of %s %s".formatted(name, kind, what));
  }

  /// Is it about this? What the rule does not name, it is about all of.
  boolean isAbout(Map<String, String> facts) {
    return facts.entrySet().stream()
        .allMatch(fact ->
            parameters.getOrDefault(fact.getKey(), fact.getValue()).equals(fact.getValue()));
  }
}
