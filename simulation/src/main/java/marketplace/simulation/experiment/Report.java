package marketplace.simulation.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an experiment leaves in a folder: one page that needs nothing else, its charts and its
/// tables.
public final class Report {
  /// Those that a bar chart is drawn of.
  private static final List<String> BARS =
      List.of("toSettled.median", "moneyDaysHeld", "outcome.shipped", "disputes", "points");

  private final Experiment.Outcome outcome;

  public Report(Experiment.Outcome outcome) {
    this.outcome = outcome;
  }

  /// By the files' names.
  public Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("index.html", page());
    files.put("estimates.csv", Csv.estimates(outcome));
    files.put("values.csv", Csv.values(outcome));
    files.putAll(charts());
    return files;
  }

  /// @throws IOException where the folder cannot be written
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (var file : files().entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private Map<String, String> charts() {
    var charts = new Charts(outcome);
    Map<String, String> files = new LinkedHashMap<>();
    files.put("outcomes.svg", charts.outcomes());
    files.put("time-to-money-back.svg", charts.timeToMoneyBack());
    for (var name : BARS) files.put(name + ".svg", charts.bars(Metric.named(name)));
    return files;
  }

  private String page() {
    var workload = outcome.plan().plan().workload();
    var charts = new StringBuilder();
    charts().values().forEach(svg -> charts.append("<figure>\n").append(svg).append("</figure>\n"));
    return """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Cancellation policies compared</title>
    <style>
      :root { color-scheme: light dark; }
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
      figure { margin: 2rem 0; }
      svg { width: 100%%; height: auto; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      th, td { padding: .3rem .8rem; border-bottom: 1px solid light-dark(#d8dee4, #3a424a); text-align: right; }
      th:first-child, td:first-child { text-align: left; }
      small { color: light-dark(#57606a, #9aa4ae); }
    </style>
    <h1>Cancellation policies compared</h1>
    <p>The same %,d orders of %,d buyers in %,d shops, placed within %d days, under each policy;
    seed %d%s. All orders were followed to their end. The people are assumptions of the
    simulation: see the project's document on it before you take these figures for the world.</p>
    %s
    <h2>In figures</h2>
    <div class="wide">
    %s
    </div>
    <p>As tables: <a href="estimates.csv">estimates.csv</a> and <a href="values.csv">values.csv</a>.</p>
    </html>
    """
        .formatted(
            workload.orders(),
            workload.buyers(),
            workload.sellers(),
            workload.days(),
            outcome.plan().plan().seed(),
            outcome.plan().seeds() > 1
                ? " and the %d after it".formatted(outcome.plan().seeds() - 1)
                : "",
            charts,
            htmlTable());
  }

  /// One metric under each policy, as means over the seeds.
  ///
  /// @param means by policy
  /// @param halves of the intervals, by policy; 0 with one seed
  public record Row(
      String metric,
      String label,
      String unit,
      Map<String, Double> means,
      Map<String, Double> halves) {}

  public List<Row> table() {
    return Metric.ALL.stream().map(this::row).toList();
  }

  private Row row(Metric metric) {
    Map<String, Double> means = new LinkedHashMap<>();
    Map<String, Double> halves = new LinkedHashMap<>();
    for (var policy : outcome.plan().policies()) {
      var estimate = outcome.estimate(policy, metric);
      means.put(policy.policyId(), estimate.mean());
      halves.put(policy.policyId(), estimate.high() - estimate.mean());
    }
    return new Row(metric.name(), metric.label(), metric.unit(), means, halves);
  }

  private String htmlTable() {
    var text = new StringBuilder("<table>\n<tr><th>");
    for (var policy : outcome.plan().policies()) text.append("<th>").append(policy.policyId());
    text.append('\n');
    for (var row : table()) {
      text.append("<tr><td>").append(row.label()).append(" <small>").append(row.unit());
      text.append("</small>");
      row.means()
          .forEach((policy, mean) -> {
            text.append("<td>").append(Charts.shortly(mean));
            var half = row.halves().getOrDefault(policy, 0.0);
            if (half > 0) {
              text.append(" <small>± ").append(Charts.shortly(half)).append("</small>");
            }
          });
      text.append('\n');
    }
    return text.append("</table>").toString();
  }
}
