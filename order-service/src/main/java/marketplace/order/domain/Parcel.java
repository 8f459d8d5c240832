package marketplace.order.domain;

import java.time.Instant;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.Units;

/// A parcel on its way, as its last report left it.
///
/// @param since the instant of that report
public record Parcel(
    ShipmentId shipmentId, Units units, State state, Instant since, Instant deliverBy) {
  public enum State {
    DISPATCHED,
    IN_TRANSIT,
    DELIVERED,
    LOST,
    REFUSED;

    /// Skipping forward is allowed, going back is not.
    boolean mayBecome(State next) {
      return switch (this) {
        case DISPATCHED -> next != DISPATCHED;
        case IN_TRANSIT -> next == DELIVERED || next == LOST || next == REFUSED;
        case DELIVERED, LOST, REFUSED -> false;
      };
    }
  }

  Parcel reported(State next, Instant at) {
    return new Parcel(shipmentId, units, next, at, deliverBy);
  }
}
