package marketplace.dispute.api;

import com.fasterxml.jackson.databind.node.NullNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import marketplace.dispute.request.AfterSaleRequests;
import marketplace.edge.Edge;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.Prepared;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// Is the window still open, and until when?
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
    return edge.query(call -> window(call, orderId));
  }

  @GET
  @Path("events")
  @Operation(operationId = "getAfterSaleEvents")
  public Response getAfterSaleEvents(@PathParam("orderId") String orderId) {
    return edge.audit(call -> window(call, orderId));
  }

  private Prepared window(Call call, String orderId) {
    return requests.getAfterSale(call, Map.of("orderId", orderId), NullNode.getInstance());
  }
}
