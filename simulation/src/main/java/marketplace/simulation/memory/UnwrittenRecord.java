package marketplace.simulation.memory;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import marketplace.eventsourcing.Delivery;
import marketplace.eventsourcing.Envelope;
import marketplace.eventsourcing.Message;
import marketplace.simulation.memory.MemoryMarket.Lane;
import org.jspecify.annotations.Nullable;

/// A service's record on its way to readers in the same process: they know what it says, and only
/// who keeps or refuses it makes text of it.
record UnwrittenRecord(
    Lane lane, long offset, Envelope envelope, Message message, Instant receivedAt)
    implements Delivery {
  @Override
  public String topic() {
    return lane.topic();
  }

  @Override
  public int partition() {
    return 0;
  }

  @Override
  public UUID key() {
    return lane.key();
  }

  @Override
  public Map<String, String> headers() {
    var headers = envelope.headers();
    headers.putAll(message.headers());
    return headers;
  }

  @Override
  public byte[] value() {
    return message.data().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public @Nullable Object content() {
    return message.content();
  }
}
