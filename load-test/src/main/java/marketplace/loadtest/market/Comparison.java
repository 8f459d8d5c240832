package marketplace.loadtest.market;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Two runs side by side.
final class Comparison {
  private static final Map<String, ToDoubleFunction<Summary>> ROWS = new LinkedHashMap<>();

  static {
    ROWS.put("commands/s", it -> it.commands().perSecond());
    ROWS.put("commands p50 ms", it -> it.commands().latency().p50());
    ROWS.put("commands p99 ms", it -> it.commands().latency().p99());
    ROWS.put("commands p99.9 ms", it -> it.commands().latency().p999());
    ROWS.put("refused", it -> it.commands().refused());
    ROWS.put("failed", it -> it.commands().failed());
    ROWS.put("views p99 ms", it -> it.views().latency().p99());
    ROWS.put("final event p50 ms", it -> it.toFinalEvent().millis().p50());
    ROWS.put("final event p99 ms", it -> it.toFinalEvent().millis().p99());
    ROWS.put("relay p99 ms", it -> it.relay().millis().p99());
    ROWS.put("consumer lag max", it -> it.consumers().lagMax());
    ROWS.put("deadlines p99 ms", it -> it.deadlines().millis().p99());
    ROWS.put("generator p99 ms", it -> it.generator().millis().p99());
  }

  private Comparison() {}

  static String of(Summary one, Summary other) {
    var table = new StringBuilder();
    table.append("%-20s %14s %14s %9s%n".formatted("", title(one), title(other), "change"));
    ROWS.forEach((name, value) -> {
      var first = value.applyAsDouble(one);
      var second = value.applyAsDouble(other);
      table.append(
          "%-20s %14.1f %14.1f %9s%n".formatted(name, first, second, change(first, second)));
    });
    table.append("%-20s %14s %14s%n".formatted("invariants", held(one), held(other)));
    return table.toString();
  }

  private static String title(Summary summary) {
    return "%s %.0f/s".formatted(summary.profile(), summary.ratePerSecond());
  }

  private static String change(double first, double second) {
    if (first == second) return "=";
    return first == 0 ? "new" : "%+.0f %%".formatted(100 * (second - first) / first);
  }

  private static String held(Summary summary) {
    return summary.invariants().held() ? "held" : "BROKEN";
  }
}
