package marketplace.eventsourcing.handling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Set;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.RenderedAnswer;
import marketplace.eventsourcing.store.KeptAnswer;

/// Answers on their way out: written once, kept where they are final.
final class AnswerWriter {
  /// The mechanism's own codes that ask for another try.
  private static final Set<String> NOT_KEPT =
      Set.of("CONFLICT_RETRY", "VERSION_MISMATCH", "IDEMPOTENCY_KEY_IN_USE");

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERRORS = 500;

  private final ObjectMapper json;
  private final HandlerSettings settings;

  AnswerWriter(ObjectMapper json, HandlerSettings settings) {
    this.json = json;
    this.settings = settings;
  }

  RenderedAnswer render(Answer answer) {
    var body = answer.body();
    if (body == null) return new RenderedAnswer(answer.status(), answer.headers(), null);
    var headers = new HashMap<>(answer.headers());
    headers.put(
        "Content-Type", body instanceof Problem ? "application/problem+json" : "application/json");
    if (settings.leavesProcess()) {
      return new RenderedAnswer(answer.status(), headers, written(body));
    }
    return RenderedAnswer.unwritten(answer.status(), headers, () -> written(body));
  }

  private String written(Object body) {
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("answer cannot be written: " + body, e);
    }
  }

  /// An answer that asks for another try must not be all that another try gets.
  boolean isKept(Answer answer) {
    if (answer.status() >= SERVER_ERRORS || answer.status() == TOO_MANY_REQUESTS) return false;
    return !(answer.body() instanceof Problem problem)
        || !(NOT_KEPT.contains(problem.code()) || settings.codesNotKept().contains(problem.code()));
  }

  static RenderedAnswer again(KeptAnswer kept) {
    var headers = new HashMap<>(kept.answer().headers());
    headers.put("Idempotent-Replayed", "true");
    return new RenderedAnswer(kept.answer().status(), headers, kept.answer().body());
  }
}
