package marketplace.eventsourcing.store;

import java.time.Instant;
import java.util.UUID;
import marketplace.eventsourcing.Delivery;
import org.jspecify.annotations.Nullable;

/// A record that could not be applied when it came, whole.
///
/// @param id order in which they came; 0 until it is stored
/// @param eventId null where not even that could be read
/// @param awaits the own stream that must exist, the foreign stream whose earlier record is
///   missing, or what else is needed
/// @param reason for people
/// @param recordedAt wall time at the producer
/// @param attempts faults so far
/// @param retryAt wall time of the next attempt after a fault, else null
public record SetAside(
    long id,
    Kind kind,
    @Nullable UUID eventId,
    String awaits,
    String reason,
    Delivery delivery,
    Instant recordedAt,
    int attempts,
    @Nullable Instant retryAt) {

  public enum Kind {
    /// Its own stream does not exist yet.
    PARKED,
    /// It needs something else that is not here yet.
    AWAITING,
    /// An earlier record of its foreign stream is missing.
    HELD,
    /// Applying it fails; later records of its foreign stream are held behind it.
    FAULTY,
    /// It cannot be understood, ever.
    UNREADABLE
  }

  SetAside withId(long newId) {
    return new SetAside(
        newId, kind, eventId, awaits, reason, delivery, recordedAt, attempts, retryAt);
  }

  /// After one more fault.
  public SetAside postponed(String newReason, Instant newRetryAt) {
    return new SetAside(
        id,
        Kind.FAULTY,
        eventId,
        awaits,
        newReason,
        delivery,
        recordedAt,
        attempts + 1,
        newRetryAt);
  }
}
