package marketplace.loadtest;

import java.time.Duration;
import java.util.function.LongUnaryOperator;
import marketplace.simulation.lives.Lives;
import marketplace.simulation.lives.OrdinaryLives;

/// How many order lives the in-memory world lives in a minute of one thread.
final class LivesInMemory {
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration MEASURED = Duration.ofSeconds(20);
  private static final int ORDERS_OF_A_MARKET = 1_000;
  private static final double MINUTE = 60e9;

  private final Report report;

  LivesInMemory(Report report) {
    this.report = report;
  }

  void measure() {
    measure(
        "lives.ordinary",
        "ordinary order lives (%,d to a market)".formatted(ORDERS_OF_A_MARKET),
        LivesInMemory::ordinary);
    measure(
        "lives.accidents",
        "runs of 20 to 119 moves with delays, repetitions and crashes",
        LivesInMemory::withAccidents);
  }

  private static long ordinary(long seed) {
    var lived = OrdinaryLives.live(seed, ORDERS_OF_A_MARKET);
    if (!lived.broken().isEmpty()) throw new IllegalStateException("seed " + seed + ": " + lived);
    return lived.orders();
  }

  private static long withAccidents(long seed) {
    new Lives()
        .live(seed, 1)
        .ifPresent(failure -> {
          throw new IllegalStateException(failure.toString());
        });
    return 1;
  }

  /// @param live of a seed, answers how many lives that were
  private void measure(String name, String what, LongUnaryOperator live) {
    var warm = spend(WARM_UP, 1, live);
    var begin = System.nanoTime();
    var lives = spend(MEASURED, warm + 1, live);
    var perMinute = lives / (System.nanoTime() - begin) * MINUTE;
    report.line("%s: %,.0f a minute on one thread (wanted 200,000)", what, perMinute);
    report.figure(name + ".aMinute", perMinute);
  }

  /// @return how many lives that were
  private static double spend(Duration time, double firstSeed, LongUnaryOperator live) {
    var end = System.nanoTime() + time.toNanos();
    var lives = 0L;
    for (var seed = (long) firstSeed; System.nanoTime() < end; seed++) {
      lives += live.applyAsLong(seed);
    }
    return lives;
  }
}
