package marketplace.simulation.experiment;

import java.util.List;
import java.util.Locale;
import marketplace.kernel.PolicySet;
import marketplace.simulation.run.Figures;
import marketplace.simulation.run.Figures.Outcome;

/// The charts of an experiment, each an SVG that stands alone: it brings its colours, for light and
/// dark, and says in words what it shows.
final class Charts {
  private static final int WIDTH = 760;
  private static final int LABELS = 190;
  private static final int RIGHT = 30;
  private static final int ROW = 34;
  private static final int BAR = 20;
  private static final int TOP = 44;
  private static final int LEGEND_ROW = 22;
  private static final int LEGEND_COLUMNS = 4;
  private static final int PLOT_HEIGHT = 260;
  private static final int SHOWN_PERCENT = 4;
  private static final int GRID = 4;

  private static final List<String> DASHES = List.of("", "8 4", "2 4", "10 3 2 3", "4 2", "1 2");

  private static final String STYLE =
      """
      <style>
        :root { color-scheme: light dark; }
        text { font: 13px system-ui, sans-serif; fill: light-dark(#1b1f24, #e6e8ea); }
        .title { font-weight: 600; font-size: 15px; }
        .soft { fill: light-dark(#57606a, #9aa4ae); font-size: 12px; }
        .in { fill: #fff; font-size: 11px; paint-order: stroke; stroke: #0006; stroke-width: 2px; }
        .grid { stroke: light-dark(#d8dee4, #3a424a); stroke-width: 1; }
        .error { stroke: light-dark(#1b1f24, #e6e8ea); stroke-width: 1.5; }
        .line { fill: none; stroke-width: 2.5; }
      </style>
      """;

  private final Experiment.Outcome outcome;
  private final List<PolicySet> policies;

  Charts(Experiment.Outcome outcome) {
    this.outcome = outcome;
    this.policies = outcome.plan().policies();
  }

  /// How requests ended, under each policy.
  String outcomes() {
    var shown =
        List.of(Outcome.values()).stream()
            .filter(one -> policies.stream().anyMatch(policy -> percent(policy, one) > 0))
            .toList();
    var legendRows = Math.ceilDiv(shown.size(), LEGEND_COLUMNS);
    var height = TOP + policies.size() * ROW + legendRows * LEGEND_ROW + 20;
    var text = begin(height, "How requests to cancel ended", "Shares of all requests, by policy");
    for (var row = 0; row < policies.size(); row++) {
      var policy = policies.get(row);
      var y = TOP + row * ROW;
      label(text, policy.policyId(), y);
      var x = (double) LABELS;
      for (var one : shown) {
        var percent = percent(policy, one);
        var width = percent / 100 * plotWidth();
        if (width <= 0) continue;
        text.append(
            format(
                "<rect x='%.1f' y='%d' width='%.1f' height='%d' fill='%s'><title>%s: %s %.1f %%"
                    + "</title></rect>%n",
                x,
                y,
                width,
                BAR,
                colour(one),
                policy.policyId(),
                Metric.words(one.name()),
                percent));
        if (percent >= SHOWN_PERCENT) {
          text.append(
              format(
                  "<text class='in' text-anchor='middle' x='%.1f' y='%d'>%.0f %%</text>%n",
                  x + width / 2, y + 14, percent));
        }
        x += width;
      }
    }
    for (var place = 0; place < shown.size(); place++) {
      var x = LABELS + place % LEGEND_COLUMNS * (plotWidth() / LEGEND_COLUMNS);
      var y = TOP + policies.size() * ROW + 8 + place / LEGEND_COLUMNS * LEGEND_ROW;
      var one = shown.get(place);
      text.append(
          format(
              "<rect x='%d' y='%d' width='12' height='12' fill='%s'/>"
                  + "<text class='soft' x='%d' y='%d'>%s</text>%n",
              x, y, colour(one), x + 18, y + 11, Metric.words(one.name())));
    }
    return end(text);
  }

