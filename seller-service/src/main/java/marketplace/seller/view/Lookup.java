package marketplace.seller.view;

import java.util.Optional;
import marketplace.kernel.CancellationId;
import marketplace.kernel.OrderId;
import marketplace.kernel.ShipmentId;

/// Finds the order that somebody means who knows only a part of it. Reads the rows that committed
/// appends have left.
public interface Lookup {

  Optional<OrderId> orderOf(CancellationId cancellationId);

  Optional<OrderId> orderOf(ShipmentId shipmentId);

  /// Does a request of this order wait for the seller or the buyer?
  boolean hasOpenRequest(OrderId orderId);

  /// Does a shipment have this number already? Two that ask at the same moment may both hear no;
  /// then the table takes one of them.
  boolean isNumberUsed(String carrier, String trackingNumber);
}
