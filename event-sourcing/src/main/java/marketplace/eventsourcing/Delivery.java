package marketplace.eventsourcing;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One record as it came from Kafka, not judged yet.
public interface Delivery {
  String topic();

  int partition();

  long offset();

  /// Null where the record had none, or one that is no UUID.
  @Nullable UUID key();

  /// The last value of each; U+0000, which no text column takes, is replaced.
  Map<String, String> headers();

  /// Null where the record had none.
  byte @Nullable [] value();

  /// Wall time.
  Instant receivedAt();

  /// What the value says, where that is known without reading it: within one process.
  default @Nullable Object content() {
    return null;
  }

  /// One that has its value as bytes.
  @SuppressWarnings("ArrayRecordComponent") // deliveries are never compared, and copying costs
  record Received(
      String topic,
      int partition,
      long offset,
      @Nullable UUID key,
      Map<String, String> headers,
      byte @Nullable [] value,
      Instant receivedAt)
      implements Delivery {}
}
