package marketplace.refund.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import marketplace.edge.Edge;
import marketplace.edge.document.StreamVersion;
import marketplace.refund.request.Bodies;
import marketplace.refund.request.RefundRequests;
import marketplace.refund.view.RefundView;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/v1/orders/{orderId}/goodwill-refunds")
@Tag(name = "Refunds")
@RunOnVirtualThread
class GoodwillResource {
  private final Edge edge;
  private final RefundRequests requests;

  GoodwillResource(Edge edge, RefundRequests requests) {
    this.edge = edge;
    this.requests = requests;
  }

  @POST
  @Operation(
      operationId = "grantGoodwill",
      summary = "Give the buyer money back without being asked to",
      description =
          "SELLER of the order, once something was shipped and while no dispute or return is open.")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.Goodwill.class,
                      requiredProperties = {"amountMinor"})))
  @APIResponse(
      responseCode = "201",
      description = "The refund",
      content = @Content(schema = @Schema(allOf = {RefundView.class, StreamVersion.class})))
  @APIResponse(
      responseCode = "409",
      description = "WINDOW_CLOSED, CASE_OPEN, NOT_SHIPPED, REFUND_EXCEEDS_BALANCE")
  public Response grantGoodwill(
      @PathParam("orderId") String orderId, Bodies.@Nullable Goodwill body) {
    return edge.run(call -> requests.grantGoodwill(call, orderId, Bodies.present(body)), body);
  }
}
