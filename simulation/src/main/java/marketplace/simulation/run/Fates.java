package marketplace.simulation.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import marketplace.simulation.run.Actors.Delay;
import marketplace.simulation.run.Fate.Mind;
import marketplace.simulation.run.Fate.Quarrel;
import marketplace.simulation.run.Fate.Reply;
import marketplace.simulation.run.Fate.SellerStance;

/// The fates of all orders of a plan. Each follows from the seed and its own number alone, and all
/// of its draws are made in the same order: a share that changes moves no other choice.
final class Fates {
  static final int PRODUCTS = 5;

  /// 80 % of a normal distribution lie within so many standard deviations of its middle.
  private static final double FOUR_IN_FIVE = 1.2815515655446004;

  /// What keeps the seeds of neighbours apart: 2^64 divided by the golden ratio.
  private static final long STRIDE = 0x9E3779B97F4A7C15L;

  private static final int QUANTITY_MAX = 3;
  private static final int FEES = 6;
  private static final int FEE_STEP_MINOR = 100;
  private static final int COUPON_MAX_MINOR = 500;

  private final long seed;
  private final Actors actors;
  private final Workload workload;
  private final List<Map.Entry<String, Integer>> reasons;
  private final List<Map.Entry<String, Integer>> methods;

  Fates(RunPlan plan) {
    this.seed = plan.seed();
    this.actors = plan.actors();
    this.workload = plan.workload();
    this.reasons = ordered(actors.buyers().reasons());
    this.methods = ordered(actors.buyers().methods());
  }

  private static List<Map.Entry<String, Integer>> ordered(Map<String, Integer> weights) {
    return List.copyOf(new TreeMap<>(weights).entrySet());
  }

  /// Whose shop the order goes to, without drawing all of it.
  int sellerOf(int order) {
    return new Draw(order).below(workload.sellers());
  }

  Fate of(int order) {
    var draw = new Draw(order);
    var buyers = actors.buyers();
    var sellers = actors.sellers();
    var seller = draw.below(workload.sellers());
    return new Fate(
        order,
        draw.below(workload.buyers()),
        seller,
        draw.evenly(Duration.ZERO, Duration.ofDays(workload.days())),
        draw.below(PRODUCTS),
        1 + draw.below(QUANTITY_MAX),
        (long) FEE_STEP_MINOR * draw.below(FEES),
        draw.coupon(buyers.couponShare()),
        draw.weighted(methods),
        !draw.happens(buyers.unpaidShare()),
        draw.delay(buyers.paysAfter()),
        draw.happens(actors.provider().failureShare()),
        new Mind(
            draw.happens(buyers.asksShare()),
            draw.delay(buyers.asksAfter()),
            draw.weighted(reasons),
            draw.happens(buyers.withdrawsShare()),
            draw.happens(buyers.acceptsOfferShare()),
            draw.delay(buyers.asksAfter())),
        draw.reply(sellers),
        draw.delay(sellers.repliesAfter()),
        draw.delay(sellers.shipsAfter()),
        draw.evenly(actors.carrier().transitFrom(), actors.carrier().transitTo()),
        draw.happens(actors.carrier().lossShare()),
        draw.happens(buyers.confirmsShare()),
        draw.happens(actors.provider().failureShare()),
        new Quarrel(
            draw.happens(buyers.disputesShare()),
            draw.happens(buyers.claimsLossShare()),
            draw.delay(buyers.asksAfter()),
            draw.stance(sellers),
            draw.delay(sellers.repliesAfter()),
            draw.happens(actors.platform().upholdsShare()),
            draw.part()));
  }

  /// One draw of chance after the other, of one order.
  private final class Draw {
    private final SplittableRandom random;

    Draw(int order) {
      this.random = new SplittableRandom(seed + STRIDE * (order + 1));
    }

    int below(int bound) {
      return random.nextInt(bound);
    }

    double part() {
      return random.nextDouble();
    }

    boolean happens(double share) {
      return random.nextDouble() < share;
    }

    long coupon(double share) {
      var minor = 1 + below(COUPON_MAX_MINOR);
      return happens(share) ? minor : 0;
    }

    Duration evenly(Duration from, Duration to) {
      var range = to.minus(from).toMillis();
      return from.plusMillis((long) (random.nextDouble() * range));
    }

    Duration delay(Delay delay) {
      var deviation = StrictMath.log(delay.spread()) / FOUR_IN_FIVE;
      var factor = StrictMath.exp(deviation * random.nextGaussian());
      return Duration.ofMillis(Math.round(delay.median().toMillis() * factor));
    }

    String weighted(List<Map.Entry<String, Integer>> weights) {
      var sum = weights.stream().mapToInt(Map.Entry::getValue).sum();
      var left = random.nextInt(sum);
      for (var entry : weights) {
        left -= entry.getValue();
        if (left < 0) return entry.getKey();
      }
      throw new IllegalStateException("weights that do not add up: " + weights);
    }

    Reply reply(Actors.Sellers sellers) {
      var left = random.nextDouble();
      if ((left -= sellers.silentShare()) < 0) return Reply.IS_SILENT;
      if ((left -= sellers.declinesShare()) < 0) return Reply.DECLINES;
      if ((left -= sellers.shipsShare()) < 0) return Reply.SHIPS;
      if (left - sellers.offersShare() < 0) return Reply.OFFERS;
      return Reply.APPROVES;
    }

    SellerStance stance(Actors.Sellers sellers) {
      var dice = random.nextDouble();
      if (dice < sellers.concedesShare()) return SellerStance.CONCEDES;
      if (dice < sellers.concedesShare() + sellers.ignoresShare()) return SellerStance.IS_SILENT;
      return SellerStance.CONTESTS;
    }
  }
}
