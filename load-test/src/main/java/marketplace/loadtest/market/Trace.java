package marketplace.loadtest.market;

import java.util.OptionalLong;

/// Tells each command of a run from all others, in the W3C trace context that the services carry
/// from the command to everything that follows from it.
///
/// @param run sixteen hexadecimal digits
record Trace(String run) {
  private static final int RUN_AT = 3;
  private static final int NUMBER_AT = 19;
  private static final int NUMBER_END = 35;

  static Trace of(long seed) {
    return new Trace("%016x".formatted(seed));
  }

  String parent(long number) {
    // A span's id must not be zero.
    return "00-%s%016x-%016x-01".formatted(run, number, number + 1);
  }

  /// The command's number, or nothing where it is not of this run.
  OptionalLong number(String parent) {
    if (parent.length() < NUMBER_END || !parent.startsWith(run, RUN_AT))
      return OptionalLong.empty();
    return OptionalLong.of(Long.parseLong(parent.substring(NUMBER_AT, NUMBER_END), 16));
  }
}
