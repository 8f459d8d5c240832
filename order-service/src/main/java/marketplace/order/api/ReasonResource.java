package marketplace.order.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import marketplace.order.view.CancellationOptions;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Why a buyer may want to cancel, and whose fault that is.
@Path("/v1/cancellation-reasons")
@RunOnVirtualThread
@Tag(name = "Cancellations")
class ReasonResource {
  private final Calls calls;

  ReasonResource(Calls calls) {
    this.calls = calls;
  }

  @GET
  @Operation(operationId = "cancellationReasons", summary = "Why a buyer may want to cancel")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = CancellationOptions.Reason[].class)))
  public Response reasons() {
    return calls.look("cancellationReasons", Map.of());
  }
}
