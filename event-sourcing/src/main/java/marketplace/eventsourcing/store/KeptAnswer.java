package marketplace.eventsourcing.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a caller was told under his key.
///
/// @param bodyHash of what he had sent
public record KeptAnswer(
    AnswerSlot slot,
    String bodyHash,
    int status,
    Map<String, String> headers,
    @Nullable String body) {
  public KeptAnswer {
    headers = Map.copyOf(headers);
  }
}
