package marketplace.dispute.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import marketplace.dispute.evidence.EvidenceStore;
import marketplace.dispute.evidence.MediaTypes;
import marketplace.dispute.request.AfterSaleRequests;
import marketplace.edge.Edge;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.store.StoreUnavailableException;
import marketplace.kernel.EvidenceId;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// Files that speak for one side. They are handed out as attachments only: nothing that somebody
/// has sent is ever shown inside a page of ours.
@Path("/v1")
@RunOnVirtualThread
@Tag(name = "Evidence", description = "PNG, JPEG, WebP, PDF, MP4 or plain text, up to 10 MiB")
class EvidenceResource {
  private final Edge edge;
  private final Uploads uploads;
  private final AfterSaleRequests afterSale;
  private final TableLookup tables;
  private final EvidenceStore store;

  EvidenceResource(
      Edge edge,
      Uploads uploads,
      AfterSaleRequests afterSale,
      TableLookup tables,
      EvidenceStore store) {
    this.edge = edge;
    this.uploads = uploads;
    this.afterSale = afterSale;
    this.tables = tables;
    this.store = store;
  }

  @POST
  @Path("/orders/{orderId}/evidence-drafts")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(
      operationId = "draftEvidence",
      summary = "Keep a piece for a case that is opened within a day")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = AfterSaleRequests.Uploaded.class)))
  public Response draft(
      @PathParam("orderId") String orderId,
      @RestForm @Nullable FileUpload file,
      @RestForm @Nullable String caption) {
    return uploads.accept(
        file, caption, (call, upload) -> afterSale.draftEvidence(call, orderId, upload));
  }

  @GET
  @Path("/evidence/{evidenceId}/content")
  @Operation(operationId = "getEvidenceContent", summary = "The file, for the parties only")
  @APIResponse(responseCode = "200", content = @Content(mediaType = MediaType.WILDCARD))
  public Response content(@PathParam("evidenceId") String evidenceId) {
    var id = id(evidenceId);
    var kept = tables.evidence(id).orElseThrow(EvidenceResource::unknown);
    var seen = edge.query(call -> afterSale.getAfterSale(call, kept.orderId().toString()));
    if (seen.getStatus() != 200) throw unknown();
    try {
      var content = store.open(id).orElseThrow(EvidenceResource::unknown);
      var name = id + "." + MediaTypes.extensionOf(kept.mediaType());
      return Response.ok(content, kept.mediaType())
          .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
          .header("X-Content-Type-Options", "nosniff")
          .header("Cache-Control", "private, no-store")
          .build();
    } catch (IOException e) {
      throw new StoreUnavailableException("evidence " + id + " cannot be read", e);
    }
  }

  private static EvidenceId id(String text) {
    try {
      return EvidenceId.of(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.of(400, "MALFORMED", "evidenceId must be a UUID, was " + text, null));
    }
  }

  private static ProblemException unknown() {
    return new ProblemException(
        Problem.of(404, "NOT_FOUND", "there is no such piece of evidence", null));
  }
}
