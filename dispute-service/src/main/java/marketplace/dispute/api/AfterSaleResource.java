package marketplace.dispute.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import marketplace.dispute.request.AfterSaleRequests;
import marketplace.edge.Edge;
import org.eclipse.microprofile.openapi.annotations.Operation;

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
  public Response getAfterSale(@PathParam("orderId") String orderId) {
    return edge.query(call -> requests.getAfterSale(call, orderId));
  }

  @GET
  @Path("events")
  @Operation(operationId = "getAfterSaleEvents")
  public Response getAfterSaleEvents(@PathParam("orderId") String orderId) {
    return edge.audit(call -> requests.getAfterSale(call, orderId));
  }
}
