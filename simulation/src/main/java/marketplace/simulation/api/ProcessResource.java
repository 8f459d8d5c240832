package marketplace.simulation.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import marketplace.simulation.live.Processes;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Crashes and outages: the services, the broker and the database as processes.
@Path("/v1/processes")
@Tag(name = "Faults")
@RunOnVirtualThread
class ProcessResource {
  private final Processes processes;
  private final Commands commands;

  ProcessResource(Processes processes, Commands commands) {
    this.processes = processes;
    this.commands = commands;
  }

  @GET
  @Operation(operationId = "listProcesses", summary = "What runs, and what was stopped or paused")
  public List<Processes.Part> list() {
    return processes.parts();
  }

  @POST
  @Path("/{name}/{action}")
  @Operation(
      operationId = "actOnProcess",
      summary = "stop, kill, pause, resume, start or restart order, order-2, …, kafka or postgres")
  @APIResponseSchema(Processes.Part.class)
  public Response act(@PathParam("name") String name, @PathParam("action") String action) {
    return commands.once(
        name + "/" + action,
        () -> Response.ok(processes.act(name, Processes.Action.of(action))).build());
  }
}
