package marketplace.order.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import marketplace.edge.document.WithoutKey;
import marketplace.order.request.OrderBodies;
import marketplace.order.request.OrderRequests;
import marketplace.order.view.CancelView;
import marketplace.order.view.CancellationOptions;
import marketplace.order.view.CancellationPreview;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Cancel what is unpaid, ask the seller for what is paid, and follow the request. The path of the
/// class is that of `OrderResource`: another one would hide these paths behind it.
@Path("/v1/orders")
@RunOnVirtualThread
@Tag(name = "Cancellations", description = "Cancelling an order, or asking for it")
class CancellationResource {
  private static final String ORDER = "/{orderId}";
  private static final String CANCELLATION = ORDER + "/cancellations/{cancellationId}";

  private final Calls calls;

  CancellationResource(Calls calls) {
    this.calls = calls;
  }

  @GET
  @Path(ORDER + "/cancellation-options")
  @Operation(operationId = "cancellationOptions", summary = "What can be cancelled, and how")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = CancellationOptions.class)))
  public Response options(@PathParam("orderId") String orderId) {
    return calls.look("cancellationOptions", Map.of("orderId", orderId));
  }

  @POST
  @Path(ORDER + "/cancellation-preview")
  @WithoutKey
  @Operation(
      operationId = "cancellationPreview",
      summary = "What would come back; changes nothing and needs no Idempotency-Key")
  @RequestBody(
      content = @Content(schema = @Schema(implementation = OrderBodies.PreviewCancellation.class)))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = CancellationPreview.class)))
  public Response preview(@PathParam("orderId") String orderId, @Nullable JsonNode body) {
    return calls.look("cancellationPreview", Map.of("orderId", orderId), body);
  }

  @POST
  @Path(ORDER + "/cancellations")
  @Operation(
      operationId = "requestCancellation",
      summary = "Cancel an unpaid order at once (200), or ask the seller (202)")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = OrderRequests.Cancelled.class)))
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = OrderRequests.Undecided.class)))
  @RequestBody(
      content = @Content(schema = @Schema(implementation = OrderBodies.RequestCancellation.class)))
  public Response request(@PathParam("orderId") String orderId, @Nullable JsonNode body) {
    return calls.command("requestCancellation", Map.of("orderId", orderId), body);
  }

  @GET
  @Path(ORDER + "/cancellations")
  @Operation(operationId = "getCancellations", summary = "All requests of an order, oldest first")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = CancelView[].class)))
  public Response all(@PathParam("orderId") String orderId) {
    return calls.look("getCancellations", Map.of("orderId", orderId));
  }

  @GET
  @Path(CANCELLATION)
  @Operation(operationId = "getCancellation", summary = "One request, and what became of it")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = CancelView.class)))
  public Response get(
      @PathParam("orderId") String orderId, @PathParam("cancellationId") String cancellationId) {
    return calls.look(
        "getCancellation", Map.of("orderId", orderId, "cancellationId", cancellationId));
  }

  @POST
  @Path(CANCELLATION + "/withdrawal")
  @Operation(operationId = "withdrawCancellation", summary = "Ask to take a request back")
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = OrderRequests.Undecided.class)))
  @RequestBody(content = @Content(schema = @Schema(implementation = OrderBodies.Nothing.class)))
  public Response withdraw(
      @PathParam("orderId") String orderId,
      @PathParam("cancellationId") String cancellationId,
      @Nullable JsonNode body) {
    return calls.command(
        "withdrawCancellation", Map.of("orderId", orderId, "cancellationId", cancellationId), body);
  }

  @POST
  @Path(CANCELLATION + "/offers/{offerId}/answer")
  @Operation(operationId = "answerOffer", summary = "Accept or reject a partial refund")
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = OrderRequests.Undecided.class)))
  @RequestBody(content = @Content(schema = @Schema(implementation = OrderBodies.AnswerOffer.class)))
  public Response answer(
      @PathParam("orderId") String orderId,
      @PathParam("cancellationId") String cancellationId,
      @PathParam("offerId") String offerId,
      @Nullable JsonNode body) {
    return calls.command(
        "answerOffer",
        Map.of("orderId", orderId, "cancellationId", cancellationId, "offerId", offerId),
        body);
  }
}
