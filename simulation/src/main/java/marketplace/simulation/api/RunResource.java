package marketplace.simulation.api;

import static marketplace.eventsourcing.ClockRecord.RATE_MAX;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import marketplace.simulation.experiment.FiguresJson;
import marketplace.simulation.journal.Broken;
import marketplace.simulation.live.LiveMarket;
import marketplace.simulation.run.Expected;
import marketplace.simulation.run.PlanJson;
import marketplace.simulation.run.Recording;
import marketplace.simulation.run.RunPlan;
import marketplace.simulation.run.RunResult;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Populations on the running marketplace, played step by step or while time runs on.
@Singleton
@Path("/v1/runs")
@Tag(name = "Runs")
@RunOnVirtualThread
class RunResource {
  private final LiveMarket market;
  private final Commands commands;
  private final RunJobs runs;
  private final Jobs<RunResult> jobs;

  RunResource(LiveMarket market, Commands commands, RunJobs runs) {
    this.market = market;
    this.commands = commands;
    this.runs = runs;
    this.jobs = runs.all();
  }

  record Started(UUID runId) {}

  /// @param progress the simulated time
  /// @param plan with everything that was left out
  /// @param figures by name
  record RunView(
      UUID runId,
      Jobs.State state,
      String progress,
      @Nullable RunPlan plan,
      @Nullable Map<String, Double> figures,
      @Nullable Map<String, Long> ends,
      @Nullable Long events,
      @Nullable String traceHash,
      @Nullable List<Broken> broken,
      @Nullable Double seconds,
      @Nullable String fault) {}

  @POST
  @Operation(
      operationId = "startRun",
      summary =
          "Play {seed, policies, actors, workload, rate}; what is left out is as usual. A rate lets"
              + " time run on at it; without one it goes step by step")
  @APIResponseSchema(value = Started.class, responseCode = "202")
  public Response start(@Nullable ObjectNode body) {
    return commands.once(
        body,
        () -> {
          var given = body == null ? ApiJson.mapper().createObjectNode() : body.deepCopy();
          var rate = rate(given.remove("rate"));
          var plan = PlanJson.read(given);
          requireKnown(plan);
          var job =
              jobs.start(
                  "run",
                  it ->
                      market.run(
                          plan,
                          rate,
                          now -> {
                            it.at(now.toString());
                            return !it.isStopped();
                          }));
          return Response.accepted(new Started(job.id())).build();
        });
  }

  private static long rate(@Nullable JsonNode given) {
    if (given == null) return 0;
    if (given.isIntegralNumber() && given.longValue() > 0 && given.longValue() <= RATE_MAX) {
      return given.longValue();
    }
    throw Problems.invalid("/rate", "rate must be from 1 to %d, was %s".formatted(RATE_MAX, given));
  }

  private void requireKnown(RunPlan plan) {
    var known = market.policies();
    for (var policy : plan.policies()) {
      if (known.stream().noneMatch(set -> set.policyId().equals(policy))) {
        throw Problems.invalid("/policies", "no policy set is called " + policy);
      }
    }
  }

  @GET
  @Path("/{runId}")
  @Operation(operationId = "getRun", summary = "How far it has come, or what came of it")
  public RunView get(@PathParam("runId") UUID runId) {
    return view(jobs.find(runId));
  }

  @GET
  @Path("/{runId}/expected")
  @Operation(
      operationId = "getExpectedAnswers",
      summary = "What a stream processor should find out about the run")
  public Expected expected(@PathParam("runId") UUID runId) {
    var result = jobs.find(runId).result();
    if (result == null) throw Problems.notFound("the run has not ended");
    return result.expected();
  }

  @GET
  @Path("/{runId}/recording")
  @Operation(
      operationId = "getRecording",
      summary = "What has to be kept of the run to play it again and compare")
  public Recording recording(@PathParam("runId") UUID runId) {
    return runs.recording(runId);
  }

  @POST
  @Path("/{runId}/end")
  @Operation(operationId = "endRun", summary = "No further acts; what is open stays so")
  @APIResponseSchema(RunView.class)
  public Response end(@PathParam("runId") UUID runId, @Nullable JsonNode body) {
    return commands.once(
        body,
        () -> {
          var job = jobs.find(runId);
          job.stop();
          return Response.ok(view(job)).build();
        });
  }

  private static RunView view(Jobs.Job<RunResult> job) {
    var result = job.result();
    if (result == null) {
      return new RunView(
          job.id(),
          job.state(),
          job.progress(),
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          job.fault());
    }
    return new RunView(
        job.id(),
        job.state(),
        job.progress(),
        result.plan(),
        FiguresJson.of(result.figures()),
        ends(result),
        result.figures().events(),
        result.traceHash(),
        result.broken(),
        result.took().toMillis() / 1e3,
        null);
  }

  private static Map<String, Long> ends(RunResult result) {
    Map<String, Long> ends = new TreeMap<>();
    result.figures().ends().forEach((end, count) -> ends.put(end.name(), count));
    return ends;
  }
}