  /// How many buyers have their money back after so many hours.
  String timeToMoneyBack() {
    var height = TOP + PLOT_HEIGHT + 40 + policies.size() * LEGEND_ROW;
    var text =
        begin(
            height,
            "From the request until the buyer has the money",
            "Share of the refunds that follow a request, by days since the request");
    var last = Math.max(24, policies.stream().mapToDouble(this::hoursOfMost).max().orElse(0));
    var left = 60;
    var width = WIDTH - left - RIGHT;
    for (var line = 0; line <= GRID; line++) {
      var y = TOP + PLOT_HEIGHT - line * PLOT_HEIGHT / GRID;
      text.append(
          format(
              "<line class='grid' x1='%d' y1='%d' x2='%d' y2='%d'/>"
                  + "<text class='soft' text-anchor='end' x='%d' y='%d'>%d %%</text>%n",
              left, y, left + width, y, left - 8, y + 4, line * 100 / GRID));
      text.append(
          format(
              "<text class='soft' text-anchor='middle' x='%d' y='%d'>%.0f d</text>%n",
              left + line * width / GRID, TOP + PLOT_HEIGHT + 18, last / 24 * line / GRID));
    }
    for (var place = 0; place < policies.size(); place++) {
      var policy = policies.get(place);
      var hours =
          outcome.of(policy).stream()
              .map(Figures::hoursToSettled)
              .flatMap(List::stream)
              .sorted()
              .toList();
      var path = new StringBuilder(format("M%d,%d", left, TOP + PLOT_HEIGHT));
      for (var step = 1; step <= width / 2; step++) {
        var until = last * 2 * step / width;
        var within = hours.stream().filter(one -> one <= until).count();
        var y = TOP + PLOT_HEIGHT - (double) within / Math.max(1, hours.size()) * PLOT_HEIGHT;
        path.append(format(" L%d,%.1f", left + 2 * step, y));
      }
      var y = TOP + PLOT_HEIGHT + 40 + place * LEGEND_ROW;
      text.append(
          format(
              "<path class='line' stroke='%s' stroke-dasharray='%s' d='%s'/>"
                  + "<line class='line' stroke='%s' stroke-dasharray='%s' x1='%d' y1='%d' x2='%d'"
                  + " y2='%d'/><text x='%d' y='%d'>%s</text>%n",
              lineColour(place),
              DASHES.get(place),
              path,
              lineColour(place),
              DASHES.get(place),
              left,
              y - 4,
              left + 40,
              y - 4,
              left + 50,
              y,
              policy.policyId()));
    }
    return end(text);
  }

  /// Of one metric a bar for each policy, with the interval where there are several seeds.
  String bars(Metric metric) {
    var height = TOP + policies.size() * ROW + 14;
    var title = metric.label() + " (" + metric.unit() + ")";
    var text =
        begin(
            height,
            title,
            outcome.plan().seeds() > 1
                ? "Mean of %d seeds, with its 95 %% interval".formatted(outcome.plan().seeds())
                : "One seed");
    var most =
        policies.stream()
            .mapToDouble(policy -> outcome.estimate(policy, metric).high())
            .max()
            .orElse(0);
    var room = plotWidth() - 90;
    for (var row = 0; row < policies.size(); row++) {
      var policy = policies.get(row);
      var estimate = outcome.estimate(policy, metric);
      var y = TOP + row * ROW;
      label(text, policy.policyId(), y);
      var scale = most <= 0 ? 0 : room / most;
      text.append(
          format(
              "<rect x='%d' y='%d' width='%.1f' height='%d' fill='%s'/>%n",
              LABELS, y, estimate.mean() * scale, BAR, lineColour(row)));
      if (estimate.high() > estimate.low()) {
        text.append(
            format(
                "<line class='error' x1='%.1f' y1='%d' x2='%.1f' y2='%d'/>%n",
                LABELS + Math.max(0, estimate.low()) * scale,
                y + BAR / 2,
                LABELS + estimate.high() * scale,
                y + BAR / 2));
      }
      text.append(
          format(
              "<text class='soft' x='%.1f' y='%d'>%s</text>%n",
              LABELS + estimate.high() * scale + 8, y + 14, shortly(estimate.mean())));
    }
    return end(text);
  }

  private double hoursOfMost(PolicySet policy) {
    return outcome.estimate(policy, Metric.named("toSettled.p95")).mean() * 1.1;
  }

  private double percent(PolicySet policy, Outcome one) {
    return outcome.of(policy).stream()
        .mapToDouble(figures -> 100 * figures.share(one))
        .average()
        .orElse(0);
  }

  private static int plotWidth() {
    return WIDTH - LABELS - RIGHT;
  }

  /// Told apart by people who see colours differently too (Okabe and Ito, 2008, and tints of them).
  private static String colour(Outcome outcome) {
    return switch (outcome) {
      case APPROVED -> "#009e73";
      case AUTO_APPROVED -> "#56b4e9";
      case SILENCE_APPROVED -> "#0072b2";
      case OFFER_ACCEPTED -> "#8ad1c2";
      case DECLINED -> "#d55e00";
      case SILENCE_DECLINED -> "#b5651d";
      case SHIPPED -> "#e69f00";
      case OFFER_LAPSED -> "#f0c96b";
      case WITHDRAWN -> "#cc79a7";
      case OVERTAKEN -> "#999999";
      case OPEN -> "#444444";
    };
  }

  /// Lines and bars of policies must not be taken for outcomes that follow one another.
  private static String lineColour(int policy) {
    return List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9").get(policy);
  }

  private static void label(StringBuilder text, String label, int y) {
    text.append(
        format("<text text-anchor='end' x='%d' y='%d'>%s</text>%n", LABELS - 10, y + 15, label));
  }

  private static StringBuilder begin(int height, String title, String what) {
    var text = new StringBuilder();
    text.append(
        format(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' role='img'>%n"
                + "<title>%s</title><desc>%s</desc>%n",
            WIDTH, height, title, what));
    text.append(STYLE);
    text.append(
        format(
            "<text class='title' x='4' y='16'>%s</text><text class='soft' x='4' y='33'>%s</text>%n",
            title, what));
    return text;
  }

  private static String end(StringBuilder text) {
    return text.append("</svg>\n").toString();
  }

  static String shortly(double value) {
    var digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern.replace("%n", "\n"), values);
  }
}
