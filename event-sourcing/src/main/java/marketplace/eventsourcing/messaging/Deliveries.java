package marketplace.eventsourcing.messaging;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import marketplace.eventsourcing.Delivery;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// Kafka's records as the inbox takes them: nothing in one can make this fail, whoever wrote it.
public final class Deliveries {
  /// More than ours have; the rest of a foreign record's is dropped.
  static final int HEADERS_MAX = 64;

  private static final int UUID_LENGTH = 36;

  private Deliveries() {}

  public static Delivery of(ConsumerRecord<byte[], byte[]> record, Instant receivedAt) {
    return new Delivery.Received(
        record.topic(),
        record.partition(),
        record.offset(),
        key(record.key()),
        headers(record.headers()),
        record.value(),
        receivedAt);
  }

  private static @Nullable UUID key(byte @Nullable [] bytes) {
    if (bytes == null || bytes.length != UUID_LENGTH) return null;
    try {
      return UUID.fromString(new String(bytes, StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static Map<String, String> headers(Headers headers) {
    Map<String, String> result = new LinkedHashMap<>();
    for (var header : headers) {
      if (result.size() == HEADERS_MAX) break;
      byte @Nullable [] value = header.value();
      var text = value == null ? "" : new String(value, StandardCharsets.UTF_8);
      result.put(storable(header.key()), storable(text));
    }
    return result;
  }

  /// No text column takes U+0000, and the inbox must be able to set any record aside.
  private static String storable(String text) {
    return text.replace('\0', '\uFFFD');
  }
}
