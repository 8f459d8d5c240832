package marketplace.order.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import marketplace.edge.Edge;
import marketplace.edge.Page;
import marketplace.eventsourcing.store.EventReader.AuditEntry;
import marketplace.order.domain.OrderStatus;
import marketplace.order.request.OrderBodies;
import marketplace.order.view.DeliveryAddressView;
import marketplace.order.view.OrderSummary;
import marketplace.order.view.OrderView;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Place, look up, confirm, review, order again. Bodies come as JSON and are read by the request
/// itself, so that they mean the same in every world.
@Path("/v1/orders")
@RunOnVirtualThread
@Tag(name = "Orders", description = "What a buyer has ordered")
class OrderResource {
  private final Edge edge;
  private final OrderLists lists;
  private final Calls calls;

  OrderResource(Edge edge, OrderLists lists, Calls calls) {
    this.edge = edge;
    this.lists = lists;
    this.calls = calls;
  }

  @POST
  @Operation(
      operationId = "placeOrder",
      summary = "Place an order; product, price and seller are fixed in it")
  @RequestBody(content = @Content(schema = @Schema(implementation = OrderBodies.PlaceOrder.class)))
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  public Response place(@Nullable JsonNode body) {
    return calls.command("placeOrder", Map.of(), body);
  }

  @GET
  @Operation(operationId = "listOrders", summary = "Orders, newest first")
  public Page<OrderSummary> list(
      @QueryParam("view") @Parameter(description = "current (default), deleted or all")
          @Nullable String view,
      @QueryParam("status") @Nullable String status,
      @QueryParam("externalReference") @Nullable String externalReference,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    var caller = edge.require("BUYER", "PLATFORM");
    var which = OrderLists.choice("view", view, OrderLists.View.class);
    return lists.page(
        caller.is("BUYER") ? caller.id() : null,
        which == null ? OrderLists.View.CURRENT : which,
        OrderLists.choice("status", status, OrderStatus.class),
        OrderLists.reference("externalReference", externalReference),
        cursor,
        Page.limit(OrderLists.number("limit", limit)));
  }

  @GET
  @Path("/{orderId}")
  @Operation(operationId = "getOrder", summary = "One order, now or as it was")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  public Response get(@PathParam("orderId") String orderId) {
    return calls.look("getOrder", Map.of("orderId", orderId));
  }

  @PATCH
  @Path("/{orderId}")
  @Operation(operationId = "changeOrder", summary = "Refused: a placed order is fixed")
  @APIResponse(responseCode = "409", description = "ORDER_IS_FIXED")
  public Response change(@PathParam("orderId") String orderId) {
    return calls.look("changeOrder", Map.of("orderId", orderId));
  }

  @PUT
  @Path("/{orderId}")
  @Operation(operationId = "replaceOrder", summary = "Refused: a placed order is fixed")
  @APIResponse(responseCode = "409", description = "ORDER_IS_FIXED")
  public Response replace(@PathParam("orderId") String orderId) {
    return calls.look("changeOrder", Map.of("orderId", orderId));
  }

  @GET
  @Path("/{orderId}/events")
  @Operation(operationId = "getOrderEvents", summary = "All that has happened, oldest first")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AuditEntry[].class)))
  public Response events(@PathParam("orderId") String orderId) {
    return calls.audit("getOrderEvents", Map.of("orderId", orderId));
  }

  @GET
  @Path("/{orderId}/delivery-address")
  @Operation(
      operationId = "getDeliveryAddress",
      summary = "Where the order goes, or {\"erased\": true}",
      description = "BUYER, PLATFORM; SELLER while there are units to be shipped.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = DeliveryAddressView.class)))
  public Response deliveryAddress(@PathParam("orderId") String orderId) {
    return calls.look("getDeliveryAddress", Map.of("orderId", orderId));
  }

  @POST
  @Path("/{orderId}/receipt")
  @Operation(operationId = "confirmReceipt", summary = "Say that everything has arrived")
  @RequestBody(content = @Content(schema = @Schema(implementation = OrderBodies.Nothing.class)))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  public Response confirmReceipt(@PathParam("orderId") String orderId, @Nullable JsonNode body) {
    return calls.command("confirmReceipt", Map.of("orderId", orderId), body);
  }

  @POST
  @Path("/{orderId}/review")
  @Operation(operationId = "review", summary = "Say how it was, once, after delivery")
  @RequestBody(content = @Content(schema = @Schema(implementation = OrderBodies.Review.class)))
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  public Response review(@PathParam("orderId") String orderId, @Nullable JsonNode body) {
    return calls.command("review", Map.of("orderId", orderId), body);
  }

  @POST
  @Path("/{orderId}/reorder")
  @Operation(operationId = "reorder", summary = "Order the same again, at today's prices")
  @RequestBody(content = @Content(schema = @Schema(implementation = OrderBodies.Reorder.class)))
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  public Response reorder(@PathParam("orderId") String orderId, @Nullable JsonNode body) {
    return calls.command("reorder", Map.of("orderId", orderId), body);
  }
}
