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
import marketplace.dispute.request.DisputeRequests;
import marketplace.dispute.view.DisputeView;
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

/// Complaints that buyer and seller try to settle, and the platform settles if they cannot.
@Path("/v1/disputes")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Disputes", description = "Claims, offers and rulings")
class DisputeResource {
  private static final CaseLists.Kind<DisputeView> ALL =
      new CaseLists.Kind<>("disputes", "dispute_id", DisputeView.class);

  private final Edge edge;
  private final DisputeRequests requests;
  private final CaseLists lists;
  private final Uploads uploads;

  DisputeResource(Edge edge, DisputeRequests requests, CaseLists lists, Uploads uploads) {
    this.edge = edge;
    this.requests = requests;
    this.lists = lists;
    this.uploads = uploads;
  }

  @GET
  @Operation(operationId = "listDisputes", summary = "Disputes, newest first")
  public Page<DisputeView> list(
      @QueryParam("state") @Nullable String state,
      @QueryParam("dueBefore") @Nullable String dueBefore,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable Integer limit) {
    return lists.page(
        ALL,
        new CaseLists.Filter(
            edge.require("BUYER", "SELLER", "PLATFORM"),
            CaseLists.state(state, DisputeView.State.class),
            CaseLists.instant("dueBefore", dueBefore),
            cursor,
            limit));
  }

  @GET
  @Path("/{disputeId}")
  @Operation(
      operationId = "getDispute",
      summary = "One dispute: claim, offers, evidence, whose turn")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {DisputeView.class, StreamVersion.class})))
  public Response get(@PathParam("disputeId") String disputeId) {
    return edge.query(call -> requests.getDispute(call, disputeId));
  }

  @GET
  @Path("/{disputeId}/events")
  @Operation(operationId = "getDisputeEvents", summary = "Everything after this order's sale")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AuditEntry[].class)))
  public Response events(@PathParam("disputeId") String disputeId) {
    return edge.audit(call -> requests.getDispute(call, disputeId));
  }

  @POST
  @Operation(operationId = "openDispute", summary = "Complain about units of an order")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.NewDispute.class,
                      requiredProperties = {"orderId", "units", "reason", "remedy"})))
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(allOf = {DisputeView.class, StreamVersion.class})))
  public Response openDispute(Bodies.@Nullable NewDispute body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.openDispute(call, sent), sent);
  }

  @POST
  @Path("/{disputeId}/acceptance")
  @Operation(operationId = "acceptClaim", summary = "The seller grants the claim")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {DisputeView.class, StreamVersion.class})))
  @APIResponse(
      responseCode = "202",
      content =
          @Content(
              schema =
                  @Schema(
                      allOf = {DisputeRequests.AcceptedForDecision.class, StreamVersion.class})))
  public Response acceptClaim(
      @PathParam("disputeId") String disputeId, Bodies.@Nullable Nothing body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.acceptClaim(call, disputeId, sent), sent);
  }

  @POST
  @Path("/{disputeId}/rejection")
  @Operation(operationId = "rejectClaim", summary = "The seller says no, and why")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.Comment.class,
                      requiredProperties = {"comment"})))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {DisputeView.class, StreamVersion.class})))
  public Response rejectClaim(
      @PathParam("disputeId") String disputeId, Bodies.@Nullable Comment body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.rejectClaim(call, disputeId, sent), sent);
  }

  @POST
  @Path("/{disputeId}/offers")
  @Operation(
      operationId = "makeDisputeOffer",
      summary = "The seller offers, or the buyer claims something else")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.NewOffer.class,
                      requiredProperties = {"remedy", "amountMinor"})))
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(allOf = {DisputeView.class, StreamVersion.class})))
  @APIResponse(
      responseCode = "202",
      content =
          @Content(
              schema =
                  @Schema(
                      allOf = {DisputeRequests.AcceptedForDecision.class, StreamVersion.class})))
  public Response makeOffer(
      @PathParam("disputeId") String disputeId, Bodies.@Nullable NewOffer body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.makeOffer(call, disputeId, sent), sent);
  }

  @POST
  @Path("/{disputeId}/offers/{offerId}/answer")
  @Operation(operationId = "answerDisputeOffer", summary = "The buyer takes the offer, or does not")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.Answer.class,
                      requiredProperties = {"answer"})))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {DisputeView.class, StreamVersion.class})))
  @APIResponse(
      responseCode = "202",
      content =
          @Content(
              schema =
                  @Schema(
                      allOf = {DisputeRequests.AcceptedForDecision.class, StreamVersion.class})))
  public Response answerOffer(
      @PathParam("disputeId") String disputeId,
      @PathParam("offerId") String offerId,
      Bodies.@Nullable Answer body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.answerOffer(call, disputeId, offerId, sent), sent);
  }

  @POST
  @Path("/{disputeId}/escalation")
  @Operation(operationId = "escalateDispute", summary = "The buyer asks the platform")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {DisputeView.class, StreamVersion.class})))
  public Response escalate(
      @PathParam("disputeId") String disputeId, Bodies.@Nullable Nothing body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.escalate(call, disputeId, sent), sent);
  }

  @POST
  @Path("/{disputeId}/withdrawal")
  @Operation(operationId = "withdrawDispute", summary = "The buyer lets it go")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {DisputeView.class, StreamVersion.class})))
  public Response withdraw(
      @PathParam("disputeId") String disputeId, Bodies.@Nullable Nothing body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.withdraw(call, disputeId, sent), sent);
  }

  @POST
  @Path("/{disputeId}/ruling")
  @Operation(
      operationId = "ruleDispute",
      summary = "The platform decides; 202 where shipping must be stopped first")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.Ruling.class,
                      requiredProperties = {"uphold"})))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {DisputeView.class, StreamVersion.class})))
  @APIResponse(
      responseCode = "202",
      content =
          @Content(
              schema =
                  @Schema(
                      allOf = {DisputeRequests.AcceptedForDecision.class, StreamVersion.class})))
  public Response rule(@PathParam("disputeId") String disputeId, Bodies.@Nullable Ruling body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.rule(call, disputeId, sent), sent);
  }

  @POST
  @Path("/{disputeId}/evidence")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(operationId = "addDisputeEvidence", summary = "Add a piece to an open dispute")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = AfterSaleRequests.Uploaded.class)))
  public Response addEvidence(
      @PathParam("disputeId") String disputeId,
      @RestForm @Nullable FileUpload file,
      @RestForm @Nullable String caption) {
    return uploads.accept(
        file, caption, (call, upload) -> requests.addEvidence(call, disputeId, upload));
  }
}
