package marketplace.edge;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.control.Quiescence;
import marketplace.eventsourcing.store.ViewRebuild;
import marketplace.eventsourcing.time.SimulatedTime;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What the simulation asks of every service; not there where time is not simulated.
@Path("/v1/simulation")
@Tag(name = "Simulation", description = "Clock, deadlines, quiescence and faults of this service")
@RunOnVirtualThread
class SimulationResource {
  private static final int DEADLINES_DEFAULT = 50;

  private final Edge edge;
  private final ServiceRuntime runtime;
  private final ServiceSettings settings;
  private final SimulatedTime time;
  private final RefusedFacts refused;

  SimulationResource(
      Edge edge,
      ServiceRuntime runtime,
      ServiceSettings settings,
      SimulatedTime time,
      RefusedFacts refused) {
    this.edge = edge;
    this.runtime = runtime;
    this.settings = settings;
    this.time = time;
    this.refused = refused;
  }

  /// The clock as this service sees it.
  record ClockView(long epoch, Instant now, long rate) {}

  /// What will happen by itself.
  ///
  /// @param rank which goes first of those of one instant: the lower one
  record DeadlineView(Instant at, String name, int rank, UUID orderId, String stream) {}

  @GET
  @Path("/clock")
  @Operation(operationId = "getServiceClock", summary = "The clock as this service sees it")
  public ClockView clock() {
    requireSimulation();
    var moment = time.moment();
    return new ClockView(moment.epoch(), moment.instant(), moment.rate());
  }

  @GET
  @Path("/deadlines")
  @Operation(operationId = "getDeadlines", summary = "The next deadlines of this service")
  public List<DeadlineView> deadlines(@QueryParam("limit") @Nullable Integer limit) {
    requireSimulation();
    return runtime.upcomingDeadlines(limit == null ? DEADLINES_DEFAULT : Page.limit(limit)).stream()
        .map(next ->
            new DeadlineView(
                next.at(), next.name(), next.rank(), next.stream().id(), next.stream().toString()))
        .toList();
  }

  @GET
  @Path("/quiescence")
  @Operation(operationId = "getQuiescence", summary = "Is there anything left to do by itself?")
  public Quiescence.Report quiescence() {
    requireSimulation();
    return runtime.quiescence();
  }

  @GET
  @Path("/rejected")
  @Operation(operationId = "getRejected", summary = "Foreign events that were refused or set aside")
  public List<RefusedFacts.Refused> rejected(@QueryParam("limit") @Nullable Integer limit) {
    requireSimulation();
    return refused.latest(Page.limit(limit));
  }

  @POST
  @Path("/faults")
  @Operation(operationId = "setFaults", summary = "Puts these fault rules in the place of the last")
  public Map<String, Object> faults(@Nullable JsonNode body) {
    requireSimulation();
    if (body == null) throw invalid("the body must be {\"rules\": [...]}");
    try {
      runtime.faults().replace("http", body);
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
    return Map.of("rules", body.get("rules"));
  }

  @POST
  @Path("/rebuild")
  @Operation(
      operationId = "rebuildViews",
      summary = "Folds every stream anew, puts right what the views say otherwise, and tells it")
  public ViewRebuild.Report rebuild() {
    requireSimulation();
    return runtime.rebuildViews();
  }

  private void requireSimulation() {
    if (!settings.simulation().enabled()) throw new NotFoundException();
    edge.require("SIMULATION");
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(Problem.of(422, "INVALID", detail, null));
  }
}
