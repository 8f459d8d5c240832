package marketplace.seller.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import marketplace.edge.Edge;
import marketplace.edge.document.StreamVersion;
import marketplace.seller.request.Bodies;
import marketplace.seller.request.SellerRequests;
import marketplace.seller.view.ShipmentView;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Parcels, and what the carrier says of them.
@Path("/v1/shipments")
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Shipments", description = "Parcels on their way")
class ShipmentResource {
  private final Edge edge;
  private final SellerRequests requests;

  ShipmentResource(Edge edge, SellerRequests requests) {
    this.edge = edge;
    this.requests = requests;
  }

  @GET
  @Path("/{shipmentId}")
  @Operation(operationId = "getShipment", summary = "A parcel and where it was last seen")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {ShipmentView.class, StreamVersion.class})))
  public Response get(@PathParam("shipmentId") String shipmentId) {
    return edge.query(call -> requests.getShipment(call, shipmentId));
  }

  @POST
  @Path("/{shipmentId}/tracking")
  @Operation(
      operationId = "reportTracking",
      summary = "The carrier's report; forward only, `at` is when he saw it")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.TrackingReport.class,
                      requiredProperties = {"status"})))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {ShipmentView.class, StreamVersion.class})))
  public Response track(
      @PathParam("shipmentId") String shipmentId, Bodies.@Nullable TrackingReport body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.reportTracking(call, shipmentId, sent), sent);
  }
}
