package marketplace.order.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import marketplace.order.request.OrderBodies;
import marketplace.order.view.CouponView;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Coupons: the platform and sellers grant them, buyers look through theirs.
@Path("/v1/buyers/{buyerId}/coupons")
@RunOnVirtualThread
@Tag(name = "Coupons", description = "What buyers may take off the price of an order")
class CouponResource {
  private final Calls calls;

  CouponResource(Calls calls) {
    this.calls = calls;
  }

  @POST
  @Operation(
      operationId = "grantCoupon",
      summary =
          "Grant a buyer a coupon; issuer is the caller's own role, currency is USD if absent")
  @RequestBody(content = @Content(schema = @Schema(implementation = OrderBodies.GrantCoupon.class)))
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = CouponView.class)))
  public Response grant(@PathParam("buyerId") String buyerId, @Nullable JsonNode body) {
    return calls.command("grantCoupon", Map.of("buyerId", buyerId), body);
  }

  @GET
  @Operation(operationId = "getCoupons", summary = "The buyer's coupons, the oldest first")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = CouponView.class)))
  public Response list(@PathParam("buyerId") String buyerId) {
    return calls.look("getCoupons", Map.of("buyerId", buyerId));
  }
}
