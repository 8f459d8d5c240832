package marketplace.simulation.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import marketplace.contracts.ContractJson;
import marketplace.simulation.run.Recording;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "replay",
    description = {
      "Play a run again from its seed, and compare event by event: a run of the running"
          + " simulation,",
      "or one that ./market run --record has written to a file, for which nothing needs to run.",
      "Without a run, rebuild every service's views from its streams, and compare."
    },
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = ContractJson.mapper();

  @CommandLine.ParentCommand private @Nullable Cli cli;

  @Parameters(paramLabel = "RUN|FILE", arity = "0..1")
  private @Nullable String run;

  @Option(names = "--live", description = "play it on the running marketplace; needs a RUN")
  private boolean live;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var it = run;
    if (it == null) return rebuild();
    if (!Files.isRegularFile(Path.of(it))) return print(replay(it));
    if (live) throw new IllegalArgumentException("--live needs a run of the running simulation");
    var recording = Recording.read(JSON.readTree(Path.of(it).toFile()));
    try (var progress = new Progress("orders", recording.plan().workload().orders())) {
      return print(JSON.valueToTree(recording.replay(List.of(), progress::more)));
    }
  }

  private JsonNode replay(String runId) throws InterruptedException {
    var server = Cli.server(cli);
    server.post("/v1/replays/" + runId, Server.object().put("live", live));
    return server.awaitEnd("/v1/replays/" + runId).get("comparison");
  }

  private static int print(JsonNode comparison) {
    System.out.println("recorded  " + comparison.get("recorded").asText());
    System.out.println("replayed  " + comparison.get("replayed").asText());
    if (comparison.get("equal").asBoolean()) {
      System.out.println("equal");
      return 0;
    }
    var first = comparison.path("first");
    System.out.printf(
        "DIFFERENT first in %s, event %d%n",
        first.path("of").asText(), first.path("event").asInt());
    return Cli.FAILED;
  }

  private int rebuild() {
    var rebuilt = Cli.server(cli).post("/v1/replays", Server.object());
    for (var service : rebuilt.get("services").properties()) {
      System.out.printf("%-16s %s%n", service.getKey(), service.getValue());
    }
    return rebuilt.get("equal").asBoolean() ? 0 : Cli.FAILED;
  }
}
