package marketplace.simulation.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How much there is to do: orders come in evenly spread by chance over the days, from these buyers
/// to these sellers.
///
/// @param days in which orders are placed
/// @param thenDays for which the market goes on, without new orders
/// @param tick people act at full ticks of simulated time, so that a run in steps has few stops
public record Workload(int orders, int buyers, int sellers, int days, int thenDays, Duration tick) {
  /// After so many days even an order of the last day is over that was shipped late, has got lost
  /// and was disputed to the end.
  public static final int TO_THE_END = 150;

  public static final Duration USUAL_TICK = Duration.ofHours(1);

  private static final int ORDERS_MAX = 10_000_000;
  private static final int DAYS_MAX = 365;
  private static final Duration TICK_MAX = Duration.ofDays(1);

  /// What this breaks, as sentences; empty where it can be played.
  public List<String> brokenRules() {
    List<String> broken = new ArrayList<>();
    require(broken, "orders", orders, ORDERS_MAX);
    require(broken, "buyers", buyers, ORDERS_MAX);
    require(broken, "sellers", sellers, ORDERS_MAX);
    require(broken, "days", days, DAYS_MAX);
    if (thenDays < 0 || thenDays > DAYS_MAX) {
      broken.add("thenDays must be from 0 to %d, was %d".formatted(DAYS_MAX, thenDays));
    }
    if (tick.toMillis() < 1 || tick.compareTo(TICK_MAX) > 0) {
      broken.add("tick must be from PT0.001S to P1D, was " + tick);
    }
    return broken;
  }

  private static void require(List<String> broken, String name, int value, int max) {
    if (value < 1 || value > max) {
      broken.add("%s must be from 1 to %d, was %d".formatted(name, max, value));
    }
  }
}
