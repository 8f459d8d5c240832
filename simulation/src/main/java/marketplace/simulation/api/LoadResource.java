package marketplace.simulation.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Set;
import java.util.UUID;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.simulation.load.LoadOrder;
import marketplace.simulation.load.LoadRun;
import marketplace.simulation.load.Loads;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Load on the running marketplace, one at a time.
@Path("/v1/load")
@Tag(name = "Load")
@RunOnVirtualThread
class LoadResource {
  private static final Set<String> FIELDS = Set.of("profile", "ratePerSecond", "seconds", "mix");

  private final Loads loads;
  private final Commands commands;

  LoadResource(Loads loads, Commands commands) {
    this.loads = loads;
    this.commands = commands;
  }

  @POST
  @Operation(
      operationId = "startLoad",
      summary = "Begins to call the services at a fixed rate; profile and mix may be left out")
  @APIResponseSchema(value = LoadRun.class, responseCode = "202")
  public Response start(@Nullable ObjectNode body) {
    return commands.once(body, () -> started(body));
  }

  @GET
  @Path("/{loadId}")
  @Operation(operationId = "getLoad", summary = "A load, with its summary when it is finished")
  public LoadRun get(@PathParam("loadId") UUID loadId) {
    return loads.find(loadId).orElseThrow(() -> Problems.notFound("no such load: " + loadId));
  }

  private Response started(@Nullable ObjectNode body) {
    var order = order(body);
    if (!loads.possible()) {
      throw refused(
          "LOAD_NOT_POSSIBLE", "marketplace.load.class-path does not say where the program is");
    }
    var run =
        loads
            .start(order)
            .orElseThrow(() -> refused("LOAD_RUNNING", "another load is still being made"));
    return Response.accepted(run).location(URI.create("/v1/load/" + run.loadId())).build();
  }

  private static ProblemException refused(String code, String detail) {
    return new ProblemException(Problem.of(409, code, detail, null));
  }

  private static LoadOrder order(@Nullable ObjectNode body) {
    if (body == null) throw Problems.invalid("", "must say how much: ratePerSecond and seconds");
    for (var field : body.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        throw Problems.invalid("/" + field.getKey(), "is not known here");
      }
    }
    var profile = text(body, "profile", "constant");
    if (!LoadOrder.PROFILES.contains(profile)) {
      throw Problems.invalid("/profile", "must be one of " + LoadOrder.PROFILES);
    }
    var rate = body.path("ratePerSecond");
    if (!rate.isNumber() || !(rate.doubleValue() > 0 && rate.doubleValue() <= LoadOrder.RATE_MAX)) {
      throw Problems.invalid(
          "/ratePerSecond", "must be above 0 and at most " + (int) LoadOrder.RATE_MAX);
    }
    var seconds = body.path("seconds");
    if (!seconds.canConvertToInt()
        || !seconds.isIntegralNumber()
        || seconds.intValue() < 1
        || seconds.intValue() > LoadOrder.SECONDS_MAX) {
      throw Problems.invalid("/seconds", "must be from 1 to " + LoadOrder.SECONDS_MAX);
    }
    var mix = text(body, "mix", "lifecycle");
    if (!LoadOrder.MIX.matcher(mix).matches()) {
      throw Problems.invalid("/mix", "must be such as lifecycle, or approved=3,silent=1");
    }
    return new LoadOrder(profile, rate.doubleValue(), seconds.intValue(), mix);
  }

  private static String text(ObjectNode body, String field, String otherwise) {
    var value = body.path(field);
    if (value.isMissingNode()) return otherwise;
    if (!value.isTextual()) throw Problems.invalid("/" + field, "must be text");
    return value.textValue();
  }
}
