package marketplace.kernel;

import java.time.Duration;
import java.time.Instant;

/// What a seller may do after the points of the last 365 days.
public enum SellerStanding {
  GOOD(0),
  WARNED(12),
  RESTRICTED(24),
  CLOSED(48);

  /// New orders are refused for so long after the change to RESTRICTED; his standing stays.
  public static final Duration RESTRICTED_FOR = Duration.ofDays(7);

  private final int pointsMin;

  SellerStanding(int pointsMin) {
    this.pointsMin = pointsMin;
  }

  /// The strictest that so many points lead to.
  public static SellerStanding of(int points) {
    var standing = GOOD;
    for (var stricter : values()) {
      if (points >= stricter.pointsMin) standing = stricter;
    }
    return standing;
  }

  /// May new orders be placed?
  ///
  /// @param since when it became so
  public boolean takesOrders(Instant since, Instant at) {
    return switch (this) {
      case GOOD, WARNED -> true;
      case RESTRICTED -> !at.isBefore(since.plus(RESTRICTED_FOR));
      case CLOSED -> false;
    };
  }
}
