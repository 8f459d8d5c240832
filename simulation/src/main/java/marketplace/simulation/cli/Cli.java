package marketplace.simulation.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import marketplace.contracts.ContractJson;
import marketplace.simulation.policy.PolicyDocuments;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The simulation from the command line. Times may be written as `+72h`, `+3d9h` or as an instant.
@Command(
    name = "./market",
    mixinStandardHelpOptions = true,
    subcommands = {
      Cli.Clock.class,
      Cli.Faults.class,
      Cli.Inject.class,
      Cli.Rejected.class,
      Cli.Timeline.class,
      Cli.RecordStory.class,
      Cli.Invariants.class,
      Cli.Policy.class,
      ScenarioCommand.class,
      RacesCommand.class,
      ReplayCommand.class,
      RunCommand.class,
      ExperimentCommand.class,
      DoctorCommand.class
    })
public final class Cli implements Runnable {
  static final int FAILED = 1;
  private static final Pattern OFFSET =
      Pattern.compile("\\+?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?");

  @Spec private @Nullable CommandSpec spec;

  private final Server server = new Server();

  private Cli() {}

  /// What can be asked of it.
  static Set<String> commands() {
    return new CommandLine(new Cli()).getSubcommands().keySet();
  }

  /// @return the exit code
  public static int run(String... arguments) {
    return new CommandLine(new Cli())
        .setExecutionExceptionHandler((e, command, parsed) -> {
          command.getErr().println(e.getMessage());
          return FAILED;
        })
        .execute(arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec().commandLine(), "say what to do; --help tells what there is");
  }

  private CommandSpec spec() {
    var it = spec;
    if (it == null) throw new IllegalStateException("picocli has not been here");
    return it;
  }

