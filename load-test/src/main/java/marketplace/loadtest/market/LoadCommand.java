package marketplace.loadtest.market;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import marketplace.contracts.ContractJson;
import marketplace.eventsourcing.messaging.KafkaAccess;
import marketplace.loadtest.market.MarketLoad.Plan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./market load`. The simulation's `POST /v1/load` starts the same program.
@Command(
    name = "./market load",
    description = "Calls a running market at a fixed rate, whether it keeps up or not.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class LoadCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final Pattern TIME = Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?");
  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
  private static final int SECONDS_MAX = 86_400;
  private static final double RATE_MAX = 100_000;

  /// Kept, or the level that is set on it would be forgotten with it.
  private static final Logger LIBRARIES = Logger.getLogger("");

  @Option(names = "--rate", paramLabel = "N", description = "commands a second (${DEFAULT-VALUE})")
  private double rate = 50;

  @Option(names = "--for", paramLabel = "TIME", description = "30s, 2m (${DEFAULT-VALUE})")
  private String time = "1m";

  @Option(names = "--profile", description = "constant, ramp or burst (${DEFAULT-VALUE})")
  private String profile = "constant";

  @Option(
      names = "--mix",
      description = {
        "lifecycle, place-order, request-cancellation, reads,",
        "or lives with weights: approved=3,silent=1 (${DEFAULT-VALUE})"
      })
  private String mix = "lifecycle";

  @Option(names = "--seed", description = "who does what (${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      description = "as long at the same rate before, and not counted (${DEFAULT-VALUE})")
  private String warmUp = "0s";

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "for summary.json and the report, or expected.json")
  private @Nullable Path out;

  @Option(names = "--no-report", description = "without Gatling's pages")
  private boolean noReport;

  @Option(names = "--json", description = "print the whole summary")
  private boolean json;

  @Option(names = "--search", description = "look for the highest rate that is held")
  private boolean search;

  @Option(names = "--rates", split = ",", description = "what the search begins with (100,200,400)")
  private List<Double> rates = List.of(100.0, 200.0, 400.0);

  @Option(
      names = "--p99",
      paramLabel = "MS",
      description = "what a held rate must stay under (${DEFAULT-VALUE})")
  private double p99Millis = 200;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = {
        "no market at all: write as many events a second",
        "as --rate says to this broker, from lives in memory,",
        "and the right answers about them to expected.json"
      })
  private @Nullable String otherBroker;

  @Option(
      names = "--compare",
      arity = "2",
      paramLabel = "JSON",
      description = "put two summaries side by side")
  private List<Path> compared = List.of();

  @Option(
      names = "--order",
      split = ",",
      paramLabel = "URL",
      defaultValue = "${env:MARKETPLACE_ORDER_URL}")
  private @Nullable List<URI> order;

  @Option(
      names = "--seller",
      split = ",",
      paramLabel = "URL",
      defaultValue = "${env:MARKETPLACE_SELLER_URL}")
  private @Nullable List<URI> seller;

  @Option(
      names = "--refund",
      split = ",",
      paramLabel = "URL",
      defaultValue = "${env:MARKETPLACE_REFUND_URL}")
  private @Nullable List<URI> refund;

  @Option(
      names = "--dispute",
      split = ",",
      paramLabel = "URL",
      defaultValue = "${env:MARKETPLACE_DISPUTE_URL}")
  private @Nullable List<URI> dispute;

  @Option(
      names = "--simulation",
      paramLabel = "URL",
      description = "moves time and knows all invariants; may be missing",
      defaultValue = "${env:MARKETPLACE_SIMULATION_URL}")
  private @Nullable URI simulation;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "the market's own",
      defaultValue = "${env:MARKETPLACE_KAFKA_BOOTSTRAP_SERVERS}")
  private @Nullable String kafka;

  @Option(
      names = "--client-settings",
      paramLabel = "FILE",
      description = "properties for Kafka's clients, where brokers want to know who calls",
      defaultValue = "${env:MARKETPLACE_KAFKA_CLIENT_SETTINGS}")
  private @Nullable Path clientSettings;

  private LoadCommand() {}

  public static void main(String[] arguments) {
    LIBRARIES.setLevel(Level.WARNING);
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new LoadCommand()).setExecutionExceptionHandler(LoadCommand::explain);
  }

  private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    if (e.getMessage() != null) {
      command.getErr().println(e.getMessage());
    } else {
      e.printStackTrace(command.getErr());
    }
    return e instanceof IllegalArgumentException ? USAGE : FAILED;
  }

  @Override
  public Integer call() throws Exception {
    if (!compared.isEmpty()) {
      System.out.print(
          Comparison.of(Summary.read(compared.getFirst()), Summary.read(compared.getLast())));
      return 0;
    }
    var plan = plan(rate, seconds(time));
    if (otherBroker != null) return publish(plan, otherBroker);
    var folder = folder();
    try (var target = new Target(addresses(), simulation)) {
      var load = new MarketLoad(target, brokers(required("--kafka", kafka)), this::tell);
      if (seconds(warmUp) > 0) warm(load, folder);
      return search ? search(load, folder) : once(load, plan, folder);
    }
  }

  /// The answers are written when all events are, and so are never of more than can be read.
  private int publish(Plan plan, String broker) throws IOException {
    tell("living %d s of events in memory".formatted(plan.seconds()));
    var stream = EventStream.of(plan.mix(), plan.seed(), plan.schedule().calls());
    var events = stream.events();
    tell("writing %d events to %s".formatted(events.size(), broker));
    System.out.println(new Publisher(brokers(broker)).publish(events, plan.perSecond()).line());
    var file = Files.createDirectories(folder()).resolve("expected.json");
    var answers = ContractJson.mapper().valueToTree(stream.expected());
    Files.writeString(file, answers.toPrettyString() + "\n");
    tell("the right answers: " + file);
    return 0;
  }

  private void warm(MarketLoad load, Path folder) throws InterruptedException {
    tell("warming up");
    var before = search ? rates.getFirst() : rate;
    load.play(plan(before, seconds(warmUp)), folder.resolve("warm-up"), false);
  }

  private int once(MarketLoad load, Plan plan, Path folder) throws InterruptedException {
    var summary = load.play(plan, folder, !noReport);
    var file = folder.resolve("summary.json");
    summary.write(file);
    System.out.println(json ? summary.json() : summary.line());
    tell("summary: " + file);
    if (summary.report() != null) tell("report:  " + summary.report());
    return summary.invariants().held() ? 0 : FAILED;
  }

  private int search(MarketLoad load, Path folder) throws InterruptedException, IOException {
    var seconds = seconds(time);
    var search =
        new Search(
            perSecond -> {
              load.endEarlierOrders();
              var place = folder.resolve("%.0f".formatted(perSecond));
              var summary = load.play(plan(perSecond, seconds), place, !noReport);
              summary.write(place.resolve("summary.json"));
              tell(summary.line());
              return summary;
            },
            p99Millis);
    var found = search.look(rates.stream().sorted().toList());
    System.out.print(search.report());
    var file = folder.resolve("search.md");
    Files.writeString(file, search.report());
    tell("table: " + file);
    return found.stream().allMatch(summary -> summary.invariants().held()) ? 0 : FAILED;
  }

  private Plan plan(double perSecond, int seconds) {
    if (!(perSecond > 0 && perSecond <= RATE_MAX)) {
      throw new IllegalArgumentException(
          "rate must be above 0 and at most %.0f, was %s".formatted(RATE_MAX, perSecond));
    }
    if (seconds < 1) throw new IllegalArgumentException("a load takes at least 1s");
    return new Plan(Profile.named(profile), Mix.of(mix), perSecond, seconds, seed);
  }

  static int seconds(String text) {
    var form = TIME.matcher(text);
    if (text.isEmpty() || text.length() > 10 || !form.matches()) {
      throw new IllegalArgumentException("a time is written as 30s, 2m or 1h, was " + text);
    }
    var time =
        Duration.ofHours(number(form.group(1)))
            .plusMinutes(number(form.group(2)))
            .plusSeconds(number(form.group(3)));
    if (time.toSeconds() > SECONDS_MAX) {
      throw new IllegalArgumentException(
          "a time is at most %d s, was %s".formatted(SECONDS_MAX, text));
    }
    return (int) time.toSeconds();
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private Map<String, List<URI>> addresses() {
    Map<String, List<URI>> addresses = new LinkedHashMap<>();
    addresses.put("order-service", required("--order", order));
    addresses.put("seller-service", required("--seller", seller));
    addresses.put("refund-service", required("--refund", refund));
    addresses.put("dispute-service", required("--dispute", dispute));
    return addresses;
  }

  private Map<String, Object> brokers(String bootstrapServers) {
    return KafkaAccess.of(bootstrapServers, Optional.ofNullable(clientSettings));
  }

  private static <T> T required(String option, @Nullable T value) {
    if (value == null) throw new IllegalArgumentException("say where it is: " + option);
    return value;
  }

  private Path folder() {
    if (out != null) return out;
    var all = System.getenv().getOrDefault("MARKETPLACE_LOAD_FOLDER", "load");
    return Path.of(all).resolve(FOLDER.format(Instant.now()));
  }

  /// Beside what is printed for programs.
  private void tell(String text) {
    System.err.println(" " + text);
  }
}
