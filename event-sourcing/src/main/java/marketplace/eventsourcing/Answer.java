package marketplace.eventsourcing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a caller is told, whole, so that it can be kept and said again.
///
/// @param status of HTTP
/// @param headers beside the content type
/// @param body written as JSON; null for none. A `Problem` makes it a problem document
public record Answer(int status, Map<String, String> headers, @Nullable Object body) {
  public Answer {
    headers = Map.copyOf(headers);
  }

  public static Answer of(int status, Object body) {
    return new Answer(status, Map.of(), body);
  }
}
