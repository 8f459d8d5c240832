package marketplace.simulation.api;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import org.jspecify.annotations.Nullable;

/// Lets each command happen once for each idempotency key, and answers repeated ones as before. The
/// answers are gone with the process, and so is the time that it stood at.
@Singleton
class Commands {
  private static final String HEADER = "Idempotency-Key";
  private static final Pattern FORM = Pattern.compile("[\\x20-\\x7E]{1,255}");
  private static final int ANSWERS_KEPT_MAX = 10_000;
  private static final long KEPT_NANOS = Duration.ofHours(24).toNanos();

  private final HttpServerRequest request;
  private final Map<Key, Kept> answers = new LinkedHashMap<>();

  Commands(HttpServerRequest request) {
    this.request = request;
  }

  private record Key(String caller, String path, String key) {}

  /// @param answer null while the command is still being carried out
  private record Kept(@Nullable Object body, @Nullable Response answer, long since) {}

  /// @param body what the caller sent, as far as two of them can be compared
  Response once(@Nullable Object body, Supplier<Response> command) {
    var key = key();
    var kept = begin(key, body);
    if (kept != null) return again(kept, body);
    Response answer = null;
    try {
      answer = command.get();
      return answer;
    } catch (ProblemException refusal) {
      answer = Problems.response(refusal.problem(), request);
      return answer;
    } finally {
      end(key, body, answer);
    }
  }

  private synchronized @Nullable Kept begin(Key key, @Nullable Object body) {
    var now = System.nanoTime();
    answers.values().removeIf(kept -> now - kept.since() > KEPT_NANOS);
    return answers.putIfAbsent(key, new Kept(body, null, now));
  }

  /// What asks for another try is not kept.
  private synchronized void end(Key key, @Nullable Object body, @Nullable Response answer) {
    if (answer == null || answer.getStatus() >= 500) {
      answers.remove(key);
      return;
    }
    answers.put(key, new Kept(body, answer, System.nanoTime()));
    if (answers.size() > ANSWERS_KEPT_MAX) answers.remove(answers.keySet().iterator().next());
  }

  private static Response again(Kept kept, @Nullable Object body) {
    if (!Objects.equals(kept.body(), body)) {
      throw refused(422, "IDEMPOTENCY_KEY_REUSED", "the key was used with another body");
    }
    var first = kept.answer();
    if (first == null) {
      throw refused(409, "IDEMPOTENCY_KEY_IN_USE", "the first request is still being answered");
    }
    var response = Response.status(first.getStatus()).entity(first.getEntity());
    if (first.getMediaType() != null) response.type(first.getMediaType());
    return response.header("Idempotent-Replayed", "true").build();
  }

  private Key key() {
    var key = request.getHeader(HEADER);
    if (key == null || key.isEmpty()) {
      throw refused(400, "IDEMPOTENCY_KEY_MISSING", "every command needs an " + HEADER);
    }
    if (!FORM.matcher(key).matches()) {
      throw Problems.invalid(HEADER, "must be 1 to 255 printable ASCII characters");
    }
    var caller = Callers.callerOf(request).actor();
    return new Key(caller, request.method() + " " + request.path(), key);
  }

  private static ProblemException refused(int status, String code, String detail) {
    return new ProblemException(Problem.of(status, code, detail, null));
  }
}
