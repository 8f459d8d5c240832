package marketplace.simulation.lives;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import marketplace.simulation.memory.MemoryMarket;

/// Lives as they come, for those who look at what is told in them.
public final class SampleLives {
  private static final int MOVES = 120;
  private static final int MANY_ORDERS = 6;

  private SampleLives() {}

  /// The market after a life of one to six orders.
  public static MemoryMarket lived(int seed) {
    return lived(seed, 1 + seed % MANY_ORDERS);
  }

  static MemoryMarket lived(int seed, int orders) {
    var random = new SplittableRandom(seed);
    var life = new Life(seed, UnaryOperator.identity());
    for (var move = 0; move < MOVES; move++) life.make(Lives.next(life, orders, random));
    life.end();
    return life.market();
  }
}
