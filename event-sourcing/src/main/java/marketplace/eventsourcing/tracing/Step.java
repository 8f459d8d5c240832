package marketplace.eventsourcing.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import org.jspecify.annotations.Nullable;

/// One step of a trace that has begun. One that is never ended is never told, and leaves nothing
/// behind: so what is decided and not stored is forgotten here too.
public final class Step {
  /// Where nobody collects.
  public static final Step NONE = new Step(Span.getInvalid(), null);

  private final Span span;
  private final @Nullable String traceparent;

  Step(Span span, @Nullable String traceparent) {
    this.span = span;
    this.traceparent = traceparent;
  }

  /// From where the trace goes on; null where there is none.
  public @Nullable String traceparent() {
    return traceparent;
  }

  /// @param attribute what it has come to: `status` of an answer, `result` of a record
  public void end(String attribute, String value) {
    span.setAttribute(attribute, value);
    span.end();
  }

  public void end() {
    span.end();
  }

  public void fail(Throwable cause) {
    span.setStatus(StatusCode.ERROR, cause.toString());
    span.end();
  }
}
