package marketplace.eventsourcing.tracing;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A place in a trace as W3C's Trace Context writes it: version, trace, span and flags.
///
/// Anybody may have written one. What is none is ignored, never refused: it is about watching, and
/// whoever watches badly must not keep an order from being cancelled.
public final class Traceparent {
  public static final String HEADER = "traceparent";

  /// Versions that are yet to come may add to it; the last two digits of all are kept for "never".
  private static final Pattern FORM =
      Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  private Traceparent() {}

  /// In the version that we write, or null where it is none.
  public static @Nullable String read(@Nullable String text) {
    return written(context(text));
  }

  static SpanContext context(@Nullable String text) {
    if (text == null) return SpanContext.getInvalid();
    var form = FORM.matcher(text);
    if (!form.matches()) return SpanContext.getInvalid();
    return SpanContext.createFromRemoteParent(
        form.group(1),
        form.group(2),
        TraceFlags.fromHex(form.group(3), 0),
        TraceState.getDefault());
  }

  static @Nullable String written(SpanContext place) {
    if (!place.isValid()) return null;
    return "00-%s-%s-%s"
        .formatted(place.getTraceId(), place.getSpanId(), place.getTraceFlags().asHex());
  }
}
