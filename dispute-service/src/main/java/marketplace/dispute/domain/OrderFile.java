package marketplace.dispute.domain;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import marketplace.dispute.domain.AfterSaleEvent.CancellationNoted;
import marketplace.dispute.domain.AfterSaleEvent.DeliveryNoted;
import marketplace.dispute.domain.AfterSaleEvent.Noted;
import marketplace.dispute.domain.AfterSaleEvent.PlacementNoted;
import marketplace.dispute.domain.AfterSaleEvent.RefundNoted;
import marketplace.dispute.domain.AfterSaleEvent.ShipmentNoted;
import marketplace.dispute.domain.AfterSaleEvent.UnitsCancelledNoted;
import marketplace.kernel.BuyerId;
import marketplace.kernel.OrderId;
import marketplace.kernel.SellerId;
import marketplace.kernel.Units;

/// What is known here of an order: whose it is, where its units are, and which facts said so.
///
/// @param open ordered, neither cancelled nor shipped as known here
/// @param facts natural keys of the facts that were taken in: a fact repeated under a new event id
///   is recognised by them
/// @param orderVersion the highest version of the order's stream among the facts that the ledger
///   reads too
public record OrderFile(
    OrderId orderId,
    BuyerId buyerId,
    SellerId sellerId,
    Units open,
    Units shipped,
    Set<String> facts,
    int orderVersion) {

  public OrderFile {
    facts = Set.copyOf(facts);
  }

  static OrderFile of(PlacementNoted placed) {
    return new OrderFile(
        placed.orderId(),
        placed.buyerId(),
        placed.sellerId(),
        placed.units(),
        Units.NONE,
        Set.of(keyOf(placed)),
        versionOf(placed));
  }

  /// Is every unit of a real sale on its way or gone? Then nothing can happen to the order but what
  /// happens after a sale.
  boolean settled() {
    return open.isEmpty() && !shipped.isEmpty();
  }

  boolean knows(Noted fact) {
    return facts.contains(keyOf(fact));
  }

  OrderFile with(Noted fact) {
    var known = new HashSet<>(facts);
    known.add(keyOf(fact));
    return new OrderFile(
        orderId,
        buyerId,
        sellerId,
        switch (fact) {
          case UnitsCancelledNoted noted -> open.minus(noted.units());
          case ShipmentNoted noted -> open.minus(noted.units());
          case PlacementNoted _, CancellationNoted _, DeliveryNoted _, RefundNoted _ -> open;
        },
        fact instanceof ShipmentNoted noted ? shipped.plus(noted.units()) : shipped,
        known,
        Math.max(orderVersion, versionOf(fact)));
  }

  private static String keyOf(Noted fact) {
    return switch (fact) {
      case PlacementNoted _ -> "placed";
      case CancellationNoted _ -> "cancelled";
      case DeliveryNoted _ -> "delivered";
      case UnitsCancelledNoted noted -> key("settlement", noted.settlementId().value());
      case ShipmentNoted noted -> key("shipment", noted.shipmentId().value());
      case RefundNoted noted -> key("refund", noted.refundId().value());
    };
  }

  private static String key(String kind, UUID id) {
    return kind + ":" + id;
  }

  /// 0 where the fact is not of the order's stream, or was injected without a version.
  private static int versionOf(Noted fact) {
    return switch (fact) {
      case PlacementNoted noted -> noted.orderVersion();
      case CancellationNoted noted -> noted.orderVersion();
      case DeliveryNoted noted -> noted.orderVersion();
      case UnitsCancelledNoted noted -> noted.orderVersion();
      case ShipmentNoted _, RefundNoted _ -> 0;
    };
  }
}
