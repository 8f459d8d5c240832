package marketplace.simulation.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.simulation.document.DocumentException;
import marketplace.simulation.live.ServiceUnavailableException;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Refusals and faults as problem documents (RFC 9457).
///
/// Public, because the framework calls it from another class loader.
public final class Problems {
  private static final Logger LOG = Logger.getLogger(Problems.class);
  private static final String MEDIA_TYPE = "application/problem+json";

  static ProblemException invalid(String pointer, String detail) {
    var where = pointer.isEmpty() ? "" : pointer + " ";
    return new ProblemException(
        Problem.of(422, "INVALID", where + detail, null)
            .withErrors(List.of(new Problem.FieldError(pointer, "INVALID"))));
  }

  static ProblemException notFound(String detail) {
    return new ProblemException(Problem.of(404, "NOT_FOUND", detail, null));
  }

  static Response response(Problem problem, HttpServerRequest request) {
    var whole = problem.withInstance(Objects.requireNonNullElse(request.path(), "/"));
    var response = Response.status(whole.status()).type(MEDIA_TYPE).entity(whole);
    if (whole.status() == 503) response.header("Retry-After", "1");
    return response.build();
  }

  @ServerExceptionMapper
  public Response known(ProblemException e, HttpServerRequest request) {
    return response(e.problem(), request);
  }

  @ServerExceptionMapper
  public Response document(DocumentException e, HttpServerRequest request) {
    return response(Problem.of(422, "INVALID", String.valueOf(e.getMessage()), null), request);
  }

  /// What a story or a caller names and nobody knows.
  @ServerExceptionMapper
  public Response argument(IllegalArgumentException e, HttpServerRequest request) {
    return response(Problem.of(422, "INVALID", String.valueOf(e.getMessage()), null), request);
  }

  @ServerExceptionMapper
  public Response malformed(JsonProcessingException e, HttpServerRequest request) {
    return e instanceof MismatchedInputException wrong && !wrong.getPath().isEmpty()
        ? response(Problem.of(422, "INVALID", wrong.getOriginalMessage(), null), request)
        : response(Problem.of(400, "MALFORMED", "the body must be one JSON object", null), request);
  }

  /// The framework answers these in its own words, unless somebody names the very type.
  @ServerExceptionMapper
  public Response mismatched(MismatchedInputException e, HttpServerRequest request) {
    return malformed(e, request);
  }

  @ServerExceptionMapper
  public Response absent(ServiceUnavailableException e, HttpServerRequest request) {
    return response(Problem.of(503, "NOT_READY", String.valueOf(e.getMessage()), null), request);
  }

  @ServerExceptionMapper
  public Response kafka(KafkaException e, HttpServerRequest request) {
    return response(Problem.of(503, "NOT_READY", "Kafka: " + e.getMessage(), null), request);
  }

  /// What the HTTP layer refuses by itself: unknown paths, methods, media types, parameters.
  @ServerExceptionMapper
  public Response protocol(WebApplicationException e, HttpServerRequest request) {
    if (e.getCause() instanceof JsonProcessingException json) return malformed(json, request);
    var status = e.getResponse().getStatus();
    var problem =
        switch (status) {
          case 400 -> Problem.of(400, "MALFORMED", "the request cannot be read", null);
          case 404 -> Problem.of(404, "NOT_FOUND", "there is nothing at this path", null);
          case 405 -> Problem.of(405, "METHOD_NOT_ALLOWED", "this path has no such method", null);
          case 413 -> Problem.of(413, "TOO_LARGE", "the body is too long", null);
          case 415 -> Problem.of(415, "UNSUPPORTED_MEDIA_TYPE", "send application/json", null);
          default -> Problem.of(status, "FAULT", "the request could not be answered", null);
        };
    return response(problem, request);
  }

  @ServerExceptionMapper
  public Response fault(Throwable e, HttpServerRequest request) {
    LOG.errorf(e, "%s %s failed", request.method(), request.path());
    return response(Problem.of(500, "FAULT", "a fault of ours", null), request);
  }
}
