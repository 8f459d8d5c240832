package marketplace.eventsourcing.handling;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An answer as it goes over the wire and as it is kept, so that a repetition says the same.
///
/// @param headers `Content-Type` among them where there is a body
public record RenderedAnswer(int status, Map<String, String> headers, @Nullable String body) {
  public RenderedAnswer {
    headers = Map.copyOf(headers);
  }
}
