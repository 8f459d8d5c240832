package marketplace.eventsourcing;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One record as it came from Kafka, not judged yet.
///
/// @param key null where the record had none, or one that is no UUID
/// @param headers the last value of each; U+0000, which no text column takes, is replaced
/// @param value null where the record had none
/// @param receivedAt wall time
@SuppressWarnings("ArrayRecordComponent") // deliveries are never compared, and copying costs
public record Delivery(
    String topic,
    int partition,
    long offset,
    @Nullable UUID key,
    Map<String, String> headers,
    byte @Nullable [] value,
    Instant receivedAt) {}
