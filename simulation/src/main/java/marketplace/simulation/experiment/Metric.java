package marketplace.simulation.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import marketplace.kernel.CancellationReason;
import marketplace.simulation.run.Figures;
import marketplace.simulation.run.Figures.Asked;
import marketplace.simulation.run.Figures.Outcome;

/// One figure that policies are compared by (domain, section 15.3).
///
/// @param name in files: `outcome.approved`
/// @param label for people
/// @param unit `%`, `h`, `USD·days`, …
public record Metric(String name, String label, String unit, ToDoubleFunction<Figures> value) {
  private static final double HALF = 0.5;
  private static final double MOST = 0.95;
  private static final double PERCENT = 100;
  private static final double MINOR = 100;

  public static final List<Metric> ALL = all();

  private static List<Metric> all() {
    List<Metric> all = new ArrayList<>();
    all.add(new Metric("orders", "Orders placed", "orders", Figures::placed));
    all.add(new Metric("refused", "Orders refused", "orders", Figures::refused));
    all.add(new Metric("requests", "Requests to cancel", "requests", Figures::requests));
    for (var outcome : Outcome.values()) {
      all.add(
          new Metric(
              "outcome." + camel(outcome.name()),
              "Requests: " + words(outcome.name()),
              "%",
              figures -> PERCENT * figures.share(outcome)));
    }
    for (var reason : CancellationReason.values()) {
      all.add(
          new Metric(
              "declined." + camel(reason.name()),
              "Declined of those that say " + words(reason.name()),
              "%",
              figures -> PERCENT * declined(figures, reason)));
    }
    all.add(
        new Metric(
            "toIssued.median",
            "Request to refund sent, median",
            "h",
            figures -> figures.hoursToIssued(HALF)));
    all.add(
        new Metric(
            "toIssued.p95",
            "Request to refund sent, 95th percentile",
            "h",
            figures -> figures.hoursToIssued(MOST)));
    all.add(
        new Metric(
            "toSettled.median",
            "Request to money back, median",
            "h",
            figures -> figures.hoursToSettled(HALF)));
    all.add(
        new Metric(
            "toSettled.p95",
            "Request to money back, 95th percentile",
            "h",
            figures -> figures.hoursToSettled(MOST)));
    all.add(
        new Metric(
            "moneyDaysHeld",
            "Buyers' money held",
            "USD·days",
            figures -> figures.minorDaysHeld() / MINOR));
    all.add(new Metric("refunded", "Refunded", "USD", figures -> figures.refundedMinor() / MINOR));
    all.add(
        new Metric(
            "disputes", "Disputes of 100 orders", "disputes", Figures::disputesPer100Orders));
    all.add(new Metric("points", "Points of a seller", "points", Figures::pointsPerSeller));
    all.add(new Metric("couponsBack", "Coupons given back", "coupons", Figures::couponsBack));
    all.add(new Metric("couponsLost", "Coupons forfeited", "coupons", Figures::couponsLost));
    return List.copyOf(all);
  }

  private static double declined(Figures figures, CancellationReason reason) {
    var asked = figures.byReason().getOrDefault(reason, new Asked(0, 0));
    return asked.requests() == 0 ? 0 : (double) asked.declined() / asked.requests();
  }

  static Metric named(String name) {
    return ALL.stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no metric is called " + name));
  }

  /// `SILENCE_APPROVED` as `silence approved`.
  static String words(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /// `SILENCE_APPROVED` as `silenceApproved`.
  private static String camel(String name) {
    var text = new StringBuilder();
    var raise = false;
    for (var letter : words(name).toCharArray()) {
      if (letter != ' ') text.append(raise ? Character.toUpperCase(letter) : letter);
      raise = letter == ' ';
    }
    return text.toString();
  }
}
