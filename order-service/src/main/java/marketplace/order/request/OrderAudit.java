package marketplace.order.request;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import marketplace.eventsourcing.EventCodec;
import marketplace.eventsourcing.History;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.StoredEvent;
import marketplace.order.domain.OrderEvent;

/// One event of the audit trail.
///
/// @param published is it one that the others are told?
/// @param data as it is stored
record OrderAudit(
    int streamVersion,
    String type,
    Instant time,
    Instant recordedAt,
    String actor,
    UUID correlationId,
    UUID causationId,
    Origin origin,
    boolean published,
    @JsonRawValue String data) {

  static List<OrderAudit> of(History<OrderEvent> history, EventCodec<OrderEvent> codec) {
    return history.events().stream().map(stored -> entry(stored, codec)).toList();
  }

  private static OrderAudit entry(StoredEvent<OrderEvent> stored, EventCodec<OrderEvent> codec) {
    return new OrderAudit(
        stored.version(),
        stored.type(),
        stored.time(),
        stored.recordedAt(),
        stored.trace().actor(),
        stored.trace().correlationId(),
        stored.trace().causationId(),
        stored.trace().origin(),
        stored.hasMessage(),
        codec.encode(stored.event()));
  }
}
