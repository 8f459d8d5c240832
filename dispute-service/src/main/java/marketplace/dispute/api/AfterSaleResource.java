package marketplace.dispute.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import marketplace.dispute.request.AfterSaleRequests;
import marketplace.dispute.view.AfterSaleView;
import marketplace.edge.Edge;
import marketplace.edge.document.StreamVersion;
import marketplace.eventsourcing.store.EventReader.AuditEntry;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// Is the window still open, until when, and what may be disputed or returned?
@Path("/v1/orders/{orderId}/after-sale")
class AfterSaleResource {
  private final Edge edge;
  private final AfterSaleRequests requests;

  AfterSaleResource(Edge edge, AfterSaleRequests requests) {
    this.edge = edge;
    this.requests = requests;
  }

  @GET
  @Operation(operationId = "getAfterSale")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {AfterSaleView.class, StreamVersion.class})))
  public Response getAfterSale(@PathParam("orderId") String orderId) {
    return edge.query(call -> requests.getAfterSale(call, orderId));
  }

  @GET
  @Path("events")
  @Operation(operationId = "getAfterSaleEvents")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AuditEntry[].class)))
  public Response getAfterSaleEvents(@PathParam("orderId") String orderId) {
    return edge.audit(call -> requests.getAfterSale(call, orderId));
  }
}
