package marketplace.loadtest.market;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// How long things took. Not for several threads.
final class Latencies {
  private static final long MICROS_MAX = TimeUnit.HOURS.toMicros(1);
  private static final double MICROS_PER_MILLI = 1_000;

  private final Histogram micros = new Histogram(MICROS_MAX, 3);

  void record(long nanos) {
    micros.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, MICROS_MAX));
  }

  Summary.Millis millis() {
    return new Summary.Millis(
        micros.getTotalCount(),
        at(50),
        at(95),
        at(99),
        at(99.9),
        micros.getMaxValue() / MICROS_PER_MILLI);
  }

  private double at(double percentile) {
    return micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
  }
}
