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
import marketplace.eventsourcing.store.EventReader.AuditEntry;
import marketplace.eventsourcing.store.StoreFaultException;
import marketplace.seller.request.Bodies;
import marketplace.seller.request.SellerRequests;
import marketplace.seller.view.SellerOrderView;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The order centre: what is to be shipped, and what may be done with it.
@Path("/v1/seller-orders")
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Seller orders", description = "Orders that are ready to ship, or later")
class SellerOrderResource {
  private final Edge edge;
  private final SellerRequests requests;
  private final Tables tables;

  SellerOrderResource(Edge edge, SellerRequests requests, Tables tables) {
    this.edge = edge;
    this.requests = requests;
    this.tables = tables;
  }

  enum RequestState {
    PENDING,
    OFFERED,
    NONE
  }

  enum Sort {
    shipBy,
    replyBy
  }

  private static Tables.Order orderOf(@Nullable Sort sort) {
    if (sort == null) return new Tables.Order("opened_at", "order_id", true);
    return switch (sort) {
      case shipBy -> new Tables.Order("ship_by", "order_id", false);
      // What has no open request comes last.
      case replyBy ->
          new Tables.Order("coalesce(reply_by, 'infinity'::timestamptz)", "order_id", false);
    };
  }

  @GET
  @Operation(operationId = "listSellerOrders", summary = "The seller's orders, newest first")
  public Page<SellerOrderView> list(
      @QueryParam("state") @Parameter(description = "TO_SHIP, SHIPPED or CLOSED")
          @Nullable String state,
      @QueryParam("request") @Parameter(description = "PENDING, OFFERED or NONE")
          @Nullable String request,
      @QueryParam("sort") @Parameter(description = "shipBy or replyBy, the nearest first")
          @Nullable String sort,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable Integer limit) {
    var seller = edge.require("SELLER");
    var sorted = Parameters.choice("sort", sort, Sort.class);
    var now = edge.now();
    var filters =
        List.of(
            new Tables.Filter("seller_id = ?", seller.id()),
            new Tables.Filter(
                "state = ?", name(Parameters.choice("state", state, SellerOrderView.State.class))),
            new Tables.Filter(
                "request_state = ?",
                name(Parameters.choice("request", request, RequestState.class))));
    return tables.page(
        "seller_orders",
        filters,
        orderOf(sorted),
        cursor,
        limit,
        SellerOrderView.class,
        view -> view.at(now));
  }

  @GET
  @Path("/{orderId}")
  @Operation(operationId = "getSellerOrder", summary = "One order as its seller sees it")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {SellerOrderView.class, StreamVersion.class})))
  public Response get(@PathParam("orderId") String orderId) {
    return edge.query(call -> requests.getSellerOrder(call, orderId));
  }

  @GET
  @Path("/{orderId}/events")
  @Operation(operationId = "getSellerOrderEvents", summary = "All that has happened, oldest first")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AuditEntry[].class)))
  public Response events(@PathParam("orderId") String orderId) {
    return edge.audit(call -> requests.getSellerOrder(call, orderId));
  }

  @POST
  @Path("/{orderId}/processing")
  @Operation(
      operationId = "startProcessing",
      summary = "Start to prepare the parcel; requests are not approved automatically any more")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {SellerOrderView.class, StreamVersion.class})))
  public Response startProcessing(
      @PathParam("orderId") String orderId, Bodies.@Nullable Nothing body) {
    return edge.run(call -> requests.startProcessing(call, orderId, body), body);
  }

  @POST
  @Path("/{orderId}/shipments")
  @Operation(
      operationId = "ship",
      summary = "Ship all open units, or those named; ends a request that loses its units")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.Shipment.class,
                      requiredProperties = {"carrier", "trackingNumber"})))
  @APIResponse(
      responseCode = "201",
      content =
          @Content(
              schema = @Schema(allOf = {SellerRequests.Dispatched.class, StreamVersion.class})))
  public Response ship(@PathParam("orderId") String orderId, Bodies.@Nullable Shipment body) {
    var sent = Bodies.sent(body);
    try {
      return edge.run(call -> requests.ship(call, orderId, sent), sent);
    } catch (StoreFaultException e) {
      // Another shipment may have taken the number at the same moment; now the look-up finds it.
      return edge.run(call -> requests.ship(call, orderId, sent), sent);
    }
  }

  @POST
  @Path("/{orderId}/cancellation")
  @Operation(
      operationId = "cancelBySeller",
      summary = "Cancel open units; with BUYER_ASKED, approve what the buyer has asked for")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.SellerCancellation.class,
                      requiredProperties = {"reason"})))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {SellerOrderView.class, StreamVersion.class})))
  public Response cancel(
      @PathParam("orderId") String orderId, Bodies.@Nullable SellerCancellation body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.cancelBySeller(call, orderId, sent), sent);
  }

  @POST
  @Path("/{orderId}/return-agreements")
  @Operation(
      operationId = "agreeToReturn",
      summary = "Let the buyer return shipped units, whatever the return policy")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.ReturnAgreement.class,
                      requiredProperties = {"units"})))
  @APIResponse(
      responseCode = "201",
      content =
          @Content(
              schema = @Schema(allOf = {SellerRequests.ReturnAgreed.class, StreamVersion.class})))
  public Response agreeToReturn(
      @PathParam("orderId") String orderId, Bodies.@Nullable ReturnAgreement body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.agreeToReturn(call, orderId, sent), sent);
  }

  private static @Nullable String name(@Nullable Enum<?> choice) {
    return choice == null ? null : choice.name();
  }
}
