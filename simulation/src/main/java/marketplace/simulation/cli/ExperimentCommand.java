package marketplace.simulation.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import marketplace.kernel.Policies;
import marketplace.kernel.PolicySet;
import marketplace.simulation.experiment.Experiment;
import marketplace.simulation.experiment.ExperimentPlan;
import marketplace.simulation.experiment.Report;
import marketplace.simulation.policy.PolicyDocuments;
import marketplace.simulation.run.PlanJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "experiment",
    description = {
      "Compare policies: the same people under each, in memory; nothing needs to run.",
      "With --live on the running marketplace, one after the other."
    },
    mixinStandardHelpOptions = true)
final class ExperimentCommand implements Callable<Integer> {
  @CommandLine.ParentCommand private @Nullable Cli cli;

  @Option(
      names = "--policies",
      required = true,
      split = ",",
      description = "two to six: names, or files in YAML or JSON")
  private List<String> policies = List.of();

  @CommandLine.Mixin private PlanOptions options = new PlanOptions();

  @Option(names = "--seeds", description = "so many, counted on from --seed; default 1")
  private int seeds = 1;

  @Option(names = "--threads", description = "default: one for each core")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--live", description = "on the running marketplace, step by step")
  private boolean live;

  @Option(names = "--out", description = "folder for the page, the charts and the tables")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (live) return playLive();
    List<PolicySet> sets = new ArrayList<>();
    for (var policy : policies) sets.add(find(policy));
    var plan = new ExperimentPlan(PlanJson.read(options.plan()), sets, seeds);
    var broken = plan.brokenRules();
    if (!broken.isEmpty()) throw new IllegalArgumentException(String.join("; ", broken));
    var begin = System.nanoTime();
    Report report;
    try (var progress = new Progress("orders", plan.orders())) {
      report = new Report(Experiment.play(plan, threads, progress::more));
    }
    for (var row : report.table()) print(row.label(), row.unit(), row.means().values());
    System.err.printf(
        Locale.ROOT,
        "%,d orders in %.1f s with %d threads%n",
        plan.orders(),
        (System.nanoTime() - begin) / 1e9,
        threads);
    var folder = out;
    if (folder != null) {
      report.write(folder);
      System.err.println("report: " + folder.resolve("index.html"));
    }
    return 0;
  }

  private static PolicySet find(String policy) throws IOException {
    for (var known : Policies.PRESETS) {
      if (known.policyId().equals(policy)) return known;
    }
    var file = Path.of(policy);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("neither a built-in policy nor a file: " + policy);
    }
    return PolicyDocuments.read(policy, Files.readString(file));
  }

  private int playLive() throws IOException, InterruptedException {
    var server = Cli.server(cli);
    var body = options.plan().put("seeds", seeds).put("live", true);
    var names = body.putArray("policies");
    policies.forEach(names::add);
    var id = server.post("/v1/experiments", body).get("experimentId").asText();
    var view = server.awaitEnd("/v1/experiments/" + id);
    for (var row : view.get("table")) {
      List<Double> means = new ArrayList<>();
      row.get("means").forEach(mean -> means.add(mean.asDouble()));
      print(row.get("label").asText(), row.get("unit").asText(), means);
    }
    var folder = out;
    if (folder != null) {
      Files.createDirectories(folder);
      for (JsonNode name : view.get("files")) {
        var file = server.text("/v1/experiments/%s/%s".formatted(id, name.asText()));
        Files.writeString(folder.resolve(name.asText()), file);
      }
      System.err.println("report: " + folder.resolve("index.html"));
    }
    return 0;
  }

  private static void print(String label, String unit, Iterable<Double> values) {
    var text = new StringBuilder("%-44s %-10s".formatted(label, unit));
    for (var value : values) text.append(String.format(Locale.ROOT, " %14.2f", value));
    System.out.println(text);
  }
}
