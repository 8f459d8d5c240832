package marketplace.loadtest.market;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How the rate goes over time. Its mean is what was asked for, but for a ramp, which ends there.
enum Profile {
  CONSTANT,
  RAMP,
  BURST;

  /// A burst comes this often, and is so many times the rate of the quiet time before it.
  private static final int BURST_EVERY_SECONDS = 10;

  private static final double BURST_SHARE = 0.1;
  private static final double BURST_TIMES = 5;

  /// A piece of the time in which the rate goes evenly from one value to another.
  record Segment(double fromPerSecond, double toPerSecond, double seconds) {
    double calls() {
      return (fromPerSecond + toPerSecond) / 2 * seconds;
    }

    /// @param number of the call in this segment, from 0
    /// @return seconds since the segment's begin
    double timeOf(double number) {
      var growth = (toPerSecond - fromPerSecond) / seconds;
      if (growth == 0) return number / fromPerSecond;
      // The area under a line from 0 to t is the number of calls up to then.
      var root = Math.sqrt(fromPerSecond * fromPerSecond + 2 * growth * number);
      return (root - fromPerSecond) / growth;
    }
  }

  static Profile named(String name) {
    for (var profile : values()) {
      if (profile.toString().equals(name)) return profile;
    }
    throw new IllegalArgumentException("profile must be constant, ramp or burst, was " + name);
  }

  List<Segment> segments(double perSecond, int seconds) {
    return switch (this) {
      case CONSTANT -> List.of(new Segment(perSecond, perSecond, seconds));
      case RAMP -> List.of(new Segment(0, perSecond, seconds));
      case BURST -> bursts(perSecond, seconds);
    };
  }

  private static List<Segment> bursts(double perSecond, int seconds) {
    var cycles = Math.max(1, seconds / BURST_EVERY_SECONDS);
    var cycle = (double) seconds / cycles;
    var quiet = perSecond / (1 - BURST_SHARE + BURST_SHARE * BURST_TIMES);
    List<Segment> segments = new ArrayList<>();
    for (var i = 0; i < cycles; i++) {
      segments.add(new Segment(quiet, quiet, cycle * (1 - BURST_SHARE)));
      segments.add(new Segment(quiet * BURST_TIMES, quiet * BURST_TIMES, cycle * BURST_SHARE));
    }
    return segments;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
