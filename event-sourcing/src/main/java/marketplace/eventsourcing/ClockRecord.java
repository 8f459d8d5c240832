package marketplace.eventsourcing;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// How simulated time runs from now on: `sim = simAnchor + rate × (wall − wallAnchor)`. Travels
/// under the key `clock` on the control topic.
///
/// @param epoch only grows; an older record than the one in force is ignored
/// @param rate 0 frozen, 1 real time, up to 100 000
/// @param deadlinesUpTo while stepping: pollers fire deadlines only up to this one; null: all that
///   are due
public record ClockRecord(
    long epoch, Instant wallAnchor, Instant simAnchor, long rate, @Nullable Bound deadlinesUpTo) {

  public static final long RATE_MAX = 100_000;

  /// Time ends here: it stands still rather than overflow.
  public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  public ClockRecord {
    if (rate < 0 || rate > RATE_MAX) {
      throw new IllegalArgumentException("rate must be from 0 to " + RATE_MAX + ", was " + rate);
    }
    wallAnchor = anchor("wallAnchor", wallAnchor);
    simAnchor = anchor("simAnchor", simAnchor);
  }

  /// What simulated time this record gives. A wall clock that is still before the anchor, as on a
  /// machine that goes slow, gives the anchor.
  public Instant simulatedAt(Instant wall) {
    var elapsed = ChronoUnit.MILLIS.between(wallAnchor, wall);
    if (rate == 0 || elapsed <= 0) return simAnchor;
    var left = ChronoUnit.MILLIS.between(simAnchor, LATEST);
    return elapsed > left / rate ? LATEST : simAnchor.plusMillis(elapsed * rate);
  }

  private static Instant anchor(String name, Instant instant) {
    if (instant.isBefore(Instant.EPOCH) || instant.isAfter(LATEST)) {
      throw new IllegalArgumentException(name + " must be from 1970 to 9999, was " + instant);
    }
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }

  /// A point in the order in which deadlines fire: instant, then rank, then the stream's id.
  ///
  /// @param at simulated
  /// @param rank of the deadline, see `Deadline.rank`
  /// @param id of the stream, in its text form
  public record Bound(Instant at, int rank, String id) {
    public boolean admits(Instant dueAt, int dueRank, String streamId) {
      var byTime = dueAt.compareTo(at);
      if (byTime != 0) return byTime < 0;
      if (dueRank != rank) return dueRank < rank;
      return streamId.compareTo(id) <= 0;
    }
  }
}
