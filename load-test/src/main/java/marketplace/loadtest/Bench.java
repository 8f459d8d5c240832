package marketplace.loadtest;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/// `./market bench`: what the services do on this machine, beside floors of the same run.
public final class Bench {
  private static final List<String> PARTS = List.of("lives", "consumer", "deadlines", "commands");

  /// Takes long and much room on the disk: only where it is asked for.
  private static final String MILLION = "million";

  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    Logger.getLogger("").setLevel(Level.WARNING);
    var parts = arguments.length == 0 ? Set.copyOf(PARTS) : Set.of(arguments);
    for (var part : parts) {
      if (!PARTS.contains(part) && !part.equals(MILLION)) {
        System.err.printf("bench knows %s, million, not %s%n", String.join(", ", PARTS), part);
        System.exit(2);
      }
    }
    var home = Path.of(System.getProperty("market.home", ".")).toAbsolutePath().normalize();
    var report = new Report();
    if (parts.contains("lives")) new LivesInMemory(report).measure();
    if (!parts.equals(Set.of("lives"))) measureServices(home, parts, report);
    report.write(home.resolve(".market/bench.json"));
    System.exit(0);
  }

  private static void measureServices(Path home, Set<String> parts, Report report)
      throws Exception {
    try (var platform = new Platform(home)) {
      Runtime.getRuntime().addShutdownHook(new Thread(platform::kill));
      var floor = new Floor(platform, home);
      platform.startServices();
      var shop = new Shop(platform);
      if (parts.contains(MILLION)) new MillionOrders(home, platform, shop, report).measure();
      if (parts.contains("commands")) new CommandPath(platform, shop, floor, report).measure();
      platform.stopOthers();
      if (parts.contains("consumer")) new CommitToConsumer(platform, shop, report).measure();
      if (parts.contains("deadlines")) new ManyDeadlines(platform, shop, report).measure();
    }
  }
}
