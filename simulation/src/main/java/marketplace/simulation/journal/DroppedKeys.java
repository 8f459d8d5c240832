package marketplace.simulation.journal;

import java.util.BitSet;
import java.util.UUID;
import java.util.stream.IntStream;

/// Which keys have been dropped, in one megabyte for however many: of a few that were not it is
/// said too (a Bloom filter; of a million keys, 2 in 100), of none that was dropped it is not.
final class DroppedKeys {
  private static final int BITS = 1 << 23;

  /// Bits of one key.
  private static final int PLACES = 4;

  private final BitSet bits = new BitSet(BITS);

  void add(UUID key) {
    places(key).forEach(bits::set);
  }

  boolean mayContain(UUID key) {
    return places(key).allMatch(bits::get);
  }

  private static IntStream places(UUID key) {
    var one = mixed(key.getMostSignificantBits());
    var other = mixed(key.getLeastSignificantBits() ^ one);
    return IntStream.range(0, PLACES).map(place -> Math.floorMod(one + place * other, BITS));
  }

  /// Every bit of the result depends on every bit (the end of SplitMix64).
  private static long mixed(long bits) {
    var mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
