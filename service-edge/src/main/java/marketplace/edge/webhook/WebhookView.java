package marketplace.edge.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A webhook as people see it; its secret is not shown to anybody.
///
/// @param createdBy role and id
/// @param recordedAt wall time
/// @param waiting events that are still to be sent
/// @param parked events whose attempts have all failed
/// @param missed events that found no room among those
/// @param lastAttempt null before the first
record WebhookView(
    UUID webhookId,
    String url,
    List<String> types,
    String createdBy,
    Instant recordedAt,
    int waiting,
    int parked,
    long missed,
    @Nullable AttemptView lastAttempt) {

  /// How an attempt ended.
  ///
  /// @param status what the receiver answered, null where he did not
  /// @param failure null where he took the event
  /// @param recordedAt wall time
  record AttemptView(
      UUID eventId, @Nullable Integer status, @Nullable String failure, Instant recordedAt) {}

  /// An event that a receiver has not taken yet.
  ///
  /// @param eventId `webhook-id`
  /// @param type of the event
  /// @param attempts so far
  /// @param nextAttemptRecordedAt wall time; null for a parked one
  /// @param lastAttempt null before the first
  record DeliveryView(
      UUID eventId,
      String type,
      DeliveryState state,
      int attempts,
      Instant recordedAt,
      @Nullable Instant nextAttemptRecordedAt,
      @Nullable AttemptView lastAttempt) {}

  enum DeliveryState {
    WAITING,
    PARKED
  }
}
