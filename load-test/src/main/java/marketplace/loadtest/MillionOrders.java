package marketplace.loadtest;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import marketplace.loadtest.Trade.Latencies;

/// Whether a new cancellation, through all four services, is slower where there have been a million
/// orders before it than where there have been a hundred. Both are measured in turns, on platforms
/// that run beside each other, so that they share whatever else the machine does meanwhile.
final class MillionOrders {
  private static final int ORDERS = Integer.getInteger("bench.orders", 1_000_000);
  private static final Duration WARM_UP = Duration.ofSeconds(45);
  private static final Duration TURN = Duration.ofSeconds(20);
  private static final int TURNS = 5;
  private static final double MOST = 0.99;

  private final Path home;
  private final Platform platform;
  private final Shop shop;
  private final Report report;

  MillionOrders(Path home, Platform platform, Shop shop, Report report) {
    this.home = home;
    this.platform = platform;
    this.shop = shop;
    this.report = report;
  }

  void measure() throws Exception {
    var many = new Trade(platform, shop);
    multiply(many.closedOrders());
    try (var other = new Platform(home)) {
      Runtime.getRuntime().addShutdownHook(new Thread(other::kill));
      other.startServices();
      var few = new Trade(other, new Shop(other));
      var hundred = few.closedOrders();
      other.restartServices();
      few.cancelFor(WARM_UP);
      many.cancelFor(WARM_UP);
      var ofFew = new Samples();
      var ofMany = new Samples();
      for (var turn = 0; turn < TURNS; turn++) {
        ofFew.add(few.cancelFor(TURN));
        ofMany.add(many.cancelFor(TURN));
      }
      tell("few", hundred.size(), ofFew);
      tell("many", ORDERS, ofMany);
      report.figure(
          "cancellation.manyToFew.request",
          middle(ofMany.request) / middle(ofFew.request),
          "a request takes %.2f of the time (wanted at most 1.2)");
      report.figure(
          "cancellation.manyToFew.whole",
          middle(ofMany.whole) / middle(ofFew.whole),
          "from the request to RefundIssued takes %.2f of the time (wanted at most 1.2)");
    }
  }

  private void multiply(List<String> templates) throws Exception {
    platform.stopServices();
    var begin = System.nanoTime();
    var rows =
        new ManyOrders(platform, Set.of(shop.seller(), shop.product()))
            .multiply(templates, ORDERS / templates.size());
    report.line(
        "%,d closed orders more, %,d rows in four databases of %s, in %.0f s",
        (long) ORDERS, rows, databaseSizes(), (System.nanoTime() - begin) / 1e9);
    platform.startServices();
  }

  private static final class Samples {
    final List<Double> request = new ArrayList<>();
    final List<Double> whole = new ArrayList<>();

    void add(Latencies turn) {
      request.addAll(turn.request());
      whole.addAll(turn.whole());
    }
  }

  private void tell(String name, int orders, Samples samples) {
    report.line(
        "%,d orders before: %d cancellations, request p50 %.1f ms, p99 %.1f ms,"
            + " from the request to RefundIssued p50 %.1f ms, p99 %.1f ms",
        orders,
        samples.whole.size(),
        middle(samples.request),
        most(samples.request),
        middle(samples.whole),
        most(samples.whole));
    report.figure("cancellation." + name + ".request.p50.ms", middle(samples.request));
    report.figure("cancellation." + name + ".whole.p50.ms", middle(samples.whole));
  }

  private static double middle(List<Double> values) {
    return at(values, 0.5);
  }

  private static double most(List<Double> values) {
    return at(values, MOST);
  }

  private static double at(List<Double> values, double share) {
    return values.stream().sorted().toList().get((int) (share * (values.size() - 1)));
  }

  private String databaseSizes() throws SQLException {
    var sizes = new ArrayList<String>();
    for (var service : Platform.SERVICES) {
      try (var connection = platform.connect(platform.database(service));
          var statement =
              connection.prepareStatement("select pg_database_size(current_database()) >> 20")) {
        sizes.add(Platform.count(statement) + " MiB");
      }
    }
    return String.join(", ", sizes);
  }
}
