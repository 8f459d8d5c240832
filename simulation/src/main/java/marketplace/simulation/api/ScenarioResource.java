package marketplace.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import marketplace.simulation.live.LiveMarket;
import marketplace.simulation.scenario.Performance;
import marketplace.simulation.scenario.Scenario;
import marketplace.simulation.scenario.ScenarioFiles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Stories, played on the running marketplace.
@Path("/v1/scenarios")
@Tag(name = "Scenarios")
@RunOnVirtualThread
class ScenarioResource {
  private final LiveMarket market;
  private final Commands commands;

  ScenarioResource(LiveMarket market, Commands commands) {
    this.market = market;
    this.commands = commands;
  }

  record Listed(String name, String title) {}

  @GET
  @Operation(operationId = "listScenarios", summary = "The stories that come with the simulation")
  public List<Listed> list() {
    return ScenarioFiles.all().stream()
        .map(scenario -> new Listed(scenario.name(), scenario.title()))
        .toList();
  }

  @GET
  @Path("/schema")
  @Operation(operationId = "getScenarioSchema", summary = "The JSON Schema of a story")
  public JsonNode schema() {
    return ScenarioFiles.schema();
  }

  @POST
  @Path("/{name}/execution")
  @Operation(
      operationId = "playScenario",
      summary = "Plays a story, by its name or number: each step, expected and found")
  @APIResponseSchema(Performance.class)
  public Response play(@PathParam("name") String name) {
    return commands.once(null, () -> played(found(name)));
  }

  private static Scenario found(String name) {
    try {
      return ScenarioFiles.findOne(name);
    } catch (IllegalArgumentException e) {
      throw Problems.notFound(String.valueOf(e.getMessage()));
    }
  }

  @POST
  @Consumes({"application/yaml", "application/json", "text/plain"})
  @Operation(operationId = "playOwnScenario", summary = "Plays a story of your own, YAML or JSON")
  @APIResponseSchema(Performance.class)
  public Response playOwn(String text) {
    return commands.once(text, () -> played(ScenarioFiles.parse("body", text)));
  }

  private Response played(Scenario scenario) {
    return Response.ok(market.play(scenario)).build();
  }
}
