package marketplace.seller.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import marketplace.contracts.ContractJson;
import marketplace.edge.Edge;
import marketplace.edge.Page;
import marketplace.edge.document.StreamVersion;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.IdempotencyKey;
import marketplace.eventsourcing.ProblemException;
import marketplace.kernel.CancellationId;
import marketplace.seller.request.Bodies;
import marketplace.seller.request.SellerRequests;
import marketplace.seller.view.CancelView;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Requests to cancel, each a task with a clock until the seller has answered.
@Path("/v1/cancellation-tasks")
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Cancellation tasks", description = "Requests that wait for the seller's answer")
class CancellationTaskResource {
  private static final Tables.Order NEAREST_FIRST =
      new Tables.Order("reply_by", "cancellation_id", false);
  private static final String KEY_REUSED = "IDEMPOTENCY_KEY_REUSED";
  private static final Bodies.Comment NO_COMMENT = new Bodies.Comment(null);

  private final Edge edge;
  private final SellerRequests requests;
  private final Tables tables;

  CancellationTaskResource(Edge edge, SellerRequests requests, Tables tables) {
    this.edge = edge;
    this.requests = requests;
    this.tables = tables;
  }

  @GET
  @Operation(
      operationId = "listCancellationTasks",
      summary = "Requests by the end of their reply time; the open ones unless a state is named")
  public Page<CancelView> list(
      @QueryParam("state") @Parameter(description = "PENDING, OFFERED or CLOSED")
          @Nullable String state,
      @QueryParam("dueBefore") @Parameter(description = "replyBy lies before this instant")
          @Nullable String dueBefore,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable Integer limit) {
    var caller = edge.require("SELLER", "PLATFORM");
    var chosen = Parameters.choice("state", state, CancelView.State.class);
    var now = edge.now();
    var filters =
        List.of(
            new Tables.Filter("seller_id = ?", caller.is("SELLER") ? caller.id() : null),
            chosen == null
                ? new Tables.Filter("state <> ?", CancelView.State.CLOSED.name())
                : new Tables.Filter("state = ?", chosen.name()),
            new Tables.Filter("reply_by < ?", Parameters.instant("dueBefore", dueBefore)));
    return tables.page(
        "cancellation_tasks",
        filters,
        NEAREST_FIRST,
        cursor,
        limit,
        CancelView.class,
        view -> view.at(now));
  }

  @GET
  @Path("/{cancellationId}")
  @Operation(operationId = "getCancellationTask", summary = "One request")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {CancelView.class, StreamVersion.class})))
  public Response get(@PathParam("cancellationId") String cancellationId) {
    return edge.query(call -> requests.getCancellationTask(call, cancellationId));
  }

  @POST
  @Path("/{cancellationId}/approval")
  @Operation(operationId = "approveCancellation", summary = "Cancel the units asked for")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {CancelView.class, StreamVersion.class})))
  public Response approve(
      @PathParam("cancellationId") String cancellationId, Bodies.@Nullable Comment body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.approveCancellation(call, cancellationId, sent), sent);
  }

  @POST
  @Path("/{cancellationId}/decline")
  @Operation(operationId = "declineCancellation", summary = "Go on with the order, and say why")
  @RequestBody(content = @Content(schema = @Schema(implementation = Bodies.Comment.class)))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {CancelView.class, StreamVersion.class})))
  public Response decline(
      @PathParam("cancellationId") String cancellationId, Bodies.@Nullable Comment body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.declineCancellation(call, cancellationId, sent), sent);
  }

  @POST
  @Path("/{cancellationId}/offers")
  @Operation(
      operationId = "offerPartialRefund",
      summary = "Offer a part of the money; the seller's clock stands still until the answer")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.PartialRefund.class,
                      requiredProperties = {"refundMinor"})))
  @APIResponse(
      responseCode = "201",
      content =
          @Content(schema = @Schema(allOf = {SellerRequests.OfferMade.class, StreamVersion.class})))
  public Response offer(
      @PathParam("cancellationId") String cancellationId, Bodies.@Nullable PartialRefund body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.offerPartialRefund(call, cancellationId, sent), sent);
  }

  /// What became of one of many.
  ///
  /// @param code why not, null where it was approved
  public record Approval(CancellationId cancellationId, boolean ok, @Nullable String code) {}

  @POST
  @Path("/approvals")
  @Operation(
      operationId = "approveCancellations",
      summary = "Approve up to 100 requests, each by a decision of its own")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.Approvals.class,
                      requiredProperties = {"cancellationIds"})))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Approval[].class)))
  public Response approveMany(Bodies.@Nullable Approvals body) {
    edge.require("SELLER");
    var sent = Bodies.sent(body);
    List<Approval> approvals = new ArrayList<>();
    for (var id : SellerRequests.approvals(sent)) {
      var part = approvals.size();
      try {
        var response =
            edge.run(
                call -> requests.approveCancellation(part(call, part), id.toString(), NO_COMMENT),
                sent);
        var code = response.getStatus() < 400 ? null : codeOf(response);
        if (KEY_REUSED.equals(code)) return response;
        approvals.add(new Approval(id, code == null, code));
      } catch (ProblemException e) {
        if (e.problem().status() != 404) throw e;
        approvals.add(new Approval(id, false, e.problem().code()));
      }
    }
    return edge.respond(Answer.of(200, approvals));
  }

  /// The key stands for each place in the list by itself, so that a repetition that was interrupted
  /// takes up where it stopped; the hash is of the whole body, so another body is found out.
  private static Call part(Call call, int part) {
    var key = call.idempotencyKey();
    return new Call(
        call.caller(),
        call.trace(),
        null,
        key == null
            ? null
            : new IdempotencyKey(key.caller(), key.path() + "#" + part, key.key(), key.bodyHash()),
        call.ids());
  }

  private static String codeOf(Response refusal) {
    try {
      return ContractJson.mapper()
          .readTree(String.valueOf(refusal.getEntity()))
          .path("code")
          .asText();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a refusal is a problem document", e);
    }
  }
}
