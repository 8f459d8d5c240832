package marketplace.dispute.domain;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import marketplace.dispute.domain.AfterSaleEvent.CancellationNoted;
import marketplace.dispute.domain.AfterSaleEvent.ContactNoted;
import marketplace.dispute.domain.AfterSaleEvent.DeliveryNoted;
import marketplace.dispute.domain.AfterSaleEvent.Noted;
import marketplace.dispute.domain.AfterSaleEvent.ParcelNoted;
import marketplace.dispute.domain.AfterSaleEvent.PlacementNoted;
import marketplace.dispute.domain.AfterSaleEvent.ReceiptNoted;
import marketplace.dispute.domain.AfterSaleEvent.RefundNoted;
import marketplace.dispute.domain.AfterSaleEvent.RequestEndedNoted;
import marketplace.dispute.domain.AfterSaleEvent.ReturnAgreedNoted;
import marketplace.dispute.domain.AfterSaleEvent.ShipmentNoted;
import marketplace.dispute.domain.AfterSaleEvent.StopNoted;
import marketplace.dispute.domain.AfterSaleEvent.StopRefusedNoted;
import marketplace.dispute.domain.AfterSaleEvent.UnitsCancelledNoted;
import marketplace.kernel.Units;

/// What is known here of an order, and which facts said so.
///
/// @param dueMinor collected with the delivery, where it was to be paid then
/// @param refundedMinor the sum of the refunds seen
/// @param contacted has the buyer ever written to the seller?
/// @param requestRefused was the last cancellation request that ended refused?
/// @param agreed what the seller would take back
/// @param facts natural keys of the facts that were taken in: a fact repeated under a new event id
///   is recognised by them
/// @param orderVersion the highest version of the order's stream among the facts that the ledger
///   reads too
public record OrderFile(
    Sale sale,
    Goods goods,
    long dueMinor,
    long refundedMinor,
    boolean contacted,
    boolean requestRefused,
    Units agreed,
    Set<String> facts,
    int orderVersion) {

  public OrderFile {
    facts = Set.copyOf(facts);
  }

  static OrderFile of(PlacementNoted placed) {
    return new OrderFile(
        placed.sale(),
        Goods.allOpen(placed.sale().units()),
        0,
        0,
        false,
        false,
        Units.NONE,
        Set.of(keyOf(placed)),
        versionOf(placed));
  }

  /// What the ledger could still give back, as far as is known here; it decides in the end.
  long refundableMinor() {
    var paid = sale.cashOnDelivery() ? dueMinor : sale.totalMinor();
    return Math.max(0, paid - refundedMinor);
  }

  boolean knows(Noted fact) {
    return facts.contains(keyOf(fact));
  }

  OrderFile with(Goods next) {
    return new OrderFile(
        sale,
        next,
        dueMinor,
        refundedMinor,
        contacted,
        requestRefused,
        agreed,
        facts,
        orderVersion);
  }

  OrderFile with(Noted fact) {
    var known = new HashSet<>(facts);
    known.add(keyOf(fact));
    return new OrderFile(
        sale,
        goods(fact),
        fact instanceof DeliveryNoted noted ? noted.dueMinor() : dueMinor,
        fact instanceof RefundNoted noted
            ? Math.max(refundedMinor, noted.totalRefundedMinor())
            : refundedMinor,
        contacted || fact instanceof ContactNoted,
        fact instanceof RequestEndedNoted noted ? noted.refused() : requestRefused,
        fact instanceof ReturnAgreedNoted noted ? agreed.plus(noted.units()) : agreed,
        known,
        Math.max(orderVersion, versionOf(fact)));
  }

  private Goods goods(Noted fact) {
    return switch (fact) {
      case UnitsCancelledNoted noted -> goods.cancel(noted.units());
      case ShipmentNoted noted ->
          goods.send(
              new Parcel(
                  noted.shipmentId(),
                  noted.units(),
                  noted.trackingNumber(),
                  noted.deliverBy(),
                  Parcel.State.DISPATCHED));
      case ParcelNoted noted -> goods.report(noted.shipmentId(), noted.state());
      case DeliveryNoted noted -> noted.confirmed() ? goods.confirm() : goods;
      case ReceiptNoted _ -> goods.confirm();
      case PlacementNoted _,
          CancellationNoted _,
          RequestEndedNoted _,
          ContactNoted _,
          ReturnAgreedNoted _,
          RefundNoted _,
          StopNoted _,
          StopRefusedNoted _ ->
          goods;
    };
  }

  private static String keyOf(Noted fact) {
    return switch (fact) {
      case PlacementNoted _ -> "placed";
      case CancellationNoted _ -> "cancelled";
      case DeliveryNoted _ -> "delivered";
      case ReceiptNoted _ -> "receipt";
      case UnitsCancelledNoted noted -> key("settlement", noted.settlementId().value());
      case ShipmentNoted noted -> key("shipment", noted.shipmentId().value());
      case ParcelNoted noted -> key("parcel", noted.shipmentId().value()) + noted.state();
      case RefundNoted noted -> key("refund", noted.refundId().value());
      case RequestEndedNoted noted -> key("request", noted.cancellationId().value());
      case ContactNoted noted -> key("message", noted.messageId().value());
      // It has no id of its own: the same units at the same instant are the same agreement.
      case ReturnAgreedNoted noted -> "agreed:" + noted.agreedAt() + noted.units();
      case StopNoted noted -> key("stop", noted.disputeId().value());
      // One dispute can be ruled twice, and both rulings can come too late.
      case StopRefusedNoted noted ->
          key("stop-refused", noted.disputeId().value()) + noted.refusedAt();
    };
  }

  private static String key(String kind, UUID id) {
    return kind + ":" + id;
  }

  /// 0 where the fact is not of the order's stream, or the ledger never reads it, or it was
  /// injected without a version.
  private static int versionOf(Noted fact) {
    return switch (fact) {
      case PlacementNoted noted -> noted.orderVersion();
      case CancellationNoted noted -> noted.orderVersion();
      case DeliveryNoted noted -> noted.orderVersion();
      case UnitsCancelledNoted noted -> noted.orderVersion();
      case ShipmentNoted _,
          ParcelNoted _,
          ReceiptNoted _,
          RequestEndedNoted _,
          ContactNoted _,
          ReturnAgreedNoted _,
          RefundNoted _,
          StopNoted _,
          StopRefusedNoted _ ->
          0;
    };
  }
}
