package marketplace.simulation.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Who takes part, and how much there is to do.
final class PlanOptions {
  @Option(names = "--seed", description = "the same seed, the same people; default 1")
  private @Nullable Long seed;

  @Option(names = "--orders", description = "default: as many as buyers, or 200")
  private @Nullable Integer orders;

  @Option(names = "--buyers", description = "default: as many as orders")
  private @Nullable Integer buyers;

  @Option(names = "--sellers", description = "default: one for twenty orders")
  private @Nullable Integer sellers;

  @Option(names = "--days", description = "in which orders are placed; default 30")
  private @Nullable Integer days;

  @Option(
      names = "--then-days",
      description = "for which the market goes on without new orders; default 150: to the end")
  private @Nullable Integer thenDays;

  @Option(
      names = "--plan",
      description = "a file in YAML or JSON: {seed, actors, workload, …}, and options win")
  private @Nullable Path file;

  ObjectNode plan() throws IOException {
    var given = file;
    var read = given == null ? null : new YAMLMapper().readTree(given.toFile());
    if (read != null && !read.isObject()) {
      throw new IllegalArgumentException(given + " must be an object");
    }
    var plan = read == null ? Server.object() : (ObjectNode) read;
    if (seed != null) plan.put("seed", seed);
    var workload = plan.withObjectProperty("workload");
    if (orders != null) workload.put("orders", orders);
    if (buyers != null) workload.put("buyers", buyers);
    if (sellers != null) workload.put("sellers", sellers);
    if (days != null) workload.put("days", days);
    if (thenDays != null) workload.put("thenDays", thenDays);
    return plan;
  }
}
