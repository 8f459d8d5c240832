package marketplace.eventsourcing;

import java.time.Instant;
import java.util.UUID;

/// One event as it lies in the store.
///
/// @param position where it stands among all events of the service; 0 while it is being appended
/// @param eventId follows from stream and version
/// @param version 1 for the first event of the stream
/// @param previousPublished version of the stream's previous event that has a message, 0 if none
/// @param hasMessage fixed when it was appended: is there a public message for it?
/// @param type its name on disk, with version: `order.cancellation-requested.v1`
/// @param event what happened
/// @param time simulated
/// @param recordedAt wall time of the append
public record StoredEvent<E>(
    long position,
    UUID eventId,
    StreamId stream,
    int version,
    int previousPublished,
    boolean hasMessage,
    String type,
    E event,
    Trace trace,
    Instant time,
    Instant recordedAt) {

  public static UUID eventId(StreamId stream, int version) {
    return Ids.nameBased("event", stream + "/" + version);
  }
}
