package marketplace.dispute.domain;

import java.time.Instant;
import java.util.UUID;
import marketplace.kernel.BuyerId;
import marketplace.kernel.OrderId;
import marketplace.kernel.RefundId;
import marketplace.kernel.SellerId;
import marketplace.kernel.SettlementId;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.Units;

/// All that can have happened after a sale.
public sealed interface AfterSaleEvent {

  /// What another service told us. Private: the world knows it already. `orderVersion` is the
  /// version that the fact has in the order's stream, 0 where it was injected without one.
  sealed interface Noted extends AfterSaleEvent {
    Source source();
  }

  /// The event of another service that a note was taken from.
  record Source(UUID eventId, String eventType) {}

  enum Why {
    WINDOW_ENDED,
    FULLY_REFUNDED
  }

  /// @param until when the window ends if nothing is delivered
  record PlacementNoted(
      Source source,
      OrderId orderId,
      BuyerId buyerId,
      SellerId sellerId,
      Units units,
      Instant until,
      int orderVersion)
      implements Noted {}

  record UnitsCancelledNoted(
      Source source, SettlementId settlementId, Units units, int orderVersion) implements Noted {}

  record CancellationNoted(Source source, int orderVersion) implements Noted {}

  record ShipmentNoted(Source source, ShipmentId shipmentId, Units units) implements Noted {}

  /// @param until the window's new end, counted from the delivery
  record DeliveryNoted(Source source, Instant until, int orderVersion) implements Noted {}

  /// @param full the buyer has everything back that was ever captured
  record RefundNoted(Source source, RefundId refundId, boolean full) implements Noted {}

  /// The end of the window has passed, but units are still open as known here. Private.
  record WindowOverran(OrderId orderId, Instant until) implements AfterSaleEvent {}

  /// @param afterOrderVersion whoever pays out must have read the order's stream up to here
  record AfterSaleClosed(OrderId orderId, Why why, Instant closedAt, int afterOrderVersion)
      implements AfterSaleEvent {}
}
