package marketplace.refund.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import marketplace.edge.Edge;
import marketplace.eventsourcing.store.EventReader.AuditEntry;
import marketplace.refund.request.RefundRequests;
import marketplace.refund.view.LedgerView;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1")
@Tag(name = "Ledger", description = "The books of an order, and whether all books are right")
@RunOnVirtualThread
class LedgerResource {
  private final Edge edge;
  private final RefundRequests requests;
  private final Invariants invariants;

  LedgerResource(Edge edge, RefundRequests requests, Invariants invariants) {
    this.edge = edge;
    this.requests = requests;
    this.invariants = invariants;
  }

  @GET
  @Path("/ledger/{orderId}")
  @Operation(
      operationId = "getLedger",
      summary = "Accounts, postings and sums of an order",
      description = "PLATFORM.")
  @APIResponse(
      responseCode = "200",
      description = "The books of the order",
      content = @Content(schema = @Schema(implementation = LedgerView.class)))
  public Response getLedger(@PathParam("orderId") String orderId) {
    return edge.query(call -> requests.getLedger(call, orderId));
  }

  @GET
  @Path("/ledger/{orderId}/events")
  @Operation(
      operationId = "getLedgerEvents",
      summary = "Everything that happened to the money of an order, oldest first",
      description = "PLATFORM.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AuditEntry[].class)))
  public Response getLedgerEvents(@PathParam("orderId") String orderId) {
    return edge.audit(call -> requests.getLedger(call, orderId));
  }

  @GET
  @Path("/invariants")
  @Operation(
      operationId = "getInvariants",
      summary = "Are all books right?",
      description =
          "PLATFORM, SIMULATION. Holds ledgers against their postings: M1 to M8. Without `full`,"
              + " those that have changed since this was asked last, and those that were wrong.")
  public List<Invariants.Finding> getInvariants(@QueryParam("full") boolean full) {
    edge.require("PLATFORM", "SIMULATION");
    return invariants.check(full);
  }
}
