package marketplace.refund.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import marketplace.edge.Edge;
import marketplace.edge.Page;
import marketplace.edge.document.StreamVersion;
import marketplace.kernel.RefundCause;
import marketplace.refund.request.Bodies;
import marketplace.refund.request.RefundRequests;
import marketplace.refund.view.InquiryView;
import marketplace.refund.view.RefundView;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/v1/refunds")
@Tag(name = "Refunds", description = "Money on its way back to the buyer")
@RunOnVirtualThread
class RefundResource {
  private final Edge edge;
  private final RefundRequests requests;
  private final RefundList refunds;

  RefundResource(Edge edge, RefundRequests requests, RefundList refunds) {
    this.edge = edge;
    this.requests = requests;
    this.refunds = refunds;
  }

  @GET
  @Operation(
      operationId = "listRefunds",
      summary = "Refunds, the latest first",
      description = "BUYER and SELLER see those of their own orders, PLATFORM sees all.")
  public Page<RefundView> listRefunds(
      @QueryParam("orderId") @Nullable UUID orderId,
      @QueryParam("state") RefundView.@Nullable Stage state,
      @QueryParam("cause") @Nullable RefundCause cause,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    var caller = edge.require("BUYER", "SELLER", "PLATFORM");
    return refunds.page(caller, orderId, state, cause, Page.limit(limit), cursor, edge.now());
  }

  @GET
  @Path("/{refundId}")
  @Operation(
      operationId = "getRefund",
      summary = "One refund",
      description = "BUYER and SELLER of its order, PLATFORM.")
  @APIResponse(
      responseCode = "200",
      description = "The refund",
      content = @Content(schema = @Schema(allOf = {RefundView.class, StreamVersion.class})))
  public Response getRefund(@PathParam("refundId") String refundId) {
    return edge.query(call -> requests.getRefund(call, refundId));
  }

  /// Without a media type, the framework would make a body of any text from any text.
  @POST
  @Path("/{refundId}/inquiries")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "openRefundInquiry",
      summary = "Ask where a refund is that should have arrived",
      description = "BUYER of the order, from `expectedBy` on.")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.NewInquiry.class,
                      requiredProperties = {"text"})))
  @APIResponse(
      responseCode = "201",
      description = "The inquiry, open",
      content = @Content(schema = @Schema(allOf = {InquiryView.class, StreamVersion.class})))
  @APIResponse(
      responseCode = "409",
      description = "REFUND_SETTLED, INQUIRY_OPEN, or TOO_EARLY with the deadline")
  public Response openInquiry(
      @PathParam("refundId") String refundId, Bodies.@Nullable NewInquiry body) {
    return edge.run(call -> requests.openInquiry(call, refundId, Bodies.present(body)), body);
  }
}
