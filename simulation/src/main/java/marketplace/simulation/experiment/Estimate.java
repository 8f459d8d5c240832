package marketplace.simulation.experiment;

import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/// A mean over several seeds, and how far off it may be: with 95 % confidence the mean over all
/// seeds lies between `low` and `high` (Student's t). Of one seed nothing is known but its value.
record Estimate(double mean, double low, double high) {
  private static final double UPPER = 0.975;

  static Estimate of(List<Double> values) {
    var mean = values.stream().mapToDouble(value -> value).average().orElse(0);
    var n = values.size();
    if (n < 2) return new Estimate(mean, mean, mean);
    var squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    var error = StrictMath.sqrt(squares / (n - 1) / n);
    var half = error == 0 ? 0 : TDistribution.of(n - 1).inverseCumulativeProbability(UPPER) * error;
    return new Estimate(mean, mean - half, mean + half);
  }
}
