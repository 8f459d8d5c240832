package marketplace.loadtest.market;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks for the highest rate that is held: first the rates that were asked for, then by halving
/// between the highest that was held and the lowest that was not.
final class Search {
  /// As near as the answer gets to the truth; two runs of one rate differ by more.
  private static final double NEAR = 0.1;

  /// Nor does it look for less than this share of the lowest rate that was asked for, or than one.
  private static final double LEAST = 0.25;

  private static final int ROUNDS_MAX = 6;

  /// Less than this of the wanted rate means that not even the callers keep up.
  private static final double RATE_KEPT = 0.97;

  private final Player player;
  private final double p99MaxMillis;
  private final List<Summary> found = new ArrayList<>();

  @FunctionalInterface
  interface Player {
    Summary play(double perSecond) throws InterruptedException;
  }

  Search(Player player, double p99MaxMillis) {
    this.player = player;
    this.p99MaxMillis = p99MaxMillis;
  }

  /// @param rates to begin with, ascending
  List<Summary> look(List<Double> rates) throws InterruptedException {
    var held = 0.0;
    var lost = Double.MAX_VALUE;
    for (var rate : rates) {
      if (holds(rate)) held = rate;
      else lost = Math.min(lost, rate);
    }
    var least = LEAST * rates.getFirst();
    for (var round = 0; round < ROUNDS_MAX && lost > held * (1 + NEAR); round++) {
      if (lost < least || lost <= 1) break;
      var rate = lost == Double.MAX_VALUE ? held * 2 : Math.rint((held + lost) / 2);
      if (holds(rate)) held = Math.max(held, rate);
      else lost = Math.min(lost, rate);
    }
    found.sort(Comparator.comparingDouble(Summary::ratePerSecond));
    return List.copyOf(found);
  }

  private boolean holds(double rate) throws InterruptedException {
    var summary = player.play(rate);
    found.add(summary);
    return holds(summary);
  }

  private boolean holds(Summary summary) {
    return summary.isGood()
        && summary.commands().latency().p99() < p99MaxMillis
        && summary.commands().perSecond() >= RATE_KEPT * summary.ratePerSecond();
  }

  /// As a table in Markdown.
  String report() {
    var table = new StringBuilder();
    table.append(
        """
        | commands/s | held | p50 ms | p99 ms | p99.9 ms | worst p99 ms | to the final event p99 ms \
        | relay p99 ms | consumers behind | deadlines p99 ms late | generator p99 ms late \
        | busiest service |
        |---|---|---|---|---|---|---|---|---|---|---|---|
        """);
    for (var summary : found) {
      var latency = summary.commands().latency();
      table.append(
          "| %.0f | %s | %.0f | %.0f | %.0f | %s | %.0f | %.0f | %d | %.0f | %.0f | %s |%n"
              .formatted(
                  summary.ratePerSecond(),
                  holds(summary) ? "yes" : "no",
                  latency.p50(),
                  latency.p99(),
                  latency.p999(),
                  slowest(summary),
                  summary.toFinalEvent().millis().p99(),
                  summary.relay().millis().p99(),
                  summary.consumers().lagMax(),
                  summary.deadlines().millis().p99(),
                  summary.generator().millis().p99(),
                  busiest(summary)));
    }
    return table.append(verdict()).toString();
  }

  private String verdict() {
    var held = found.stream().filter(this::holds).mapToDouble(Summary::ratePerSecond).max();
    return held.isPresent()
        ? "\nThe highest rate that was held with p99 under %.0f ms: %.0f commands/s.%n"
            .formatted(p99MaxMillis, held.getAsDouble())
        : "\nNo rate was held with p99 under %.0f ms.%n".formatted(p99MaxMillis);
  }

  private static String slowest(Summary summary) {
    return summary.operations().entrySet().stream()
        .max(Comparator.comparingDouble(one -> one.getValue().latency().p99()))
        .map(one -> "%s %.0f".formatted(one.getKey(), one.getValue().latency().p99()))
        .orElse("");
  }

  private static String busiest(Summary summary) {
    Map.@Nullable Entry<String, Summary.Service> busiest =
        summary.services().entrySet().stream()
            .max(Comparator.comparingDouble(one -> one.getValue().processorMean()))
            .orElse(null);
    return busiest == null
        ? ""
        : "%s %.0f %%".formatted(busiest.getKey(), 100 * busiest.getValue().processorMean());
  }
}
