package marketplace.refund.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import marketplace.edge.Edge;
import marketplace.edge.document.StreamVersion;
import marketplace.refund.request.Bodies;
import marketplace.refund.request.RefundRequests;
import marketplace.refund.view.PaymentTab;
import marketplace.refund.view.PaymentView;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/v1")
@Tag(name = "Payments", description = "Paying an order, and what became of its money")
@RunOnVirtualThread
class PaymentResource {
  private final Edge edge;
  private final RefundRequests requests;

  PaymentResource(Edge edge, RefundRequests requests) {
    this.edge = edge;
    this.requests = requests;
  }

  @POST
  @Path("/payments")
  @Operation(
      operationId = "pay",
      summary = "Pay an order",
      description =
          "BUYER. amountMinor must be the order's total. Cards and outside wallets are captured at"
              + " once, cash and transfers at captureDueAt.")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.NewPayment.class,
                      requiredProperties = {"orderId", "method", "amountMinor"})))
  @APIResponse(
      responseCode = "201",
      description = "The payment, authorised or captured already",
      content = @Content(schema = @Schema(allOf = {PaymentView.class, StreamVersion.class})))
  @APIResponse(
      responseCode = "409",
      description = "ORDER_CANCELLED, ALREADY_PAID, or ORDER_UNKNOWN: try again")
  @APIResponse(responseCode = "422", description = "AMOUNT_MISMATCH, METHOD_NOT_ALLOWED, INVALID")
  public Response pay(Bodies.@Nullable NewPayment body) {
    return edge.run(call -> requests.pay(call, Bodies.present(body)), body);
  }

  @POST
  @Path("/payments/{paymentId}/provider-result")
  @Operation(
      operationId = "providerResult",
      summary = "Say what became of a payment, in the provider's place",
      description = "PROVIDER, SIMULATION. Overrides the automatic provider.")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.ProviderResult.class,
                      requiredProperties = {"result"})))
  @APIResponse(
      responseCode = "200",
      description = "The payment",
      content = @Content(schema = @Schema(allOf = {PaymentView.class, StreamVersion.class})))
  @APIResponse(responseCode = "409", description = "PAYMENT_FINAL: it has its result already")
  public Response providerResult(
      @PathParam("paymentId") String paymentId, Bodies.@Nullable ProviderResult body) {
    return edge.run(call -> requests.providerResult(call, paymentId, Bodies.present(body)), body);
  }

  @GET
  @Path("/orders/{orderId}/payment")
  @Operation(
      operationId = "paymentTab",
      summary = "The Payment tab of an order",
      description = "BUYER of the order, PLATFORM. What was paid, and where each refund is.")
  @APIResponse(
      responseCode = "200",
      description = "The Payment tab",
      content = @Content(schema = @Schema(implementation = PaymentTab.class)))
  public Response paymentTab(@PathParam("orderId") String orderId) {
    return edge.query(call -> requests.paymentTab(call, orderId));
  }
}
