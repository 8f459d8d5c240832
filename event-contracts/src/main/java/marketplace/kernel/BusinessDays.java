package marketplace.kernel;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;

/// Monday to Friday, UTC, without holidays (domain, section 3, rule 8).
public final class BusinessDays {
  private BusinessDays() {}

  /// The instant `days` business days after `start`, at the same time of day.
  public static Instant after(Instant start, int days) {
    var time = start.atOffset(ZoneOffset.UTC);
    for (var counted = 0; counted < days; ) {
      time = time.plusDays(1);
      if (isBusinessDay(time.getDayOfWeek())) counted++;
    }
    return time.toInstant();
  }

  /// How many business days lie after `from` and not after `to`; 0 once `to` has passed.
  public static int between(Instant from, Instant to) {
    var days = 0;
    while (days < DAYS_MAX && !after(from, days + 1).isAfter(to)) days++;
    return days;
  }

  /// No refund takes longer than twenty; a bound keeps a foreign date from costing a loop for ever.
  private static final int DAYS_MAX = 400;

  private static boolean isBusinessDay(DayOfWeek day) {
    return day != DayOfWeek.SATURDAY && day != DayOfWeek.SUNDAY;
  }
}