  /// `+72h` becomes `by` and PT72H, an instant `to`.
  static void putTime(ObjectNode body, String how, String text) {
    var form = OFFSET.matcher(text);
    if (text.length() > 1 && form.matches()) {
      var duration =
          Duration.ofDays(number(form.group(1)))
              .plusHours(number(form.group(2)))
              .plusMinutes(number(form.group(3)))
              .plusSeconds(number(form.group(4)));
      body.put(how + "By", duration.toString());
    } else {
      body.put(how + "To", text);
    }
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  @Command(
      name = "clock",
      description = "What time it is, and how it goes on.",
      mixinStandardHelpOptions = true)
  static final class Clock {
    @CommandLine.ParentCommand private @Nullable Cli cli;

    @Command(description = "The simulated time.")
    int show() {
      var clock = server(cli).get("/v1/clock");
      System.out.printf("%s, rate %d%n", clock.get("now").asText(), clock.get("rate").asLong());
      return 0;
    }

    @Command(description = "Stop time where it is.")
    int freeze() {
      return set(Server.object().put("frozen", true));
    }

    @Command(description = "Let time run: 1 is real time, 3600 an hour a second.")
    int rate(@Parameters(paramLabel = "N") long rate) {
      return set(Server.object().put("rate", rate));
    }

    @Command(description = "Go from deadline to deadline, all hearing everything in between.")
    int step(@Parameters(paramLabel = "TIME", description = "+72h, or an instant") String time) {
      var body = Server.object();
      putTime(body, "step", time);
      return set(body);
    }

    @Command(description = "Set the clock at once; what is due fires while facts are on their way.")
    int leap(@Parameters(paramLabel = "TIME", description = "+72h, or an instant") String time) {
      var body = Server.object();
      putTime(body, "leap", time);
      return set(body);
    }

    private int set(JsonNode body) {
      var changed = server(cli).post("/v1/clock", body);
      System.out.printf(
          "%s -> %s, rate %d, %d deadlines fired, %d events%n",
          changed.get("from").asText(),
          changed.get("to").asText(),
          changed.get("rate").asLong(),
          changed.get("deadlinesFired").asInt(),
          changed.get("events").asLong());
      return 0;
    }
  }

  @Command(
      name = "fault",
      description = "What shall go wrong inside the services.",
      mixinStandardHelpOptions = true)
  static final class Faults {
    private static final String OWNER = "cli";
    private static final String ALL = "all";

    @CommandLine.ParentCommand private @Nullable Cli cli;

    @Command(name = "list", description = "The rules in force.")
    int list() {
      return print(server(cli).get("/v1/faults"));
    }

    @Command(
        name = "add",
        description = {
          "One more rule, such as: refund PROVIDER_REFUSES code=EXPIRED_CARD rate=0.1",
          "or: all CONSUME_LOSS rate=0.1 seed=7. Another kind than these is told which there are."
        })
    int add(
        @Parameters(paramLabel = "SERVICE", description = "order, seller, refund, dispute or all")
            String service,
        @Parameters(paramLabel = "KIND") String kind,
        @Parameters(paramLabel = "NAME=VALUE", arity = "0..*")
            @Nullable Map<String, String> given) {
      var rule = Server.object().put("kind", kind);
      if (given != null) given.forEach(rule::put);
      var standing = server(cli).get("/v1/faults");
      for (var name : services(service)) {
        var rules = ours(standing, name).add(rule);
        var body = Server.object().put("service", name).put("owner", OWNER);
        body.set("rules", rules);
        server(cli).post("/v1/faults", body);
      }
      return list();
    }

    @Command(name = "clear", description = "Ends all rules, or all of one service.")
    int clear(
        @Parameters(
                paramLabel = "SERVICE",
                arity = "0..1",
                description = "order, seller, refund, dispute or all")
            @Nullable String service) {
      for (var name : services(service == null ? ALL : service)) {
        server(cli).delete("/v1/faults?service=" + name);
      }
      return list();
    }

    private static List<String> services(String name) {
      return Stream.of("order", "seller", "refund", "dispute")
          .filter(service -> name.equals(ALL) || name.replace("-service", "").equals(service))
          .map(service -> service + "-service")
          .toList();
    }

    private static ArrayNode ours(JsonNode standing, String service) {
      for (var one : standing) {
        if (one.get("service").asText().equals(service)
            && one.get("owner").asText().equals(OWNER)) {
          return (ArrayNode) one.get("rules");
        }
      }
      return JsonNodeFactory.instance.arrayNode();
    }

    private static int print(JsonNode standing) {
      for (var one : standing) {
        for (var rule : one.get("rules")) {
          System.out.printf(
              "%-16s %-8s %s%n", one.get("service").asText(), one.get("owner").asText(), rule);
        }
      }
      return 0;
    }
  }

  @Command(
      name = "rejected",
      description = "Events that services refused or set aside, with the reason, newest first.",
      mixinStandardHelpOptions = true)
  static final class Rejected implements Callable<Integer> {
    @CommandLine.ParentCommand private @Nullable Cli cli;

    @Option(names = "--limit", description = "how many; 50 where it is left out")
    private int limit = 50;

    @Override
    public Integer call() {
      for (var one : server(cli).get("/v1/rejected?limit=" + limit)) {
        System.out.printf(
            "%s  %-16s %-10s %-22s %s%n",
            one.path("recordedAt").asText(),
            one.path("service").asText(),
            one.path("kind").asText(),
            one.path("type").asText("?"),
            one.path("reason").asText());
      }
      return 0;
    }
  }

  @Command(
      name = "inject",
      description = "Write an event straight to a topic.",
      mixinStandardHelpOptions = true)
  static final class Inject implements Callable<Integer> {
    @CommandLine.ParentCommand private @Nullable Cli cli;

    @Parameters(paramLabel = "TYPE", description = "the event, such as SellerApproved")
    private String type = "";

    @Parameters(
        paramLabel = "DATA",
        arity = "0..1",
        description = "its data as JSON, or @FILE; needed unless --malformed makes it unreadable")
    private String data = "";

    @Option(names = "--topic", description = "if it is not the one of this type of event")
    private String topic = "";

    @Option(
        names = "--key",
        required = true,
        description = "the order, or the seller on seller.accounts.v1")
    private String key = "";

    @Option(names = "--copies")
    private int copies = 1;

    @Option(names = "--same-id", description = "all copies under one event id")
    private boolean sameId;

    @Option(names = "--delay-ms")
    private long delayMillis;

    @Option(
        names = "--malformed",
        paramLabel = "HOW",
        description = "json, schema, oversize, future-version, tombstone or foreign-key")
    private String malformed = "";

    @Option(names = "--header", description = "NAME=VALUE; may be repeated")
    private Map<String, String> headers = Map.of();

    @Override
    public Integer call() throws IOException {
      var text = data.startsWith("@") ? Files.readString(Path.of(data.substring(1))) : data;
      var body =
          Server.object()
              .put("key", key)
              .put("type", type)
              .put("copies", copies)
              .put("sameId", sameId)
              .put("delayMillis", delayMillis);
      if (!topic.isEmpty()) body.put("topic", topic);
      if (!malformed.isEmpty()) body.put("malformed", malformed);
      if (!text.isEmpty()) body.set("data", Server.json(text));
      var given = body.putObject("headers");
      headers.forEach(given::put);
      for (var id : server(cli).post("/v1/injections", body).get("ids")) {
        System.out.println(id.asText());
      }
      return 0;
    }
  }

  @Command(
      name = "timeline",
      description = "All events of an order.",
      mixinStandardHelpOptions = true)
  static final class Timeline implements Callable<Integer> {
    @CommandLine.ParentCommand private @Nullable Cli cli;

    @Parameters(paramLabel = "ORDER")
    private String orderId = "";

    @Override
    public Integer call() {
      for (var event : server(cli).get("/v1/timeline/" + orderId)) {
        System.out.printf(
            "%s  %-16s %-26s %s%n",
            event.get("time").asText(),
            event.get("service").asText(),
            event.get("type").asText(),
            event.get("actor").asText());
      }
      return 0;
    }
  }

  @Command(
      name = "record",
      description = {
        "An order as a story that ./market scenario plays again: who did what when, and what came"
            + " of",
        "it. Refusals are not in it; what no person did, such as a provider's fault, is refused."
      },
      mixinStandardHelpOptions = true)
  static final class RecordStory implements Callable<Integer> {
    @CommandLine.ParentCommand private @Nullable Cli cli;

    @Parameters(paramLabel = "ORDER")
    private String orderId = "";

    @Override
    public Integer call() {
      System.out.print(server(cli).text("/v1/timeline/%s/story".formatted(orderId)));
      return 0;
    }
  }

  @Command(
      name = "invariants",
      description = "What must always be true.",
      mixinStandardHelpOptions = true)
  static final class Invariants implements Callable<Integer> {
    @CommandLine.ParentCommand private @Nullable Cli cli;

    @Override
    public Integer call() {
      var broken = 0;
      for (var invariant : server(cli).get("/v1/invariants")) {
        var ok = invariant.get("ok").asBoolean();
        System.out.printf(
            "%-3s %-4s %-15s %d checked%s%n",
            ok ? "ok" : "NOT",
            invariant.get("id").asText(),
            invariant.get("by").asText(),
            invariant.get("checked").asLong(),
            invariant.get("all").asBoolean() ? "" : ", the last orders only");
        for (var failure : invariant.get("failures")) {
          System.out.printf(
              "      %s %s%n", failure.get("orderId").asText(), failure.get("detail").asText());
        }
        if (!ok) broken++;
      }
      return broken == 0 ? 0 : FAILED;
    }
  }

  @Command(
      name = "policy",
      description = "Terms that orders can be placed under.",
      mixinStandardHelpOptions = true)
  static final class Policy {
    @CommandLine.ParentCommand private @Nullable Cli cli;

    @Command(name = "list", description = "The ids of all policy sets.")
    int list() {
      for (var policy : server(cli).get("/v1/policies")) {
        System.out.println(policy.get("policyId").asText());
      }
      return 0;
    }

    @Command(name = "show", description = "One policy set.")
    int show(@Parameters(paramLabel = "ID") String policyId) {
      System.out.println(server(cli).get("/v1/policies/" + policyId).toPrettyString());
      return 0;
    }

    @Command(name = "add", description = "A new one; what it leaves out is as in STANDARD_72H.")
    int add(
        @Parameters(
                paramLabel = "FILE",
                description = "YAML or JSON, as ./market policy schema says")
            Path file)
        throws IOException {
      var policy = PolicyDocuments.read(file.toString(), Files.readString(file));
      var added = server(cli).post("/v1/policies", ContractJson.mapper().valueToTree(policy));
      System.out.println(added.toPrettyString());
      return 0;
    }

    @Command(name = "schema", description = "The JSON Schema of such a file.")
    int schema() {
      System.out.println(PolicyDocuments.schema().toPrettyString());
      return 0;
    }
  }

  static Server server(@Nullable Cli cli) {
    if (cli == null) throw new IllegalStateException("picocli has not been here");
    return cli.server;
  }
}
