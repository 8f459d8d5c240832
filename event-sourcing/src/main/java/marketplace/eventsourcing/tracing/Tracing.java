package marketplace.eventsourcing.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.function.Supplier;
import marketplace.eventsourcing.LogFields;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import org.jspecify.annotations.Nullable;

/// Tells whoever collects traces what an event has gone through. What holds the steps together is
/// `traceparent`, which is stored with each event and sent with each record; so a trace goes on
/// behind a crash, and behind 72 hours of silence.
///
/// Where nobody collects, a step is nothing, and what a caller has begun is passed on as it came.
public final class Tracing {
  public static final Tracing OFF = new Tracing(null);

  /// Null where nobody collects.
  private final @Nullable Tracer tracer;

  private Tracing(@Nullable Tracer tracer) {
    this.tracer = tracer;
  }

  public static Tracing by(Tracer tracer) {
    return new Tracing(tracer);
  }

  public boolean isOff() {
    return tracer == null;
  }

  /// From a caller's request to his answer.
  ///
  /// @param operation its name, which is asked for where it is told
  /// @param traceparent as the caller says it
  public Step call(Supplier<String> operation, @Nullable String traceparent) {
    if (tracer == null) return passedOn(Traceparent.read(traceparent));
    return begun(
        builder(tracer, "call " + operation.get(), traceparent).setSpanKind(SpanKind.SERVER));
  }

  /// From the queue to the commit.
  public Step command(Object command, StreamId stream, Trace trace) {
    if (tracer == null) return passedOn(trace.traceparent());
    var name = "command " + command.getClass().getSimpleName();
    return begun(builder(tracer, name, stream.toString(), trace));
  }

  /// From its decision to the commit.
  public Step deadline(String name, StreamId stream, Trace trace) {
    if (tracer == null) return passedOn(trace.traceparent());
    return begun(builder(tracer, "deadline " + name, stream.toString(), trace));
  }

  /// From the poll to the commit of what it asks for.
  ///
  /// @param stream at the producer
  public Step consumption(String type, String stream, Trace trace) {
    if (tracer == null) return passedOn(trace.traceparent());
    return begun(builder(tracer, "consume " + type, stream, trace).setSpanKind(SpanKind.CONSUMER));
  }

  /// From the log to the broker's acknowledgement.
  ///
  /// @param stream as the record's header says it, like all that follows
  public Step publication(String type, String stream, String correlationId, String traceparent) {
    if (tracer == null) return passedOn(Traceparent.read(traceparent));
    return begun(
        builder(tracer, "publish " + type, traceparent)
            .setSpanKind(SpanKind.PRODUCER)
            .setAttribute(LogFields.STREAM, stream)
            .setAttribute(LogFields.CORRELATION_ID, correlationId));
  }

  private static SpanBuilder builder(Tracer tracer, String name, String stream, Trace trace) {
    return builder(tracer, name, trace.traceparent())
        .setAttribute(LogFields.STREAM, stream)
        .setAttribute(LogFields.CORRELATION_ID, trace.correlationId().toString());
  }

  private static SpanBuilder builder(Tracer tracer, String name, @Nullable String traceparent) {
    var parent = Span.wrap(Traceparent.context(traceparent));
    return tracer.spanBuilder(name).setParent(Context.root().with(parent));
  }

  private static Step begun(SpanBuilder builder) {
    var span = builder.startSpan();
    return new Step(span, Traceparent.written(span.getSpanContext()));
  }

  private static Step passedOn(@Nullable String traceparent) {
    return new Step(Span.getInvalid(), traceparent);
  }
}
