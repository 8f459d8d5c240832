package marketplace.dispute.domain;

import java.time.Instant;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.Units;

/// A parcel of the order, as its last report left it.
///
/// @param deliverBy from then on the buyer may say that nothing came
public record Parcel(
    ShipmentId shipmentId, Units units, String trackingNumber, Instant deliverBy, State state) {
  public enum State {
    DISPATCHED,
    DELIVERED,
    LOST,
    /// The buyer did not take it.
    REFUSED,
    /// Refused, and back at the seller.
    RETURNED;

    /// Skipping forward is allowed, going back is not.
    boolean mayBecome(State next) {
      return switch (this) {
        case DISPATCHED -> next != DISPATCHED;
        case REFUSED -> next == RETURNED;
        case DELIVERED, LOST, RETURNED -> false;
      };
    }
  }

  Parcel in(State next) {
    return new Parcel(shipmentId, units, trackingNumber, deliverBy, next);
  }

  boolean refused() {
    return state == State.REFUSED || state == State.RETURNED;
  }

  /// May the buyer say by now that it never came?
  boolean missing(Instant now) {
    return switch (state) {
      case DISPATCHED -> !now.isBefore(deliverBy);
      case LOST, DELIVERED -> true;
      case REFUSED, RETURNED -> false;
    };
  }
}
