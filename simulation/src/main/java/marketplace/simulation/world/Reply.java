package marketplace.simulation.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.function.Supplier;
import marketplace.eventsourcing.RenderedAnswer;
import org.jspecify.annotations.Nullable;

/// What a service has answered; the body is a JSON null where there was none. It is read when
/// somebody asks for it: most callers want to know only whether they were refused.
public final class Reply {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int status;
  private final Supplier<JsonNode> reader;

  /// Null until somebody has asked.
  private @Nullable JsonNode body;

  public Reply(int status, JsonNode body) {
    this(status, () -> body);
  }

  private Reply(int status, Supplier<JsonNode> reader) {
    this.status = status;
    this.reader = reader;
  }

  /// @param text JSON, or null for none
  public static Reply of(int status, @Nullable String text) {
    return new Reply(status, () -> read(text));
  }

  /// As above, of a text that is only made when somebody asks for the body.
  public static Reply of(RenderedAnswer answer) {
    return new Reply(answer.status(), () -> read(answer.body()));
  }

  private static JsonNode read(@Nullable String text) {
    if (text == null) return NullNode.getInstance();
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer that is no JSON: " + text, e);
    }
  }

  public int status() {
    return status;
  }

  public JsonNode body() {
    var known = body;
    if (known == null) {
      known = reader.get();
      body = known;
    }
    return known;
  }

  public boolean isSuccess() {
    return status / 100 == 2;
  }

  @Override
  public String toString() {
    return status + " " + body();
  }
}
