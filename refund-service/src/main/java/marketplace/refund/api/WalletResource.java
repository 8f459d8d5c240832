package marketplace.refund.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import marketplace.edge.Edge;
import marketplace.refund.request.RefundRequests;
import marketplace.refund.view.WalletView;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/buyers/{buyerId}/wallet")
@Tag(name = "Refunds")
@RunOnVirtualThread
class WalletResource {
  private final Edge edge;
  private final RefundRequests requests;

  WalletResource(Edge edge, RefundRequests requests) {
    this.edge = edge;
    this.requests = requests;
  }

  @GET
  @Operation(
      operationId = "getWallet",
      summary = "Credit and vouchers that refunds have brought a buyer",
      description = "That BUYER, PLATFORM.")
  @APIResponse(
      responseCode = "200",
      description = "The wallet",
      content = @Content(schema = @Schema(implementation = WalletView.class)))
  public Response getWallet(@PathParam("buyerId") String buyerId) {
    return edge.query(call -> requests.getWallet(call, buyerId));
  }
}
