package marketplace.eventsourcing;

import java.time.Instant;
import java.util.UUID;
import marketplace.eventsourcing.tracing.Step;
import org.jspecify.annotations.Nullable;

/// An event of another service, as it came over Kafka.
///
/// @param eventId `ce_id`
/// @param type `ce_type`
/// @param subject `ce_subject`, the stream at its producer
/// @param streamVersion `ce_streamversion`; null on an injected event without one
/// @param key the record key
/// @param time `ce_time`, simulated; of an injected event at most the consumer's own now
/// @param trace whose `causationId` is the fact's own id
public record Fact<M>(
    UUID eventId,
    String type,
    String subject,
    @Nullable Integer streamVersion,
    UUID key,
    Instant time,
    Trace trace,
    M message) {

  public Fact<M> goingOnFrom(Step step) {
    return new Fact<>(
        eventId, type, subject, streamVersion, key, time, trace.goingOnFrom(step), message);
  }
}
