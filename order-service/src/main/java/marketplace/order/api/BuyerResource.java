package marketplace.order.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import marketplace.edge.Edge;
import marketplace.order.request.BuyerRequests;
import marketplace.order.request.OrderBodies;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What is kept of a buyer himself.
@Path("/v1/buyers/{buyerId}")
@RunOnVirtualThread
@Tag(name = "Buyers", description = "What is kept of buyers, and how it is forgotten")
class BuyerResource {
  private final Edge edge;
  private final Calls calls;
  private final BuyerStatistics statistics;

  BuyerResource(Edge edge, Calls calls, BuyerStatistics statistics) {
    this.edge = edge;
    this.calls = calls;
    this.statistics = statistics;
  }

  @POST
  @Path("/erasure")
  @Operation(
      operationId = "eraseBuyer",
      summary = "Forget a buyer's addresses and words",
      description = "That BUYER, PLATFORM. Orders stay as they are.")
  @RequestBody(content = @Content(schema = @Schema(implementation = OrderBodies.Nothing.class)))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = BuyerRequests.Erased.class)))
  public Response erase(@PathParam("buyerId") String buyerId, @Nullable JsonNode body) {
    return calls.command("eraseBuyer", Map.of("buyerId", buyerId), body);
  }

  @GET
  @Path("/statistics")
  @Operation(
      operationId = "buyerStatistics",
      summary = "Requests and cancellations of the last 90 days",
      description = "PLATFORM.")
  public BuyerStatistics.Counts statistics(@PathParam("buyerId") UUID buyerId) {
    edge.require("PLATFORM");
    return statistics.of(buyerId, edge.now());
  }
}
