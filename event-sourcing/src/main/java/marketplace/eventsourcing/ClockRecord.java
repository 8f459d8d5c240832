package marketplace.eventsourcing;

import java.time.Instant;
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
