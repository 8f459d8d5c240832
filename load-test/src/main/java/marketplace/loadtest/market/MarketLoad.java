package marketplace.loadtest.market;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import marketplace.loadtest.market.MarketSimulation.Assignment;
import org.jspecify.annotations.Nullable;

/// One load from its preparation to its summary.
final class MarketLoad {
  /// Of a seller, so that those who stay silent or lose a dispute are not restricted by it.
  private static final int ORDERS_OF_A_SELLER = 50;

  private static final int SELLERS_MIN = 10;
  private static final int ORDERS_TO_LOOK_AT = 200;

  /// An hour a second: the seller's 72 hours pass while the load goes on.
  private static final long CLOCK_RATE = 3_600;

  /// In this time every order comes to its end by itself.
  private static final Duration TO_THE_END = Duration.ofDays(150);

  private static final int SETTLINGS_MAX = 5;

  private final Target target;
  private final Map<String, Object> kafka;
  private final Consumer<String> progress;

  /// What is wanted.
  record Plan(Profile profile, Mix mix, double perSecond, int seconds, long seed) {
    Schedule schedule() {
      return Schedule.of(profile, perSecond, seconds);
    }

    /// How many sellers it takes.
    int sellers() {
      if (mix.onlyReads()) return 1;
      var orders = schedule().calls() / mix.commandsPerOrder();
      return Math.max(SELLERS_MIN, (int) (orders / ORDERS_OF_A_SELLER));
    }
  }

  /// @param kafka how to reach the market's brokers
  MarketLoad(Target target, Map<String, Object> kafka, Consumer<String> progress) {
    this.target = target;
    this.kafka = Map.copyOf(kafka);
    this.progress = progress;
  }

  /// Lets the orders of earlier loads come to their end, or else the next one carries their
  /// deadlines and payouts too. Where time passes by itself, it is left alone.
  void endEarlierOrders() {
    if (!target.leap(TO_THE_END)) return;
    progress.accept("letting earlier orders come to their end");
    for (var time = 0; time < SETTLINGS_MAX && target.settle().isEmpty(); time++) {
      progress.accept("not yet");
    }
  }

  /// @param folder for what is left of it
  /// @param report is one wanted?
  Summary play(Plan plan, Path folder, boolean report) throws InterruptedException {
    var standing = target.wakeClock(CLOCK_RATE);
    try {
      progress.accept("opening %d shops".formatted(plan.sellers()));
      var shops = target.openShops(plan.sellers());
      var known =
          plan.mix().onlyReads() ? target.placeOrders(ORDERS_TO_LOOK_AT, shops) : List.<Order>of();
      var traffic =
          new Traffic(plan.mix(), plan.schedule(), shops, known, target::url, plan.seed());
      return play(plan, traffic, folder, report);
    } finally {
      if (standing) target.freezeClock();
    }
  }

  private Summary play(Plan plan, Traffic traffic, Path folder, boolean report)
      throws InterruptedException {
    var startedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    // Two runs with the same seed on the same market must not be taken for one.
    var trace = Trace.of(plan.seed() * 31 + startedAt.toEpochMilli());
    try (var witness = new Witness(kafka, trace);
        var gauges = new Gauges(target)) {
      progress.accept(
          "%s %s, %.0f/s for %d s"
              .formatted(plan.mix().name(), plan.profile(), plan.perSecond(), plan.seconds()));
      var page =
          Gatling.play(new Assignment(traffic, trace, plan.schedule()), folder, report)
              .map(Path::toString)
              .orElse(null);
      progress.accept("waiting until all is settled");
      var settled = target.settle();
      witness.finish();
      @Nullable Double seconds = settled.isPresent() ? settled.getAsDouble() : null;
      var services = gauges.services();
      return new Summary(
          Summary.VERSION,
          plan.profile().toString(),
          plan.mix().name(),
          plan.perSecond(),
          plan.seconds(),
          plan.seed(),
          startedAt,
          traffic.commands(),
          traffic.views(),
          traffic.operations(),
          traffic.lived(),
          witness.toFinalEvents(traffic.sent()),
          new Summary.Relay(
              witness.relayed(), Gauges.max(services, Summary.Service::unpublishedMax)),
          new Summary.Consumers(Gauges.max(services, Summary.Service::consumerLagMax)),
          new Summary.Deadlines(
              witness.late(), Gauges.max(services, Summary.Service::deadlinesDueMax)),
          new Summary.Generator(traffic.lateStarts()),
          services,
          seconds,
          target.invariants(),
          page);
    }
  }
}
