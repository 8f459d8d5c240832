package marketplace.simulation.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import marketplace.contracts.ContractJson;
import marketplace.simulation.memory.MemoryMarket;
import marketplace.simulation.memory.MemoryWorld;
import marketplace.simulation.memory.SeededIds;
import marketplace.simulation.run.RunPlan;
import marketplace.simulation.scenario.Scenario;
import marketplace.simulation.scenario.ScenarioFiles;
import marketplace.simulation.scenario.ScenarioRunner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "scenario",
    description = {
      "Play stories on the running marketplace.",
      "With --memory in memory; nothing needs to run then."
    },
    mixinStandardHelpOptions = true)
final class ScenarioCommand implements Callable<Integer> {
  @CommandLine.ParentCommand private @Nullable Cli cli;

  @Parameters(
      paramLabel = "NAME|FILE",
      arity = "0..*",
      description = "seller-approves or S02; S07 is all of its parts; a file of your own")
  private List<String> wanted = List.of();

  @Option(names = "--all", description = "one after the other")
  private boolean all;

  @Option(names = "--list")
  private boolean list;

  @Option(names = "--memory", description = "in memory")
  private boolean memory;

  /// A story that comes with the simulation (text null) or somebody's own.
  private record Story(String name, @Nullable String text) {}

  @Override
  public Integer call() throws IOException {
    if (list || (wanted.isEmpty() && !all)) {
      for (var scenario : ScenarioFiles.all()) {
        System.out.printf("%-26s %s%n", scenario.name(), scenario.title());
      }
      return 0;
    }
    var failed = 0;
    for (var story : stories().toList()) {
      var performance = memory ? inMemory(story) : live(story);
      print(performance);
      if (!performance.get("passed").asBoolean()) failed++;
    }
    return failed == 0 ? 0 : Cli.FAILED;
  }

  private Stream<Story> stories() throws IOException {
    Stream.Builder<Story> stories = Stream.builder();
    for (var one : wanted) {
      var file = Path.of(one);
      if (Files.isRegularFile(file)) {
        stories.add(new Story(one, Files.readString(file)));
      } else {
        ScenarioFiles.find(one).forEach(found -> stories.add(new Story(found.name(), null)));
      }
    }
    if (all) ScenarioFiles.names().forEach(name -> stories.add(new Story(name, null)));
    return stories.build();
  }

  private JsonNode live(Story story) {
    return story.text() == null
        ? Cli.server(cli).post("/v1/scenarios/" + story.name() + "/execution", Server.object())
        : Cli.server(cli).postText("/v1/scenarios", story.text());
  }

  private static JsonNode inMemory(Story story) {
    var ids = new SeededIds(0);
    var market = new MemoryMarket(RunPlan.USUAL_START, ids);
    var runner = new ScenarioRunner(new MemoryWorld(market), market.catalogue(), ids);
    return ContractJson.mapper().valueToTree(runner.play(read(story)));
  }

  private static Scenario read(Story story) {
    return story.text() == null
        ? ScenarioFiles.load(story.name())
        : ScenarioFiles.parse(story.name(), story.text());
  }

  private static void print(JsonNode performance) {
    System.out.printf(
        "%s %s%n",
        performance.get("scenario").asText(),
        performance.get("passed").asBoolean() ? "as told" : "NOT AS TOLD");
    for (var step : performance.get("steps")) {
      System.out.printf(
          "  %s %s %s%n",
          step.get("differences").isEmpty() ? "ok " : "NOT",
          step.get("at").asText(),
          step.get("what").asText());
      for (var difference : step.get("differences")) {
        System.out.println("        " + difference.asText());
      }
    }
  }
}
