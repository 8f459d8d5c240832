package marketplace.simulation.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import marketplace.contracts.ContractJson;
import marketplace.kernel.Policies;
import marketplace.simulation.race.Race;
import marketplace.simulation.race.RaceAction;
import marketplace.simulation.race.Races;
import marketplace.simulation.race.Situation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "races",
    description = {
      "Try up to six actions about one order in every order, and show what comes of each.",
      "In memory; nothing needs to run. With --live on the running marketplace.",
      "Between two actions everybody hears of everything; --interleave and --at-once are about",
      "what happens when nobody waits for that."
    },
    mixinStandardHelpOptions = true)
final class RacesCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = ContractJson.mapper();

  @CommandLine.ParentCommand private @Nullable Cli cli;

  @Option(
      names = "--given",
      required = true,
      description = "placed, paid, requested, shipped, … ; a wrong one is told which there are")
  private String given = "";

  @Option(
      names = "--actions",
      required = true,
      split = ",",
      description = "one to six: ship, approve, withdraw, deadline, … ; the same twice is allowed")
  private List<String> actions = List.of();

  @Option(names = "--policy", description = "default STANDARD_72H")
  private String policy = Policies.DEFAULT_ID;

  @Option(
      names = "--interleave",
      description = "in memory: also with every order in which the facts can arrive")
  private boolean interleave;

  @Option(names = "--live", description = "on the running marketplace")
  private boolean live;

  @Option(
      names = "--at-once",
      paramLabel = "N",
      description = "with --live: N times all actions at one instant, nobody waiting")
  private int atOnce;

  @Option(names = "--json", description = "the whole result as JSON")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    var result = live ? playLive() : playInMemory();
    if (json) System.out.println(result.toPrettyString());
    else print(result);
    return isBroken(result) ? Cli.FAILED : 0;
  }

  private JsonNode playInMemory() {
    if (atOnce > 0) throw new IllegalArgumentException("--at-once needs --live");
    var race = new Race(Situation.of(given), actions.stream().map(RaceAction::of).toList(), policy);
    if (Policies.PRESETS.stream().noneMatch(set -> set.policyId().equals(policy))) {
      throw new IllegalArgumentException("no built-in policy set is called " + policy);
    }
    try (var progress = new Progress("orders", race.orders().size())) {
      return JSON.valueToTree(new Races(List.of()).inMemory(race, interleave, progress::to));
    }
  }

  private JsonNode playLive() throws InterruptedException {
    var body = Server.object().put("given", given).put("policy", policy).put("live", true);
    var list = body.putArray("actions");
    actions.forEach(list::add);
    if (interleave) body.put("interleave", true);
    if (atOnce > 0) body.put("atOnce", atOnce);
    var server = Cli.server(cli);
    var id = server.post("/v1/race-explorations", body).get("explorationId").asText();
    return server.awaitEnd("/v1/race-explorations/" + id).get("result");
  }

  private static boolean isBroken(JsonNode result) {
    for (var raced : result.get("orders")) if (!raced.get("broken").isEmpty()) return true;
    return !result.path("interleaved").path("broken").isEmpty();
  }

  private static void print(JsonNode result) {
    System.out.println("one after the other, everybody hearing of everything in between:");
    printHead("orders");
    for (var outcome : result.get("outcomes")) print(outcome.get("count").asInt(), outcome);
    System.out.println();
    for (var raced : result.get("orders")) {
      System.out.println(acts(raced) + "  ->  " + states(raced.get("end")));
      for (var broken : raced.get("broken")) System.out.println("  BROKEN " + broken);
    }
    var interleaved = result.get("interleaved");
    if (interleaved.isObject()) printInterleaved(interleaved);
    if (result.get("story").isTextual()) System.out.print("\n" + result.get("story").asText());
  }

  private static void printInterleaved(JsonNode interleaved) {
    System.out.printf(
        Locale.ROOT,
        "%nnobody waiting, facts arriving in any order: %,d states%s%n",
        interleaved.get("states").asInt(),
        interleaved.get("complete").asBoolean() ? "" : ", and there are more");
    printHead("ways");
    for (var outcome : interleaved.get("outcomes")) {
      print(outcome.get("count").asInt(), outcome);
      List<String> way = new ArrayList<>();
      outcome.get("first").forEach(step -> way.add(step.asText()));
      System.out.println("         such as: " + String.join(", ", way));
    }
    for (var broken : interleaved.get("broken")) System.out.println("  BROKEN " + broken);
  }

  private static void printHead(String count) {
    System.out.printf(
        "%7s  %-18s %-12s %-8s %-16s %8s %8s %8s %9s%n",
        count,
        "order",
        "cancellation",
        "refund",
        "dispute",
        "paid",
        "refunded",
        "paid out",
        "in escrow");
  }

  private static void print(int count, JsonNode outcome) {
    var end = outcome.get("end");
    System.out.printf(
        "%7d  %-18s %-12s %-8s %-16s %8s %8s %8s %9s%n",
        count,
        end.get("order").asText(),
        end.get("cancellation").asText(),
        end.get("refund").asText(),
        end.get("dispute").asText(),
        money(end, "paidMinor"),
        money(end, "refundedMinor"),
        money(end, "paidOutMinor"),
        money(end, "inEscrowMinor"));
  }

  private static String acts(JsonNode raced) {
    List<String> acts = new ArrayList<>();
    for (var act : raced.get("acts")) {
      var action = act.get("action").asText();
      acts.add(act.get("accepted").asBoolean() ? action : action + "*" + act.get("code").asText());
    }
    return String.join(", ", acts);
  }

  private static String states(JsonNode end) {
    List<String> states = new ArrayList<>();
    for (var name : List.of("order", "cancellation", "refund", "dispute")) {
      var state = end.get(name).asText();
      if (name.equals("order") || !state.equals("NONE")) states.add(state);
    }
    return String.join("/", states);
  }

  private static String money(JsonNode end, String field) {
    var minor = end.get(field).asLong();
    return "%d.%02d".formatted(minor / 100, minor % 100);
  }
}
