package marketplace.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import marketplace.eventsourcing.control.BadFaultRuleException;
import marketplace.simulation.live.LiveFaults;
import marketplace.simulation.live.LiveMarket;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What shall go wrong inside the services, in all instances of each.
@Path("/v1/faults")
@Tag(name = "Faults")
@RunOnVirtualThread
class FaultResource {
  private static final Pattern OWNER = Pattern.compile("[a-z0-9-]{0,64}");

  private final LiveMarket market;
  private final Commands commands;

  FaultResource(LiveMarket market, Commands commands) {
    this.market = market;
    this.commands = commands;
  }

  /// @param service all where it is left out
  /// @param owner whose last rules these replace; others' stay
  /// @param rules as `/v1/simulation/faults` of the service takes them; none ends the owner's
  record Body(@Nullable String service, @Nullable String owner, @Nullable List<JsonNode> rules) {}

  @GET
  @Operation(operationId = "listFaults", summary = "The fault rules in force, by service and owner")
  public List<LiveFaults.Standing> list() {
    return market.faults().standing();
  }

  @POST
  @Operation(
      operationId = "replaceFaults",
      summary = "Puts these fault rules in the place of the owner's last")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema =
                  @Schema(type = SchemaType.ARRAY, implementation = LiveFaults.Standing.class)))
  public Response replace(@Nullable Body body) {
    return commands.once(body, () -> replaced(body));
  }

  @DELETE
  @Operation(
      operationId = "endFaults",
      summary = "Ends the fault rules of one service or all, of one owner or all")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema =
                  @Schema(type = SchemaType.ARRAY, implementation = LiveFaults.Standing.class)))
  public Response end(
      @QueryParam("service") @Nullable String service,
      @QueryParam("owner") @Nullable String owner) {
    return commands.once(
        service + "/" + owner,
        () -> {
          var services = services(service);
          var faults = market.faults();
          for (var standing : faults.standing()) {
            if (!services.contains(standing.service())) continue;
            if (owner != null && !owner.equals(standing.owner())) continue;
            faults.replace(
                standing.service(), standing.owner(), JsonNodeFactory.instance.arrayNode());
          }
          return Response.ok(faults.standing()).build();
        });
  }

  private Response replaced(@Nullable Body body) {
    var given = body == null ? null : body.rules();
    if (body == null || given == null) throw Problems.invalid("/rules", "must be a list");
    var owner = Objects.requireNonNullElse(body.owner(), "");
    if (!OWNER.matcher(owner).matches()) {
      throw Problems.invalid("/owner", "must be at most 64 of a-z, 0-9 and -");
    }
    var rules = JsonNodeFactory.instance.arrayNode().addAll(given);
    var services = services(body.service());
    for (var service : services) check(service, rules);
    for (var service : services) market.faults().replace(service, owner, rules);
    return Response.ok(market.faults().standing()).build();
  }

  private static void check(String service, JsonNode rules) {
    try {
      LiveFaults.check(service, JsonNodeFactory.instance.objectNode().set("rules", rules));
    } catch (BadFaultRuleException e) {
      throw Problems.invalid(e.pointer(), "of " + service + ": " + e.getMessage());
    }
  }

  private List<String> services(@Nullable String service) {
    var known = market.services().names();
    if (service == null) return known;
    if (known.contains(service)) return List.of(service);
    throw Problems.invalid("/service", "must be one of " + known);
  }
}
