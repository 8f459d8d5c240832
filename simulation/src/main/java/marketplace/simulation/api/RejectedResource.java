package marketplace.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import marketplace.simulation.live.LiveMarket;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What the services did not take.
@Path("/v1/rejected")
@Tag(name = "Injections")
@RunOnVirtualThread
class RejectedResource {
  private static final int LIMIT_DEFAULT = 50;
  private static final int LIMIT_MAX = 200;

  private final LiveMarket market;

  RejectedResource(LiveMarket market) {
    this.market = market;
  }

  @GET
  @Operation(
      operationId = "listRejected",
      summary = "Events that a service refused or set aside, with the reason, newest first")
  public List<JsonNode> rejected(@QueryParam("limit") @Nullable Integer limit) {
    var wanted = limit == null ? LIMIT_DEFAULT : limit;
    if (wanted < 1 || wanted > LIMIT_MAX) {
      throw Problems.invalid("limit", "must be from 1 to " + LIMIT_MAX);
    }
    return market.rejected(wanted);
  }
}
