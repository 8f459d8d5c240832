package marketplace.eventsourcing;

import java.util.Objects;
import java.util.UUID;
import marketplace.eventsourcing.tracing.Step;
import org.jspecify.annotations.Nullable;

/// Where a decision comes from.
///
/// @param correlationId the same for everything that follows from one outside command
/// @param causationId the command or event that directly caused this
/// @param actor who asked, for example `BUYER:0190…` or `DEADLINE`
/// @param runId the simulation run, null outside one
/// @param traceparent W3C trace context, null where none is carried
public record Trace(
    UUID correlationId,
    UUID causationId,
    String actor,
    Origin origin,
    @Nullable String runId,
    @Nullable String traceparent) {

  /// The trace of what follows from this by itself, when its time comes.
  public Trace causedBy(UUID causation, String newActor) {
    return new Trace(correlationId, causation, newActor, origin, runId, traceparent);
  }

  /// The same, a step further on the way that is traced.
  public Trace goingOnFrom(Step step) {
    var next = step.traceparent();
    return Objects.equals(next, traceparent)
        ? this
        : new Trace(correlationId, causationId, actor, origin, runId, next);
  }
}
