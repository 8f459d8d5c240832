package marketplace.simulation.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import marketplace.kernel.Policies;
import marketplace.kernel.PolicySet;
import marketplace.simulation.experiment.Experiment;
import marketplace.simulation.experiment.ExperimentPlan;
import marketplace.simulation.experiment.Report;
import marketplace.simulation.live.LiveMarket;
import marketplace.simulation.run.PlanJson;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The same people under several policies, compared: in memory, or on the running marketplace.
@Singleton
@Path("/v1/experiments")
@Tag(name = "Experiments")
@RunOnVirtualThread
class ExperimentResource {
  /// Of one request, over all policies and seeds; the command line has no such limit.
  private static final long ORDERS_MAX = 1_000_000;

  private final LiveMarket market;
  private final Commands commands;
  private final Jobs<Experiment.Outcome> jobs = new Jobs<>();

  ExperimentResource(LiveMarket market, Commands commands) {
    this.market = market;
    this.commands = commands;
  }

  record Started(UUID experimentId) {}

  /// @param progress in orders
  /// @param files that can be asked for when it has ended, by their names
  record ExperimentView(
      UUID experimentId,
      Jobs.State state,
      String progress,
      List<Report.Row> table,
      List<String> files,
      @Nullable String fault) {}

  @POST
  @Operation(
      operationId = "startExperiment",
      summary = "Compare {policies, seed, seeds, live, actors, workload}")
  @APIResponseSchema(value = Started.class, responseCode = "202")
  public Response start(@Nullable ObjectNode body) {
    return commands.once(
        body,
        () -> {
          if (body == null) throw Problems.invalid("/policies", "must name two to six");
          var plan = plan(body.deepCopy());
          var live = body.path("live").asBoolean();
          var job = jobs.start("experiment", it -> live ? live(plan, it) : inMemory(plan, it));
          return Response.accepted(new Started(job.id())).build();
        });
  }

  private ExperimentPlan plan(ObjectNode body) {
    var seeds = body.path("seeds").asInt(1);
    body.remove(List.of("seeds", "live"));
    List<PolicySet> policies = new ArrayList<>();
    var known = market.ready() ? market.policies() : Policies.PRESETS;
    for (var name : body.path("policies")) {
      policies.add(
          known.stream()
              .filter(set -> set.policyId().equals(name.asText()))
              .findFirst()
              .orElseThrow(
                  () -> Problems.invalid("/policies", "no policy set is called " + name.asText())));
    }
    var plan = new ExperimentPlan(PlanJson.read(body), policies, seeds);
    var broken = plan.brokenRules();
    if (!broken.isEmpty()) throw Problems.invalid("", String.join("; ", broken));
    if (plan.orders() > ORDERS_MAX) {
      throw Problems.invalid(
          "/workload/orders",
          "must be at most %,d over all policies and seeds, were %,d"
              .formatted(ORDERS_MAX, plan.orders()));
    }
    return plan;
  }

  private static Experiment.Outcome inMemory(
      ExperimentPlan plan, Jobs.Job<Experiment.Outcome> job) {
    var played = new AtomicLong();
    try {
      return Experiment.play(
          plan,
          1,
          orders -> job.at("%,d of %,d".formatted(played.addAndGet(orders), plan.orders())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Experiment.Outcome live(ExperimentPlan plan, Jobs.Job<Experiment.Outcome> job) {
    return Experiment.playWith(
        plan,
        run -> {
          job.at(run.policies().getFirst() + " with seed " + run.seed());
          return market.run(run, 0, _ -> true).figures();
        });
  }

  @GET
  @Path("/{experimentId}")
  @Operation(operationId = "getExperiment", summary = "How far it has come, or what came of it")
  public ExperimentView get(@PathParam("experimentId") UUID experimentId) {
    var job = jobs.find(experimentId);
    var outcome = job.result();
    var report = outcome == null ? null : new Report(outcome);
    return new ExperimentView(
        job.id(),
        job.state(),
        job.progress(),
        report == null ? List.of() : report.table(),
        report == null ? List.of() : List.copyOf(report.files().keySet()),
        job.fault());
  }

  @GET
  @Path("/{experimentId}/{file}")
  @Operation(operationId = "getExperimentFile", summary = "The page, a chart or a table")
  public Response file(
      @PathParam("experimentId") UUID experimentId, @PathParam("file") String name) {
    var outcome = jobs.find(experimentId).result();
    if (outcome == null) throw Problems.notFound("the experiment has not ended");
    var file = new Report(outcome).files().get(name);
    if (file == null) throw Problems.notFound("no such file: " + name);
    return Response.ok(file, mediaType(name)).build();
  }

  private static String mediaType(String name) {
    if (name.endsWith(".svg")) return "image/svg+xml";
    return name.endsWith(".csv") ? "text/csv;charset=UTF-8" : "text/html;charset=UTF-8";
  }
}
