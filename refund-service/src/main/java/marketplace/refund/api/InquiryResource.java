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
import marketplace.refund.view.InquiryView;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/v1/refund-inquiries/{inquiryId}")
@Tag(name = "Refunds")
@RunOnVirtualThread
class InquiryResource {
  private final Edge edge;
  private final RefundRequests requests;

  InquiryResource(Edge edge, RefundRequests requests) {
    this.edge = edge;
    this.requests = requests;
  }

  @POST
  @Path("/resolution")
  @Operation(
      operationId = "resolveRefundInquiry",
      summary = "Say what became of a refund that a buyer misses",
      description =
          "PLATFORM. REISSUED_TO_WALLET sends it once more, to the buyer's wallet, where it is at"
              + " once.")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.Resolution.class,
                      requiredProperties = {"outcome"})))
  @APIResponse(
      responseCode = "200",
      description = "The inquiry",
      content = @Content(schema = @Schema(allOf = {InquiryView.class, StreamVersion.class})))
  @APIResponse(responseCode = "409", description = "INQUIRY_CLOSED: it has its answer already")
  public Response resolveInquiry(
      @PathParam("inquiryId") String inquiryId, Bodies.@Nullable Resolution body) {
    return edge.run(call -> requests.resolveInquiry(call, inquiryId, Bodies.present(body)), body);
  }
}
