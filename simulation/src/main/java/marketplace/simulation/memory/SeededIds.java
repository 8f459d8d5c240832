package marketplace.simulation.memory;

import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;
import marketplace.eventsourcing.IdSource;

/// Ids from a seed, so that the same run has the same ids.
public final class SeededIds implements IdSource, Supplier<UUID> {
  private SplittableRandom random;

  public SeededIds(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /// From now on as if this were the seed.
  public void reseed(long seed) {
    this.random = new SplittableRandom(seed);
  }

  @Override
  public UUID next() {
    var high = (random.nextLong() & ~0xF000L) | 0x7000L;
    var low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  @Override
  public UUID get() {
    return next();
  }
}
