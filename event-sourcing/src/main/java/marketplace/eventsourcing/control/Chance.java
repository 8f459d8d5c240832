package marketplace.eventsourcing.control;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Which of many are hit: with the same seed always the same ones, whoever asks, in which order and
/// how often.
///
/// @param rate 0 for none, 1 for all
public record Chance(double rate, long seed) {
  public static final Chance ALWAYS = new Chance(1, 0);

  /// As many bits of a name's hash as are read.
  private static final int BITS = 48;

  public Chance {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("rate must be from 0 to 1, was " + rate);
    }
  }

  /// @param name of one among the many, such as its kind and id
  public boolean hits(String name) {
    if (rate == 1) return true;
    var bytes = (seed + ":" + name).getBytes(StandardCharsets.UTF_8);
    var hash = UUID.nameUUIDFromBytes(bytes).getMostSignificantBits() >>> (Long.SIZE - BITS);
    return hash < rate * (1L << BITS);
  }
}
