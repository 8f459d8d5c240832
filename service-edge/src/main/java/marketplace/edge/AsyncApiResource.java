package marketplace.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Stream;
import marketplace.contracts.document.AsyncApi;
import marketplace.contracts.document.AsyncApiPage;
import marketplace.eventsourcing.Inbound;
import marketplace.eventsourcing.ServiceRules;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The topics that this service sends and receives. Open to anybody, as the OpenAPI document is.
@Path("/asyncapi")
@Tag(name = "Documents", description = "What this service says of itself")
class AsyncApiResource {
  private final ObjectNode document;

  AsyncApiResource(ServiceRules rules) {
    document = AsyncApi.document(rules.name(), List.of(applicationOf(rules)));
  }

  private static AsyncApi.Application applicationOf(ServiceRules rules) {
    var sends = Stream.concat(rules.topics().stream(), Stream.of(AsyncApi.REJECTED)).toList();
    var read = rules.inbound().stream().map(Inbound::topic);
    var receives = Stream.concat(read, Stream.of(AsyncApi.CONTROL)).toList();
    return new AsyncApi.Application(rules.name(), sends, receives);
  }

  @GET
  @Path("/asyncapi.json")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "getAsyncApi", summary = "The topics as an AsyncAPI 3 document")
  public ObjectNode asJson() {
    return document;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @Operation(operationId = "getAsyncApiPage", summary = "The same to read; needs no network")
  public String asPage() {
    return AsyncApiPage.of(document);
  }
}
