package marketplace.seller.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import marketplace.edge.Edge;
import marketplace.edge.Page;
import marketplace.edge.document.StreamVersion;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.seller.request.AccountRequests;
import marketplace.seller.request.Bodies;
import marketplace.seller.view.NotificationView;
import marketplace.seller.view.ReliabilityView;
import marketplace.seller.view.SellerRecordView;
import marketplace.seller.view.SellerView;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Who sells.
@Path("/v1/sellers")
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Sellers", description = "Who sells")
class SellerResource {
  private final Edge edge;
  private final AccountRequests requests;
  private final Reliability reliability;
  private final Tables tables;

  SellerResource(Edge edge, AccountRequests requests, Reliability reliability, Tables tables) {
    this.edge = edge;
    this.requests = requests;
    this.reliability = reliability;
    this.tables = tables;
  }

  @POST
  @Operation(operationId = "registerSeller", summary = "Register a seller; his id is in the answer")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.NewSeller.class,
                      requiredProperties = {"name", "country", "type"})))
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(allOf = {SellerView.class, StreamVersion.class})))
  public Response register(Bodies.@Nullable NewSeller body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.registerSeller(call, sent), sent);
  }

  @GET
  @Path("/{sellerId}/notifications")
  @Operation(
      operationId = "listSellerNotifications",
      summary = "What the seller was told, newest first")
  public Page<NotificationView> notifications(
      @PathParam("sellerId") String sellerId,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable Integer limit) {
    var caller = edge.require("SELLER");
    if (!caller.id().toString().equals(sellerId)) {
      throw new ProblemException(Problem.of(404, "NOT_FOUND", "there is no such seller", null));
    }
    return tables.page(
        "notifications",
        List.of(new Tables.Filter("recipient_id = ?", caller.id())),
        new Tables.Order("notified_at", "notification_id", true),
        cursor,
        limit,
        NotificationView.class,
        view -> view);
  }

  @GET
  @Path("/{sellerId}")
  @Operation(operationId = "getSeller", summary = "One seller")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {SellerView.class, StreamVersion.class})))
  public Response get(@PathParam("sellerId") String sellerId) {
    return edge.query(call -> requests.getSeller(call, sellerId));
  }

  @GET
  @Path("/{sellerId}/reliability")
  @Operation(
      operationId = "getReliability",
      summary = "How he has dealt with his orders of the last 90 days")
  public ReliabilityView getReliability(@PathParam("sellerId") String sellerId) {
    edge.caller();
    return reliability.of(Parameters.pathId("sellerId", sellerId), edge.now());
  }

  @GET
  @Path("/{sellerId}/record")
  @Operation(operationId = "getSellerRecord", summary = "A seller's points and standing")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {SellerRecordView.class, StreamVersion.class})))
  public Response getRecord(@PathParam("sellerId") String sellerId) {
    return edge.query(call -> requests.getSellerRecord(call, sellerId));
  }
}
