package marketplace.loadtest.market;

import java.util.List;
import marketplace.loadtest.market.Profile.Segment;

/// When each call is meant to come. Latency is counted from then on: a generator that is held up
/// together with what it measures would otherwise leave out the worst.
record Schedule(List<Segment> segments) {
  private static final double NANOS = 1e9;

  static Schedule of(Profile profile, double perSecond, int seconds) {
    return new Schedule(profile.segments(perSecond, seconds));
  }

  /// How many calls there will be.
  long calls() {
    return Math.round(segments.stream().mapToDouble(Segment::calls).sum());
  }

  /// @param number of the call, from 0
  /// @return nanoseconds since the first call
  long nanosOf(long number) {
    var before = 0.0;
    var left = (double) number;
    for (var segment : segments.subList(0, segments.size() - 1)) {
      if (left < segment.calls()) return nanos(before + segment.timeOf(left));
      left -= segment.calls();
      before += segment.seconds();
    }
    return nanos(before + segments.getLast().timeOf(left));
  }

  private static long nanos(double seconds) {
    return (long) (seconds * NANOS);
  }
}
