package marketplace.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import marketplace.contracts.ContractJson;
import marketplace.simulation.journal.Published;
import marketplace.simulation.live.LiveMarket;
import marketplace.simulation.live.Proof;
import marketplace.simulation.scenario.Recorder;
import marketplace.simulation.scenario.UnrecordableException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What has happened, and whether it may.
@Path("/v1")
@Tag(name = "Proof")
@RunOnVirtualThread
class ProofResource {
  private static final ObjectMapper JSON = ContractJson.mapper();

  private final LiveMarket market;

  ProofResource(LiveMarket market) {
    this.market = market;
  }

  /// One event as it stands in the timeline of an order.
  record TimelineEntry(
      Instant time,
      Instant recordedAt,
      String service,
      String type,
      String actor,
      String subject,
      @Nullable Integer streamVersion,
      UUID eventId,
      UUID correlationId,
      UUID causationId,
      JsonNode data) {
    static TimelineEntry of(Published event) {
      var envelope = event.envelope();
      return new TimelineEntry(
          envelope.time(),
          envelope.recordedAt(),
          envelope.source().substring(1),
          event.type(),
          envelope.actor(),
          envelope.subject(),
          envelope.streamVersion(),
          envelope.id(),
          envelope.correlationId(),
          envelope.causationId(),
          JSON.valueToTree(event.message()));
    }
  }

  @GET
  @Path("/timeline/{orderId}")
  @Operation(operationId = "getTimeline", summary = "All events of an order in causal order")
  public List<TimelineEntry> timeline(@PathParam("orderId") UUID orderId) {
    var events = market.journalOf(orderId).causalOrderOf(orderId);
    if (events.isEmpty()) throw Problems.notFound("nothing is known of order " + orderId);
    return events.stream().map(TimelineEntry::of).toList();
  }

  @GET
  @Path("/timeline/{orderId}/story")
  @Produces("application/yaml")
  @Operation(
      operationId = "recordStory",
      summary = "The order as a story that can be played again, in YAML")
  public String story(@PathParam("orderId") UUID orderId) {
    var events = market.journalOf(orderId).causalOrderOf(orderId);
    if (events.isEmpty()) throw Problems.notFound("nothing is known of order " + orderId);
    try {
      return Recorder.record("order-" + orderId, events);
    } catch (UnrecordableException e) {
      throw Problems.invalid("/orderId", "cannot be recorded: " + e.getMessage());
    }
  }

  @GET
  @Path("/invariants")
  @Operation(operationId = "getInvariants", summary = "What must always be true, over all services")
  public List<Proof.Invariant> invariants() {
    return new Proof(market).invariants();
  }
}
