package marketplace.simulation.run;

import java.time.Duration;
import java.util.List;

/// Plans in which so much happens that few orders are enough.
public final class Plans {
  private Plans() {}

  public static RunPlan busy(long seed, int orders, String... policies) {
    return plan(seed, orders, 10, Workload.TO_THE_END, policies);
  }

  /// All within a few days, whatever is still open then.
  public static RunPlan hasty(long seed, int orders, String... policies) {
    return plan(seed, orders, 4, 4, policies);
  }

  private static RunPlan plan(long seed, int orders, int days, int thenDays, String... policies) {
    return new RunPlan(
        seed,
        RunPlan.USUAL_START,
        List.of(policies),
        busy(),
        new Workload(
            orders,
            Math.max(1, orders / 2),
            Math.max(1, orders / 20),
            days,
            thenDays,
            Workload.USUAL_TICK));
  }

  private static Actors busy() {
    var usual = Actors.USUAL;
    var buyers = usual.buyers();
    var sellers = usual.sellers();
    return new Actors(
        new Actors.Buyers(
            0.6,
            new Actors.Delay(Duration.ofHours(20), 4),
            0.1,
            buyers.paysAfter(),
            buyers.reasons(),
            buyers.methods(),
            0.1,
            buyers.acceptsOfferShare(),
            0.8,
            buyers.claimsLossShare(),
            buyers.confirmsShare(),
            0.2),
        new Actors.Sellers(
            sellers.repliesAfter(),
            sellers.silentShare(),
            sellers.declinesShare(),
            sellers.shipsShare(),
            0.2,
            sellers.shipsAfter(),
            sellers.concedesShare(),
            sellers.ignoresShare()),
        new Actors.Carrier(usual.carrier().transitFrom(), usual.carrier().transitTo(), 0.1),
        new Actors.Provider(0.2),
        usual.platform());
  }
}
