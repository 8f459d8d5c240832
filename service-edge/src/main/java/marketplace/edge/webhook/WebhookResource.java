package marketplace.edge.webhook;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import marketplace.edge.Edge;
import marketplace.edge.Page;
import marketplace.edge.webhook.WebhookBodies.NewWebhook;
import marketplace.edge.webhook.WebhookBodies.Retry;
import marketplace.edge.webhook.WebhookView.DeliveryState;
import marketplace.edge.webhook.WebhookView.DeliveryView;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.IdSource;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.Problem.FieldError;
import marketplace.eventsourcing.ProblemException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Who is told of this service's events over HTTP. What is sent is about all buyers and sellers, so
/// it is for the platform, and for the simulation.
@Path("/v1/webhooks")
@RunOnVirtualThread
@Tag(name = "Webhooks", description = "Events of this service, sent to whoever has asked for them")
class WebhookResource {
  private final Edge edge;
  private final WebhookService service;
  private final DataSource dataSource;
  private final IdSource ids;

  WebhookResource(Edge edge, WebhookService service, DataSource dataSource, IdSource ids) {
    this.edge = edge;
    this.service = service;
    this.dataSource = dataSource;
    this.ids = ids;
  }

  @POST
  @Operation(
      operationId = "createWebhook",
      summary = "Have events sent from now on; the secret is never shown again")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = NewWebhook.class,
                      requiredProperties = {"url", "types", "secret"})))
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = WebhookView.class)))
  public Response create(@Nullable NewWebhook body) {
    var caller = permitted();
    if (body == null) throw problem(400, "MALFORMED", "the body must be one JSON object");
    var wanted = checked(body);
    var id = ids.next();
    var response =
        edge.once(
            connection ->
                service
                    .webhooks()
                    .add(connection, id, wanted.url(), wanted.types(), wanted.secret(), caller)
                    .map(made ->
                        new Answer(
                            201, Map.of("Location", "/v1/webhooks/" + made.webhookId()), made))
                    .orElseGet(() ->
                        Problem.of(
                                409,
                                "TOO_MANY_WEBHOOKS",
                                "there may be " + Webhooks.WEBHOOKS_MAX + ", and are",
                                null)
                            .toAnswer()),
            body);
    service.look();
    return response;
  }

  @GET
  @Operation(operationId = "listWebhooks", summary = "All webhooks, newest first")
  public Page<WebhookView> list(
      @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable Integer limit) {
    permitted();
    var most = Page.limit(limit);
    var found =
        read(connection -> service.webhooks().list(connection, Page.placeOf(cursor), most + 1));
    return Page.of(
        found, most, one -> one, one -> new Page.Place(one.recordedAt(), one.webhookId()));
  }

  @GET
  @Path("/{webhookId}")
  @Operation(operationId = "getWebhook", summary = "One webhook, and how its last attempt ended")
  public WebhookView one(@PathParam("webhookId") String webhookId) {
    permitted();
    return existing(id("webhookId", webhookId));
  }

  @DELETE
  @Path("/{webhookId}")
  @Operation(
      operationId = "deleteWebhook",
      summary = "Sends no more, not even what waits or is parked")
  @APIResponse(responseCode = "204", description = "It is gone")
  public Response delete(@PathParam("webhookId") String webhookId) {
    permitted();
    var id = id("webhookId", webhookId);
    if (!read(connection -> service.webhooks().delete(connection, id))) throw unknown();
    return Response.noContent().build();
  }

  @GET
  @Path("/{webhookId}/deliveries")
  @Operation(
      operationId = "listWebhookDeliveries",
      summary = "What the receiver has not taken yet, newest first")
  public Page<DeliveryView> deliveries(
      @PathParam("webhookId") String webhookId,
      @QueryParam("state") @Parameter(description = "WAITING or PARKED; both without it")
          @Nullable String state,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable Integer limit) {
    permitted();
    var id = existing(id("webhookId", webhookId)).webhookId();
    var which = state == null ? null : state(state);
    var most = Page.limit(limit);
    var found =
        read(connection ->
            service.webhooks().deliveries(connection, id, which, Page.placeOf(cursor), most + 1));
    return Page.of(found, most, one -> one, one -> new Page.Place(one.recordedAt(), one.eventId()));
  }

  @POST
  @Path("/{webhookId}/deliveries/{eventId}/retry")
  @Operation(
      operationId = "retryWebhookDelivery",
      summary = "Send a parked event again, with all attempts")
  @RequestBody(content = @Content(schema = @Schema(implementation = Retry.class)))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = DeliveryView.class)))
  public Response retry(
      @PathParam("webhookId") String webhookId,
      @PathParam("eventId") String eventId,
      @Nullable Retry body) {
    permitted();
    var webhook = id("webhookId", webhookId);
    var event = id("eventId", eventId);
    var response = edge.once(connection -> retried(connection, webhook, event), body);
    service.look();
    return response;
  }

  private Answer retried(Connection connection, UUID webhook, UUID event) throws SQLException {
    var delivery = service.webhooks().lock(connection, webhook, event);
    if (delivery.isEmpty()) {
      return Problem.of(404, "NOT_FOUND", "nothing of this event waits here", null).toAnswer();
    }
    return service
        .webhooks()
        .retry(connection, webhook, event)
        .map(again -> Answer.of(200, again))
        .orElseGet(
            () -> Problem.of(409, "NOT_PARKED", "it is still tried by itself", null).toAnswer());
  }

  /// @return who it is
  private String permitted() {
    return edge.require("PLATFORM", "SIMULATION").actor();
  }

  private record Wanted(String url, List<String> types, String secret) {}

  private Wanted checked(NewWebhook body) {
    List<FieldError> errors = new ArrayList<>();
    var url = Objects.requireNonNullElse(body.url(), "");
    var secret = Objects.requireNonNullElse(body.secret(), "");
    var types = Objects.requireNonNullElse(body.types(), List.<String>of());
    if (url.isEmpty()) errors.add(new FieldError("/url", "REQUIRED"));
    if (types.isEmpty()) errors.add(new FieldError("/types", "REQUIRED"));
    for (var i = 0; i < types.size(); i++) {
      if (!service.types().contains(types.get(i))) {
        errors.add(new FieldError("/types/" + i, "UNKNOWN_TYPE"));
      }
    }
    if (!isKey(secret)) errors.add(new FieldError("/secret", "INVALID"));
    if (!errors.isEmpty()) {
      throw new ProblemException(
          Problem.of(
                  422,
                  "INVALID",
                  "url, types and secret must be given; types are of "
                      + service.types()
                      + ", the secret has %d to %d bytes, in Base64 behind whsec_"
                          .formatted(SigningKey.SECRET_BYTES_MIN, SigningKey.SECRET_BYTES_MAX),
                  null)
              .withErrors(errors));
    }
    try {
      service.destinations().addressOf(Destinations.parse(url));
    } catch (Destinations.RefusedException e) {
      throw new ProblemException(
          Problem.of(422, "URL_NOT_ALLOWED", "the URL " + e.getMessage(), null)
              .withErrors(List.of(new FieldError("/url", "NOT_ALLOWED"))));
    }
    return new Wanted(url, types.stream().distinct().toList(), secret);
  }

  private static boolean isKey(String secret) {
    try {
      var _ = SigningKey.of(secret);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private WebhookView existing(UUID id) {
    return read(connection -> service.webhooks().find(connection, id))
        .orElseThrow(WebhookResource::unknown);
  }

  @FunctionalInterface
  private interface Reading<T> {
    T from(Connection connection) throws SQLException;
  }

  private <T> T read(Reading<T> reading) {
    try (var connection = dataSource.getConnection()) {
      connection.setAutoCommit(true);
      return reading.from(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("webhooks cannot be read", e);
    }
  }

  private static DeliveryState state(String text) {
    for (var state : DeliveryState.values()) {
      if (state.name().equals(text)) return state;
    }
    throw new ProblemException(
        Problem.of(422, "INVALID", "state must be WAITING or PARKED", null)
            .withErrors(List.of(new FieldError("state", "INVALID"))));
  }

  private static UUID id(String name, String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException _) {
      throw problem(400, "MALFORMED", name + " must be a UUID");
    }
  }

  private static ProblemException unknown() {
    return problem(404, "NOT_FOUND", "there is no such webhook");
  }

  private static ProblemException problem(int status, String code, String detail) {
    return new ProblemException(Problem.of(status, code, detail, null));
  }
}
