package marketplace.eventsourcing;

import java.util.UUID;
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
}
