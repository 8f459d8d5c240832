package marketplace.simulation.experiment;

import java.util.Locale;

/// An experiment as tables for other programs: always the same text for the same outcome.
final class Csv {
  private Csv() {}

  /// One line for each policy, metric and seed.
  static String values(Experiment.Outcome outcome) {
    var text = new StringBuilder("policy,seed,metric,unit,value\n");
    var seeds = outcome.plan().allSeeds();
    for (var policy : outcome.plan().policies()) {
      for (var place = 0; place < seeds.size(); place++) {
        var figures = outcome.of(policy).get(place);
        for (var metric : Metric.ALL) {
          text.append(policy.policyId())
              .append(',')
              .append(seeds.get(place))
              .append(',')
              .append(metric.name())
              .append(',')
              .append(metric.unit())
              .append(',')
              .append(number(metric.value().applyAsDouble(figures)))
              .append('\n');
        }
      }
    }
    return text.toString();
  }

  /// One line for each policy and metric: the mean over all seeds with its interval.
  static String estimates(Experiment.Outcome outcome) {
    var text = new StringBuilder("policy,metric,unit,seeds,mean,low95,high95\n");
    for (var policy : outcome.plan().policies()) {
      for (var metric : Metric.ALL) {
        var estimate = outcome.estimate(policy, metric);
        text.append(policy.policyId())
            .append(',')
            .append(metric.name())
            .append(',')
            .append(metric.unit())
            .append(',')
            .append(outcome.plan().seeds())
            .append(',')
            .append(number(estimate.mean()))
            .append(',')
            .append(number(estimate.low()))
            .append(',')
            .append(number(estimate.high()))
            .append('\n');
      }
    }
    return text.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
