package marketplace.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.Problem.FieldError;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.time.SimulatedTime;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/// Everything that can go wrong before or beside a decision, as problem documents (RFC 9457).
/// Refusals of the rules are made where they are decided.
///
/// Public, because in tests the framework calls it from another class loader.
public class Problems {
  static final String MEDIA_TYPE = "application/problem+json";
  private static final Logger LOG = Logger.getLogger(Problems.class);

  private final SimulatedTime time;

  Problems(SimulatedTime time) {
    this.time = time;
  }

  @ServerExceptionMapper
  public Response known(ProblemException e, HttpServerRequest request) {
    return respond(e.problem(), request);
  }

  @ServerExceptionMapper
  public Response malformed(JsonProcessingException e, HttpServerRequest request) {
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      var pointer = pointerOf(mapping);
      var unknown = e instanceof UnrecognizedPropertyException;
      var detail =
          unknown
              ? "there is no field " + pointer
              : "field " + pointer + " has a value of a wrong kind";
      return respond(
          Problem.of(422, "INVALID", detail, null)
              .withErrors(
                  List.of(new FieldError(pointer, unknown ? "UNKNOWN_FIELD" : "WRONG_TYPE"))),
          request);
    }
    return respond(Problem.of(400, "MALFORMED", "the body must be one JSON object", null), request);
  }

  /// The framework answers these in its own words, unless somebody names the very type.
  @ServerExceptionMapper
  public Response mismatched(MismatchedInputException e, HttpServerRequest request) {
    return malformed(e, request);
  }

  @ServerExceptionMapper
  public Response invalid(ConstraintViolationException e, HttpServerRequest request) {
    var errors =
        e.getConstraintViolations().stream()
            .map(v -> new FieldError(v.getPropertyPath().toString(), v.getMessage()))
            .toList();
    var detail =
        errors.stream().map(f -> f.pointer() + " " + f.code()).collect(Collectors.joining("; "));
    return respond(Problem.of(422, "INVALID", detail, null).withErrors(errors), request);
  }

  /// What the HTTP layer refuses by itself: unknown paths, methods, media types, parameters.
  @ServerExceptionMapper
  public Response protocol(WebApplicationException e, HttpServerRequest request) {
    if (jsonCauseOf(e) instanceof JsonProcessingException json) return malformed(json, request);
    var status = e.getResponse().getStatus();
    var problem =
        switch (status) {
          case 400 -> Problem.of(400, "MALFORMED", "the request cannot be read", null);
          case 401 -> Problem.of(401, "UNAUTHENTICATED", "calls need an identity", null);
          case 403 -> Problem.of(403, "FORBIDDEN", "not yours to do", null);
          case 404 -> Problem.of(404, "NOT_FOUND", "there is nothing at this path", null);
          case 405 -> Problem.of(405, "METHOD_NOT_ALLOWED", "this path has no such method", null);
          case 406 -> Problem.of(406, "NOT_ACCEPTABLE", "answers are application/json", null);
          case 413 -> Problem.of(413, "TOO_LARGE", "the body is too long", null);
          case 415 -> Problem.of(415, "UNSUPPORTED_MEDIA_TYPE", "send application/json", null);
          default -> {
            LOG.errorf(e, "answered %d to %s", status, request.path());
            yield Problem.of(status, "FAULT", "the request could not be answered", null);
          }
        };
    return respond(problem, request);
  }

  @ServerExceptionMapper
  public Response fault(Throwable e, HttpServerRequest request) {
    var busy = Faults.problemOf(e);
    if (busy != null) return respond(busy, request);
    LOG.errorf(e, "%s %s failed", request.method(), request.path());
    return respond(Problem.of(500, "FAULT", "a fault of ours; nothing was decided", null), request);
  }

  Response respond(Problem problem, HttpServerRequest request) {
    var whole = problem.withInstance(Objects.requireNonNullElse(request.path(), "/"));
    if (whole.now() == null && time.ready()) whole = whole.withNow(time.instant());
    var response = Response.status(whole.status()).type(MEDIA_TYPE).entity(whole);
    if (whole.status() == 503 || whole.status() == 429) response.header("Retry-After", "1");
    return response.build();
  }

  private static @Nullable Throwable jsonCauseOf(Throwable e) {
    for (var cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof JsonProcessingException) return cause;
    }
    return null;
  }

  private static String pointerOf(JsonMappingException e) {
    return StreamSupport.stream(e.getPath().spliterator(), false)
        .map(step -> "/" + (step.getFieldName() != null ? step.getFieldName() : step.getIndex()))
        .collect(Collectors.joining());
  }
}
