package marketplace.eventsourcing;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An answer as it goes over the wire and as it is kept, so that a repetition says the same.
public final class RenderedAnswer {
  private final int status;
  private final Map<String, String> headers;
  private @Nullable Supplier<String> writer;
  private @Nullable String body;

  private RenderedAnswer(
      int status,
      Map<String, String> headers,
      @Nullable String body,
      @Nullable Supplier<String> writer) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
    this.writer = writer;
  }

  /// @param headers `Content-Type` among them where there is a body
  public RenderedAnswer(int status, Map<String, String> headers, @Nullable String body) {
    this(status, headers, body, null);
  }

  /// Of which most callers want to know only whether they were refused.
  ///
  /// @param writer asked for the body by the first who wants to have it
  public static RenderedAnswer unwritten(
      int status, Map<String, String> headers, Supplier<String> writer) {
    return new RenderedAnswer(status, headers, null, writer);
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public @Nullable String body() {
    var unasked = writer;
    if (unasked != null) {
      body = unasked.get();
      writer = null;
    }
    return body;
  }
}
