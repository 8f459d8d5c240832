package marketplace.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.Caller;
import marketplace.eventsourcing.CommandRequest;
import marketplace.eventsourcing.History;
import marketplace.eventsourcing.IdSource;
import marketplace.eventsourcing.IdempotencyKey;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.Outcome;
import marketplace.eventsourcing.Prepared;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.Problem.FieldError;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.Query;
import marketplace.eventsourcing.RenderedAnswer;
import marketplace.eventsourcing.Trace;
import marketplace.eventsourcing.time.SimulatedTime;
import marketplace.eventsourcing.time.UnknownTimeException;
import marketplace.eventsourcing.tracing.Traceparent;
import marketplace.eventsourcing.tracing.Tracing;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/// Between HTTP and the pure requests of a service: a resource says which request it means, the
/// edge says who calls, and turns what comes of it into a response.
@Singleton
public class Edge {
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final Pattern KEY_FORM = Pattern.compile("[\\x20-\\x7E]{1,255}");
  private static final Pattern ETAG_FORM = Pattern.compile("\"(\\d{1,9})\"");

  private final ServiceRuntime runtime;
  private final Callers callers;
  private final HttpServerRequest request;
  private final ResourceInfo resource;
  private final ObjectMapper json;
  private final SimulatedTime time;
  private final IdSource ids;
  private final ForeignVersions foreignVersions;
  private final OnceOnly onceOnly;
  private final Tracing tracing;

  Edge(
      ServiceRuntime runtime,
      Callers callers,
      HttpServerRequest request,
      ResourceInfo resource,
      ObjectMapper json,
      SimulatedTime time,
      IdSource ids,
      ForeignVersions foreignVersions,
      OnceOnly onceOnly,
      Tracing tracing) {
    this.runtime = runtime;
    this.callers = callers;
    this.request = request;
    this.resource = resource;
    this.json = json;
    this.time = time;
    this.ids = ids;
    this.foreignVersions = foreignVersions;
    this.onceOnly = onceOnly;
    this.tracing = tracing;
  }

  /// Who calls; for lists, which are read from the service's own tables.
  public Caller caller() {
    return callers.callerOf(request);
  }

  /// The simulated time at which an answer is made.
  public Instant now() {
    return time.instant();
  }

  /// Lets only these roles pass.
  public Caller require(String... roles) {
    var caller = caller();
    if (!List.of(roles).contains(caller.role())) {
      throw new ProblemException(
          Problem.of(403, "FORBIDDEN", "this is for " + String.join(", ", roles), null));
    }
    return caller;
  }

  /// A command: needs an idempotency key, is decided once, and its answer is kept.
  ///
  /// @param body what the caller sent, null for none; part of what the key stands for
  public Response run(Function<Call, Prepared> preparation, @Nullable Object body) {
    var step = tracing.call(this::operation, request.getHeader(Traceparent.HEADER));
    try {
      var caller = caller();
      var key = idempotencyKey(caller, body);
      var call = call(caller, step.traceparent(), key, expectedVersion());
      var response = answer(preparation.apply(call));
      step.end("status", String.valueOf(response.getStatus()));
      return response;
    } catch (ProblemException e) {
      step.end("status", String.valueOf(e.problem().status()));
      throw e;
    } catch (RuntimeException e) {
      step.fail(e);
      throw e;
    }
  }

  /// As the document of the interface calls it.
  private String operation() {
    var method = resource.getResourceMethod();
    var operation = method.getAnnotation(Operation.class);
    return operation == null ? method.getName() : operation.operationId();
  }

  /// A command that no stream decides, and so has no versions: what it does is one transaction, and
  /// its answer is kept with it.
  ///
  /// @param body what the caller sent, null for none; part of what the key stands for
  public Response once(OnceOnly.Deed deed, @Nullable Object body) {
    var key = idempotencyKey(caller(), body);
    if (expectedVersion() != null) {
      throw new ProblemException(
          Problem.of(412, "VERSION_MISMATCH", "this has no versions; send no If-Match", null));
    }
    return rendered(onceOnly.run(key, connection -> named(deed.done(connection))));
  }

  private Answer named(Answer answer) {
    if (!(answer.body() instanceof Problem problem)) return answer;
    var whole = problem.withInstance(path());
    return new Answer(
        answer.status(), answer.headers(), time.ready() ? whole.withNow(time.instant()) : whole);
  }

  /// A question: changes nothing, needs no key.
  public Response query(Function<Call, Prepared> preparation) {
    return answer(preparation.apply(call(caller(), null, null, null)));
  }

  /// The audit of a stream, for those whom the query would answer.
  public Response audit(Function<Call, Prepared> preparation) {
    var prepared = preparation.apply(call(caller(), null, null, null));
    if (!(prepared instanceof Query<?, ?> query)) return answer(prepared);
    var permitted = look(query);
    if (permitted.status() != 200) return respond(permitted);
    return respond(Answer.of(200, runtime.audit(query.stream())));
  }

  /// An answer that some other code has made.
  public Response respond(Answer answer) {
    return rendered(answer.status(), answer.headers(), answer.body());
  }

  private Response answer(Prepared prepared) {
    return switch (prepared) {
      case CommandRequest<?, ?, ?, ?> command -> decide(command);
      case Query<?, ?> query -> respond(look(query));
      case Prepared.Immediately(var answer) -> respond(answer);
    };
  }

  private <C, S, E, R> Response decide(CommandRequest<C, S, E, R> command) {
    // It would only wait in a queue to fail there.
    if (!time.ready()) throw new UnknownTimeException();
    MDC.put("stream", command.stream().toString());
    MDC.put("correlationId", command.trace().correlationId().toString());
    return rendered(runtime.handler().handle(withVersion(command)));
  }

