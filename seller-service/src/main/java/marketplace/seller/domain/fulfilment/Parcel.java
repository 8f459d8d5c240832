package marketplace.seller.domain.fulfilment;

import java.time.Instant;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.Units;

/// One shipment on its way.
///
/// @param trackedAt when the carrier saw what `tracking` says; before the first report, the
///   dispatch
public record Parcel(
    ShipmentId id,
    Units units,
    String carrier,
    String trackingNumber,
    Instant dispatchedAt,
    Instant deliverBy,
    Tracking tracking,
    Instant trackedAt) {

  Parcel seen(Tracking now, Instant at) {
    return new Parcel(id, units, carrier, trackingNumber, dispatchedAt, deliverBy, now, at);
  }

  boolean hasNumber(String otherCarrier, String otherNumber) {
    return carrier.equals(otherCarrier) && trackingNumber.equals(otherNumber);
  }
}
