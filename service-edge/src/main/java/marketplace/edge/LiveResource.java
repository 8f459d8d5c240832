package marketplace.edge;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.store.EventReader;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

/// The published events of this service as they come, for browsers and for `curl -N`. Every
/// instance shows the same, because it reads the table behind all open transactions.
@Path("/v1/stream")
@Tag(name = "Live", description = "Published events as they come")
class LiveResource {
  /// Each open stream costs a query every `LOOK_EVERY`.
  static final int STREAMS_MAX = 100;

  private static final int EVENTS_AT_ONCE = 200;
  private static final Pattern PLACE_FORM = Pattern.compile("(\\d{1,19})-(\\d{1,18})");
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final AtomicInteger OPEN = new AtomicInteger();

  private final Edge edge;
  private final ServiceRuntime runtime;

  LiveResource(Edge edge, ServiceRuntime runtime) {
    this.edge = edge;
    this.runtime = runtime;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "streamEvents",
      summary = "Server-sent events; Last-Event-ID continues, without it the stream starts now")
  public Multi<OutboundSseEvent> stream(
      @QueryParam("types") @Nullable String types,
      @QueryParam("orderId") @Nullable String orderId,
      @Context HttpServerRequest request,
      @Context Sse sse) {
    edge.require("PLATFORM", "SIMULATION");
    var wanted = filter(types, orderId);
    var start = parse(request.getHeader("Last-Event-ID"));
    if (OPEN.incrementAndGet() > STREAMS_MAX) {
      OPEN.decrementAndGet();
      throw new ProblemException(
          Problem.of(503, "NOT_READY", "too many streams are open; try again", null));
    }
    var place = new AtomicReference<EventReader.@Nullable Place>(start);
    return Multi.createFrom()
        .ticks()
        .every(LOOK_EVERY)
        .onOverflow()
        .drop()
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .onItem()
        .transformToIterable(_ -> next(place))
        .filter(wanted)
        .map(live -> toSse(live, sse))
        .onTermination()
        .invoke(OPEN::decrementAndGet);
  }

  private List<EventReader.Passing> next(AtomicReference<EventReader.@Nullable Place> place) {
    var from = place.get();
    if (from == null) {
      place.set(runtime.reader().end());
      return List.of();
    }
    var found = runtime.reader().after(from, EVENTS_AT_ONCE);
    place.set(found.next());
    return found.events();
  }

  /// Null for a stream that starts now.
  private static EventReader.@Nullable Place parse(@Nullable String lastEventId) {
    if (lastEventId == null) return null;
    var form = PLACE_FORM.matcher(lastEventId);
    if (!form.matches()) {
      throw new ProblemException(
          Problem.of(422, "INVALID", "Last-Event-ID is none of ours", null)
              .withErrors(List.of(new Problem.FieldError("Last-Event-ID", "INVALID"))));
    }
    return new EventReader.Place(form.group(1), Long.parseLong(form.group(2)));
  }

  private static OutboundSseEvent toSse(EventReader.Passing live, Sse sse) {
    return sse.newEventBuilder()
        .id(live.place().xid() + "-" + live.place().position())
        .name(live.message().type())
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(String.class, live.message().data())
        .build();
  }

  private static Predicate<EventReader.Passing> filter(
      @Nullable String types, @Nullable String orderId) {
    Set<String> wantedTypes =
        types == null || types.isBlank()
            ? Set.of()
            : Arrays.stream(types.split(",")).map(String::strip).collect(Collectors.toSet());
    var wantedKey = orderId == null ? null : uuid(orderId);
    return live ->
        (wantedTypes.isEmpty() || wantedTypes.contains(live.message().type()))
            && (wantedKey == null || wantedKey.equals(live.message().key()));
  }

  private static String uuid(String text) {
    try {
      return UUID.fromString(text).toString();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.of(422, "INVALID", "orderId must be a UUID", null)
              .withErrors(List.of(new Problem.FieldError("orderId", "INVALID"))));
    }
  }
}
