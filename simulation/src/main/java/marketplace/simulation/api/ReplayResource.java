package marketplace.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import marketplace.simulation.live.LiveMarket;
import marketplace.simulation.run.Recording;
import marketplace.simulation.run.Recording.Comparison;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The same once more, and whether it is the same: views from their streams, and runs from their
/// seeds.
@Singleton
@Path("/v1/replays")
@Tag(name = "Replays")
@RunOnVirtualThread
class ReplayResource {
  private final LiveMarket market;
  private final Commands commands;
  private final RunJobs runs;
  private final Jobs<Comparison> jobs = new Jobs<>();

  ReplayResource(LiveMarket market, Commands commands, RunJobs runs) {
    this.market = market;
    this.commands = commands;
    this.runs = runs;
  }

  /// @param services what each found when it rebuilt its views from its streams
  record Rebuilt(boolean equal, Map<String, JsonNode> services) {}

  record Started(UUID runId) {}

  /// @param comparison null until it has ended
  record ReplayView(
      UUID runId,
      Jobs.State state,
      String progress,
      @Nullable Comparison comparison,
      @Nullable String fault) {}

  @POST
  @Operation(
      operationId = "rebuildAll",
      summary = "Rebuild every service's views from its streams, and compare")
  @APIResponseSchema(Rebuilt.class)
  public Response rebuild(@Nullable ObjectNode body) {
    return commands.once(
        body,
        () -> {
          var reports = market.rebuildAll();
          var equal =
              reports.values().stream().allMatch(one -> one.path("different").asLong() == 0);
          return Response.ok(new Rebuilt(equal, reports)).build();
        });
  }

  @POST
  @Path("/{runId}")
  @Operation(
      operationId = "replayRun",
      summary = "Play a run's plan again, in memory or {live: true}, and compare event by event")
  @APIResponseSchema(value = Started.class, responseCode = "202")
  public Response replay(@PathParam("runId") UUID runId, @Nullable ObjectNode body) {
    return commands.once(
        body,
        () -> {
          var recording = runs.recording(runId);
          var live = body != null && body.path("live").asBoolean();
          jobs.start(runId, "replay", it -> live ? live(recording, it) : inMemory(recording, it));
          return Response.accepted(new Started(runId)).build();
        });
  }

  private Comparison inMemory(Recording recording, Jobs.Job<Comparison> job) {
    return recording.replay(market.policies(), orders -> job.at(orders + " more orders"));
  }

  private Comparison live(Recording recording, Jobs.Job<Comparison> job) {
    return recording.compare(
        market.run(
            recording.plan(),
            0,
            now -> {
              job.at(now.toString());
              return true;
            }));
  }

  @GET
  @Path("/{runId}")
  @Operation(operationId = "getReplay", summary = "How far it has come, or whether it was the same")
  public ReplayView get(@PathParam("runId") UUID runId) {
    var job = jobs.find(runId);
    return new ReplayView(runId, job.state(), job.progress(), job.result(), job.fault());
  }
}