  private static Response rendered(RenderedAnswer decided) {
    var response = Response.status(decided.status());
    decided.headers().forEach(response::header);
    if ((decided.status() == 503 || decided.status() == 429)
        && !decided.headers().containsKey("Retry-After")) {
      response.header("Retry-After", "1");
    }
    if (decided.body() != null) {
      response.entity(decided.body()).type(mediaTypeOf(decided.status()));
    }
    return response.build();
  }

  /// Adds the `ETag` and names the path in a problem; both belong to HTTP, not to the rules.
  private <C, S, E, R> CommandRequest<C, S, E, R> withVersion(CommandRequest<C, S, E, R> command) {
    var path = path();
    Function<Outcome<S, E, R>, Answer> answer =
        outcome -> {
          if (outcome instanceof Outcome.VersionMismatch<S, E, R>) {
            return Problem.of(
                    412,
                    "VERSION_MISMATCH",
                    "expected another version, the stream is at " + outcome.version(),
                    outcome.at())
                .withInstance(path)
                .toAnswer();
          }
          return completed(command.answer().apply(outcome), path, outcome.version(), outcome.at());
        };
    return new CommandRequest<>(
        command.stream(),
        command.command(),
        command.trace(),
        command.expectedVersion(),
        command.idempotencyKey(),
        answer,
        command.rows());
  }

  private static Answer completed(Answer answer, String path, int version, Instant now) {
    if (answer.body() instanceof Problem problem) {
      var whole = problem.withInstance(path);
      return new Answer(
          answer.status(), answer.headers(), whole.now() == null ? whole.withNow(now) : whole);
    }
    var headers = new HashMap<>(answer.headers());
    headers.putIfAbsent("ETag", "\"" + version + "\"");
    return new Answer(answer.status(), headers, answer.body());
  }

  private <S, E> Answer look(Query<S, E> query) {
    MDC.put("stream", query.stream().toString());
    var stale = !foreignVersions.await(request.getParam("waitFor"), query.stream().id());
    var history = runtime.reader().history(query.stream(), query.aggregate());
    var at = time.instant();
    var asOf = request.getParam("asOf");
    if (asOf != null) {
      at = instant("asOf", asOf);
      history = history.asOf(at);
    }
    var version = request.getParam("version");
    if (version != null) history = upTo(history, version);
    var state = history.fold(query.aggregate().decider());
    var answer = query.answer().apply(new Query.Snapshot<>(history, state, at));
    var complete = completed(answer, path(), history.version(), at);
    if (!stale) return complete;
    var headers = new HashMap<>(complete.headers());
    headers.put("X-Stale", "true");
    return new Answer(complete.status(), headers, complete.body());
  }

  private static <E> History<E> upTo(History<E> history, String version) {
    try {
      return history.upTo(Integer.parseInt(version));
    } catch (NumberFormatException e) {
      throw invalid("version", "must be a number");
    }
  }

  private Response rendered(int status, Map<String, String> headers, @Nullable Object body) {
    var response = Response.status(status);
    headers.forEach(response::header);
    if (body != null) response.entity(body).type(mediaTypeOf(status));
    return response.build();
  }

  private static String mediaTypeOf(int status) {
    return status >= 400 ? Problems.MEDIA_TYPE : MediaType.APPLICATION_JSON;
  }

  private Call call(
      Caller caller,
      @Nullable String traceparent,
      @Nullable IdempotencyKey key,
      @Nullable Integer version) {
    var id = ids.next();
    var trace = new Trace(id, id, caller.actor(), Origin.SERVICE, runId(), traceparent);
    return new Call(caller, trace, version, key, ids);
  }

  private String path() {
    return Objects.requireNonNullElse(request.path(), "/");
  }

  private IdempotencyKey idempotencyKey(Caller caller, @Nullable Object body) {
    var key = request.getHeader(IDEMPOTENCY_KEY);
    if (key == null || key.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              400, "IDEMPOTENCY_KEY_MISSING", "every command needs an " + IDEMPOTENCY_KEY, null));
    }
    if (!KEY_FORM.matcher(key).matches()) {
      throw invalid(IDEMPOTENCY_KEY, "must be 1 to 255 printable ASCII characters");
    }
    return new IdempotencyKey(caller.actor(), request.method() + " " + path(), key, hash(body));
  }

  private String hash(@Nullable Object body) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      var text = body == null ? "" : json.writeValueAsString(body);
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | JsonProcessingException e) {
      throw new IllegalStateException("a body that was read can be written", e);
    }
  }

  private @Nullable Integer expectedVersion() {
    var ifMatch = request.getHeader("If-Match");
    if (ifMatch == null || ifMatch.equals("*")) return null;
    var form = ETAG_FORM.matcher(ifMatch);
    if (!form.matches()) throw invalid("If-Match", "must be an ETag such as \"7\", or *");
    return Integer.valueOf(form.group(1));
  }

  private @Nullable String runId() {
    var header = request.getHeader("X-Run-Id");
    return header != null && KEY_FORM.matcher(header).matches() ? header : null;
  }

  private static Instant instant(String parameter, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw invalid(parameter, "must be an instant such as 2026-01-05T00:00:00.000Z");
    }
  }

  private static ProblemException invalid(String name, String what) {
    return new ProblemException(
        Problem.of(422, "INVALID", name + " " + what, null)
            .withErrors(List.of(new FieldError(name, "INVALID"))));
  }
}
