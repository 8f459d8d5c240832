package marketplace.simulation.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import marketplace.contracts.ContractJson;
import marketplace.simulation.experiment.FiguresJson;
import marketplace.simulation.run.PlanJson;
import marketplace.simulation.run.Recording;
import marketplace.simulation.run.RunResult;
import marketplace.simulation.run.Runs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    description = {
      "Play a population on the running marketplace from the next Monday on: step by step, where",
      "it comes out as in memory, or with --rate while time runs on, which is faster.",
      "With --memory in memory; nothing needs to run then."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = ContractJson.mapper();

  @CommandLine.ParentCommand private @Nullable Cli cli;

  @CommandLine.Mixin private PlanOptions options = new PlanOptions();

  @Option(
      names = "--policy",
      split = ",",
      description = "default STANDARD_72H; of several, orders are placed under each in turn")
  private List<String> policies = List.of();

  @Option(names = "--rate", description = "time passes by itself, this much faster than real time")
  private @Nullable Long rate;

  @Option(names = "--memory", description = "in memory")
  private boolean memory;

  @Option(
      names = "--expected",
      description = "write the right answers to ten questions about the run to this file")
  private @Nullable Path expected;

  @Option(names = "--record", description = "write what ./market replay needs to this file")
  private @Nullable Path record;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var plan = options.plan();
    if (!policies.isEmpty()) policies.forEach(plan.putArray("policies")::add);
    if (memory && rate != null) {
      throw new IllegalArgumentException("time in memory does not pass by itself: no --rate");
    }
    if (record != null && rate != null) {
      throw new IllegalArgumentException("with --rate a run comes out otherwise each time");
    }
    if (!memory) {
      if (rate != null) plan.put("rate", rate);
      var server = Cli.server(cli);
      var id = server.post("/v1/runs", plan).get("runId").asText();
      var view = server.awaitEnd("/v1/runs/" + id);
      System.err.println("run " + id);
      write(expected, server.get("/v1/runs/%s/expected".formatted(id)));
      if (record != null) write(record, server.get("/v1/runs/%s/recording".formatted(id)));
      return print(view);
    }
    var read = PlanJson.read(plan);
    RunResult result;
    try (var progress = new Progress("orders", read.workload().orders())) {
      result = Runs.inMemory(read, List.of(), progress::more);
    }
    var view =
        Map.of(
            "figures", FiguresJson.of(result.figures()),
            "ends", result.figures().ends(),
            "events", result.figures().events(),
            "traceHash", result.traceHash(),
            "broken", result.broken(),
            "seconds", result.took().toMillis() / 1e3);
    write(expected, JSON.valueToTree(result.expected()));
    write(record, JSON.valueToTree(Recording.of(result)));
    return print(JSON.valueToTree(view));
  }

  private static void write(@Nullable Path file, JsonNode content) throws IOException {
    if (file != null) Files.writeString(file, content.toPrettyString() + "\n");
  }

  private static int print(JsonNode view) {
    for (var figure : view.get("figures").properties()) {
      System.out.printf(
          Locale.ROOT, "%-34s %14.2f%n", figure.getKey(), figure.getValue().asDouble());
    }
    System.out.println("ends       " + view.get("ends"));
    System.out.println("events     " + view.get("events"));
    System.out.println("traceHash  " + view.get("traceHash").asText());
    for (var broken : view.get("broken")) System.out.println("BROKEN     " + broken);
    System.out.printf(Locale.ROOT, "took       %.1f s%n", view.get("seconds").asDouble());
    return view.get("broken").isEmpty() ? 0 : Cli.FAILED;
  }
}
