package marketplace.simulation.lives;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import marketplace.simulation.journal.Broken;
import marketplace.simulation.lives.Move.Act;
import marketplace.simulation.lives.Move.Action;
import marketplace.simulation.lives.Move.Settle;

/// Orders that live one after the other in one market, without accidents: some are never paid for,
/// the others are asked to be cancelled and approved, declined, shipped meanwhile, or left until
/// the seller's time is over.
public final class OrdinaryLives {
  private OrdinaryLives() {}

  /// @param events that were told by all services
  /// @param broken what should never have happened; empty
  public record Lived(int orders, long events, List<Broken> broken) {}

  public static Lived live(long seed, int orders) {
    var life = new Life(seed, UnaryOperator.identity());
    var random = new SplittableRandom(seed);
    for (var order = 0; order < orders; order++) live(life, order, random);
    life.end();
    return new Lived(orders, life.market().journal().total(), List.copyOf(life.broken()));
  }

  private static void live(Life life, int order, SplittableRandom random) {
    make(life, order, Action.PLACE, random.nextInt(1_000));
    if (random.nextInt(10) == 0) {
      make(life, order, Action.ASK_FOR_ALL, 0);
      return;
    }
    make(life, order, Action.PAY, 0);
    make(life, order, Action.ASK_FOR_ALL, 0);
    switch (random.nextInt(4)) {
      case 0 -> make(life, order, Action.APPROVE, 0);
      case 1 -> {
        make(life, order, Action.SHIP_ALL, 0);
        make(life, order, Action.DELIVER_PARCEL, 0);
      }
      case 2 -> {
        make(life, order, Action.DECLINE, 0);
        make(life, order, Action.SHIP_ALL, 0);
        make(life, order, Action.DELIVER_PARCEL, 0);
      }
      default -> {}
    }
  }

  /// Everybody hears of one act before the next one.
  private static void make(Life life, int order, Action action, int salt) {
    life.make(new Act(order, action, salt));
    life.make(new Settle());
  }
}
