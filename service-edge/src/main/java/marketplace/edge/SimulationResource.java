package marketplace.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.control.BadFaultRuleException;
import marketplace.eventsourcing.control.Quiescence;
import marketplace.eventsourcing.store.ViewRebuild;
import marketplace.eventsourcing.time.SimulatedTime;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What the simulation asks of every service; not there where time is not simulated.
@Path("/v1/simulation")
@Tag(name = "Simulation", description = "Clock, deadlines, quiescence and faults of this service")
@RunOnVirtualThread
class SimulationResource {
  private static final int DEADLINES_DEFAULT = 50;
  private static final Pattern OWNER = Pattern.compile("[a-z0-9-]{1,64}");
  private static final JsonNode NO_RULES =
      JsonNodeFactory.instance
          .objectNode()
          .<JsonNode>set("rules", JsonNodeFactory.instance.arrayNode());

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

  /// What shall go wrong.
  record FaultRulesBody(List<FaultRuleBody> rules) {}

  /// One of them. Which parameters a kind has is told to whoever names another one.
  ///
  /// @param topic where it is left out, all are meant, and so with `key`, `type` and `orderId`
  /// @param rate from 0 to 1: the share that is hit, chosen by `seed` and the event's id
  /// @param every only each n-th of them
  /// @param times so often, and then no more
  /// @param seconds of simulated time
  /// @param code that the provider answers with
  record FaultRuleBody(
      String kind,
      @Nullable String topic,
      @Nullable String key,
      @Nullable String type,
      @Nullable Double rate,
      @Nullable Long seed,
      @Nullable Long every,
      @Nullable Long times,
      @Nullable Long millis,
      @Nullable Long seconds,
      @Nullable String code,
      @Nullable UUID orderId) {}

  record FaultsView(List<FaultView> rules) {}

  /// @param owner who has set it: `http` or `control`, and after a colon which of them
  record FaultView(String owner, JsonNode rule) {}

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
  @Path("/activity")
  @Operation(
      operationId = "getActivity",
      summary = "What this service has left to do of what it already has; cheap to ask")
  public Quiescence.Activity activity() {
    requireSimulation();
    return runtime.activity();
  }

  @GET
  @Path("/rejected")
  @Operation(operationId = "getRejected", summary = "Foreign events that were refused or set aside")
  public List<RefusedFacts.Refused> rejected(@QueryParam("limit") @Nullable Integer limit) {
    requireSimulation();
    return refused.latest(Page.limit(limit));
  }

  @GET
  @Path("/faults")
  @Operation(operationId = "getFaults", summary = "The fault rules in force in this instance")
  public FaultsView faults() {
    requireSimulation();
    return inForce();
  }

  @POST
  @Path("/faults")
  @Operation(
      operationId = "setFaults",
      summary = "Puts these fault rules in the place of the owner's last; an empty list ends them")
  @RequestBody(content = @Content(schema = @Schema(implementation = FaultRulesBody.class)))
  public FaultsView setFaults(
      @QueryParam("owner") @Nullable String owner, @Nullable JsonNode body) {
    requireSimulation();
    if (body == null) throw invalid("/rules", "the body must be {\"rules\": [...]}");
    try {
      runtime.faults().replace(owner(owner), body);
    } catch (BadFaultRuleException e) {
      throw invalid(e.pointer(), String.valueOf(e.getMessage()));
    }
    return inForce();
  }

  @DELETE
  @Path("/faults")
  @Operation(operationId = "clearFaults", summary = "Ends the owner's fault rules")
  public FaultsView clearFaults(@QueryParam("owner") @Nullable String owner) {
    requireSimulation();
    runtime.faults().replace(owner(owner), NO_RULES);
    return inForce();
  }

  private FaultsView inForce() {
    List<FaultView> rules = new ArrayList<>();
    runtime
        .faults()
        .inForce()
        .forEach(
            (owner, ofOwner) -> ofOwner.forEach(rule -> rules.add(new FaultView(owner, rule))));
    return new FaultsView(rules);
  }

  /// Apart from those whose rules come from the control topic.
  private static String owner(@Nullable String name) {
    if (name == null) return "http";
    if (OWNER.matcher(name).matches()) return "http:" + name;
    throw invalid("owner", "owner must be 1 to 64 of a-z, 0-9 and -, was " + name);
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

  private static ProblemException invalid(String pointer, String detail) {
    return new ProblemException(
        Problem.of(422, "INVALID", detail, null)
            .withErrors(List.of(new Problem.FieldError(pointer, "INVALID"))));
  }
}
