package marketplace.eventsourcing.store;

import java.util.Map;
import marketplace.eventsourcing.IdempotencyKey;
import org.jspecify.annotations.Nullable;

/// What a caller was told under his key, with the hash of the body that he sent then.
public record KeptAnswer(
    IdempotencyKey key, int status, Map<String, String> headers, @Nullable String body) {
  public KeptAnswer {
    headers = Map.copyOf(headers);
  }
}
