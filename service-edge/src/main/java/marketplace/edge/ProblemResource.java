package marketplace.edge;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import marketplace.contracts.document.HtmlPage;
import marketplace.contracts.document.ProblemPages;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Where the `type` of a problem document leads. Open to anybody.
@Path("/problems")
@Produces(MediaType.TEXT_HTML)
@Tag(name = "Documents", description = "What this service says of itself")
class ProblemResource {
  private final ProblemPages pages = ProblemPages.read();

  @GET
  @Operation(operationId = "listProblems", summary = "Every reason to refuse, explained")
  public String all() {
    return HtmlPage.of("Problems", pages.index());
  }

  @GET
  @Path("/{type}")
  @Operation(operationId = "getProblem", summary = "One reason to refuse, explained")
  public String one(@PathParam("type") String type) {
    var code = type.toUpperCase(Locale.ROOT).replace('-', '_');
    return pages
        .find(code)
        .map(text -> HtmlPage.of(code, text))
        .orElseThrow(() ->
            new ProblemException(
                Problem.of(404, "NOT_FOUND", "there is no problem of this type", null)));
  }
}
