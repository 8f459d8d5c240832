package marketplace.dispute.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import marketplace.dispute.request.AfterSaleRequests;
import marketplace.dispute.request.Bodies;
import marketplace.dispute.request.ReturnRequests;
import marketplace.dispute.view.ReturnView;
import marketplace.edge.Edge;
import marketplace.edge.Page;
import marketplace.edge.document.StreamVersion;
import marketplace.eventsourcing.store.EventReader.AuditEntry;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// Units that go back to the seller.
@Path("/v1/returns")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Returns", description = "From the wish to the parcel at the seller")
class ReturnResource {
  private static final CaseLists.Kind<ReturnView> ALL =
      new CaseLists.Kind<>("returns", "return_id", ReturnView.class);

  private final Edge edge;
  private final ReturnRequests requests;
  private final CaseLists lists;
  private final Uploads uploads;

  ReturnResource(Edge edge, ReturnRequests requests, CaseLists lists, Uploads uploads) {
    this.edge = edge;
    this.requests = requests;
    this.lists = lists;
    this.uploads = uploads;
  }

  @GET
  @Operation(operationId = "listReturns", summary = "Returns, newest first")
  public Page<ReturnView> list(
      @QueryParam("state") @Nullable String state,
      @QueryParam("dueBefore") @Nullable String dueBefore,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable Integer limit) {
    return lists.page(
        ALL,
        new CaseLists.Filter(
            edge.require("BUYER", "SELLER", "PLATFORM"),
            CaseLists.state(state, ReturnView.State.class),
            CaseLists.instant("dueBefore", dueBefore),
            cursor,
            limit));
  }

  @GET
  @Path("/{returnId}")
  @Operation(operationId = "getReturn", summary = "One return, with its instructions")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {ReturnView.class, StreamVersion.class})))
  public Response get(@PathParam("returnId") String returnId) {
    return edge.query(call -> requests.getReturn(call, returnId));
  }

  @GET
  @Path("/{returnId}/events")
  @Operation(operationId = "getReturnEvents", summary = "Everything after this order's sale")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AuditEntry[].class)))
  public Response events(@PathParam("returnId") String returnId) {
    return edge.audit(call -> requests.getReturn(call, returnId));
  }

  @GET
  @Path("/{returnId}/label")
  @Operation(operationId = "getReturnLabel", summary = "What goes on the parcel")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(schema = @Schema(allOf = {ReturnRequests.Label.class, StreamVersion.class})))
  public Response label(@PathParam("returnId") String returnId) {
    return edge.query(call -> requests.getLabel(call, returnId));
  }

  @POST
  @Operation(operationId = "requestReturn", summary = "Ask to give units back")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.NewReturn.class,
                      requiredProperties = {"orderId", "units", "reason"})))
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(allOf = {ReturnView.class, StreamVersion.class})))
  public Response requestReturn(Bodies.@Nullable NewReturn body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.requestReturn(call, sent), sent);
  }

  @POST
  @Path("/{returnId}/approval")
  @Operation(operationId = "approveReturn", summary = "The platform agrees")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {ReturnView.class, StreamVersion.class})))
  public Response approve(@PathParam("returnId") String returnId, Bodies.@Nullable Approval body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.approve(call, returnId, sent), sent);
  }

  @POST
  @Path("/{returnId}/rejection")
  @Operation(operationId = "rejectReturn", summary = "The platform does not agree")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.Why.class,
                      requiredProperties = {"why"})))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {ReturnView.class, StreamVersion.class})))
  public Response reject(@PathParam("returnId") String returnId, Bodies.@Nullable Why body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.reject(call, returnId, sent), sent);
  }

  @POST
  @Path("/{returnId}/shipment")
  @Operation(operationId = "shipBack", summary = "The buyer has sent the units")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.Shipment.class,
                      requiredProperties = {"trackingNumber"})))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {ReturnView.class, StreamVersion.class})))
  public Response shipBack(@PathParam("returnId") String returnId, Bodies.@Nullable Shipment body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.shipBack(call, returnId, sent), sent);
  }

  @POST
  @Path("/{returnId}/delivery")
  @Operation(operationId = "deliverReturn", summary = "The carrier has brought them back")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {ReturnView.class, StreamVersion.class})))
  public Response deliver(@PathParam("returnId") String returnId, Bodies.@Nullable Delivery body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.deliver(call, returnId, sent), sent);
  }

  @POST
  @Path("/{returnId}/confirmation")
  @Operation(operationId = "confirmReturn", summary = "The seller has them")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {ReturnView.class, StreamVersion.class})))
  public Response confirm(@PathParam("returnId") String returnId, Bodies.@Nullable Nothing body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.confirm(call, returnId, sent), sent);
  }

  @POST
  @Path("/{returnId}/contest")
  @Operation(operationId = "contestReturn", summary = "The seller has something against it")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.Why.class,
                      requiredProperties = {"why"})))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {ReturnView.class, StreamVersion.class})))
  public Response contest(@PathParam("returnId") String returnId, Bodies.@Nullable Why body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.contest(call, returnId, sent), sent);
  }

  @POST
  @Path("/{returnId}/ruling")
  @Operation(operationId = "ruleReturn", summary = "The platform decides how much is given back")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.ReturnRuling.class,
                      requiredProperties = {"refundMinor"})))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {ReturnView.class, StreamVersion.class})))
  public Response rule(@PathParam("returnId") String returnId, Bodies.@Nullable ReturnRuling body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.rule(call, returnId, sent), sent);
  }

  @POST
  @Path("/{returnId}/withdrawal")
  @Operation(operationId = "withdrawReturn", summary = "The buyer keeps the units")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {ReturnView.class, StreamVersion.class})))
  public Response withdraw(@PathParam("returnId") String returnId, Bodies.@Nullable Nothing body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.withdraw(call, returnId, sent), sent);
  }

  @POST
  @Path("/{returnId}/evidence")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(operationId = "addReturnEvidence", summary = "Add a piece to an open return")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = AfterSaleRequests.Uploaded.class)))
  public Response addEvidence(
      @PathParam("returnId") String returnId,
      @RestForm @Nullable FileUpload file,
      @RestForm @Nullable String caption) {
    return uploads.accept(
        file, caption, (call, upload) -> requests.addEvidence(call, returnId, upload));
  }
}
