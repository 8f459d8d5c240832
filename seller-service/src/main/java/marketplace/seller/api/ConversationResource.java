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
import java.util.HashMap;
import java.util.Map;
import marketplace.edge.Edge;
import marketplace.seller.request.Bodies;
import marketplace.seller.request.ConversationRequests;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Buyer and seller of an order talk, from the moment it is placed.
@Path("/v1")
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Conversations", description = "What buyer and seller of an order write to each other")
class ConversationResource {
  private final Edge edge;
  private final ConversationRequests requests;

  ConversationResource(Edge edge, ConversationRequests requests) {
    this.edge = edge;
    this.requests = requests;
  }

  @POST
  @Path("/conversations/{orderId}/messages")
  @Operation(
      operationId = "sendMessage",
      summary = "Write to the other side: a template or words of your own, so many in 24 hours")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = ConversationRequests.Sent.class)))
  public Response send(@PathParam("orderId") String orderId, Bodies.@Nullable NewMessage body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.sendMessage(call, orderId, sent), sent);
  }

  @GET
  @Path("/conversations/{orderId}/messages")
  @Operation(operationId = "getMessages", summary = "What was written, newest first")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ConversationRequests.Messages.class)))
  public Response list(
      @PathParam("orderId") String orderId,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    Map<String, String> parameters = new HashMap<>(Map.of("orderId", orderId));
    if (cursor != null) parameters.put("cursor", cursor);
    if (limit != null) parameters.put("limit", limit);
    return edge.query(call -> requests.getMessages(call, parameters));
  }

  @GET
  @Path("/message-templates")
  @Operation(
      operationId = "messageTemplates",
      summary = "Words for those who have none of their own; the order number is filled in")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(schema = @Schema(implementation = ConversationRequests.TemplateView[].class)))
  public Response templates() {
    return edge.query(_ -> ConversationRequests.messageTemplates());
  }
}
