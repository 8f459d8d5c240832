package marketplace.simulation.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import marketplace.simulation.run.Figures;

/// Figures by the names of their metrics.
public final class FiguresJson {
  private FiguresJson() {}

  public static Map<String, Double> of(Figures figures) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (var metric : Metric.ALL) {
      values.put(metric.name(), metric.value().applyAsDouble(figures));
    }
    return values;
  }
}
