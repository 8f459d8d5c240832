package marketplace.seller.view;

import java.time.Instant;
import marketplace.kernel.OrderId;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.Units;
import marketplace.seller.domain.fulfilment.Parcel;
import marketplace.seller.domain.fulfilment.Terms;
import marketplace.seller.domain.fulfilment.Tracking;

/// A parcel and where it was last seen.
///
/// @param at when the carrier saw what `status` says
public record ShipmentView(
    ShipmentId shipmentId,
    OrderId orderId,
    Units units,
    String carrier,
    String trackingNumber,
    Instant dispatchedAt,
    Instant deliverBy,
    Tracking status,
    Instant at) {

  public static ShipmentView of(Terms terms, Parcel parcel) {
    return new ShipmentView(
        parcel.id(),
        terms.orderId(),
        parcel.units(),
        parcel.carrier(),
        parcel.trackingNumber(),
        parcel.dispatchedAt(),
        parcel.deliverBy(),
        parcel.tracking(),
        parcel.trackedAt());
  }
}
