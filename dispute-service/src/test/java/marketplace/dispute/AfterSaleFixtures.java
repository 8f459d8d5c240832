package marketplace.dispute;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import marketplace.dispute.domain.AfterSaleEvent.AfterSaleClosed;
import marketplace.dispute.domain.AfterSaleEvent.CancellationNoted;
import marketplace.dispute.domain.AfterSaleEvent.DeliveryNoted;
import marketplace.dispute.domain.AfterSaleEvent.PlacementNoted;
import marketplace.dispute.domain.AfterSaleEvent.RefundNoted;
import marketplace.dispute.domain.AfterSaleEvent.ShipmentNoted;
import marketplace.dispute.domain.AfterSaleEvent.Source;
import marketplace.dispute.domain.AfterSaleEvent.UnitsCancelledNoted;
import marketplace.dispute.domain.AfterSaleEvent.Why;
import marketplace.dispute.domain.AfterSaleEvent.WindowOverran;
import marketplace.kernel.BuyerId;
import marketplace.kernel.LineId;
import marketplace.kernel.OrderId;
import marketplace.kernel.RefundId;
import marketplace.kernel.SellerId;
import marketplace.kernel.SettlementId;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.Units;

/// Ana buys two cups from Lin on a Monday at nine.
public final class AfterSaleFixtures {
  public static final Instant MONDAY_NINE = Instant.parse("2026-01-05T09:00:00Z");
  public static final OrderId ORDER = new OrderId(id(1));
  public static final BuyerId ANA = new BuyerId(id(2));
  public static final SellerId LIN = new SellerId(id(3));
  public static final LineId CUPS = new LineId(id(4));
  public static final SettlementId SETTLEMENT = new SettlementId(id(5));
  public static final ShipmentId PARCEL = new ShipmentId(id(6));
  public static final RefundId REFUND = new RefundId(id(7));
  public static final Units BOTH = Units.of(CUPS, 2);
  public static final Units ONE = Units.of(CUPS, 1);
  public static final Instant OUTER_END = days(90);
  public static final Instant DELIVERED_END = days(25);

  public static final PlacementNoted PLACED =
      new PlacementNoted(source(11, "OrderPlaced"), ORDER, ANA, LIN, BOTH, OUTER_END, 1);
  public static final UnitsCancelledNoted ONE_CANCELLED =
      new UnitsCancelledNoted(source(12, "OrderUnitsCancelled"), SETTLEMENT, ONE, 5);
  public static final CancellationNoted CANCELLED =
      new CancellationNoted(source(13, "OrderCancelled"), 6);
  public static final ShipmentNoted SHIPPED =
      new ShipmentNoted(source(14, "ShipmentDispatched"), PARCEL, BOTH);
  public static final ShipmentNoted ONE_SHIPPED =
      new ShipmentNoted(source(14, "ShipmentDispatched"), PARCEL, ONE);
  public static final DeliveryNoted DELIVERED =
      new DeliveryNoted(source(15, "OrderDelivered"), DELIVERED_END, 7);
  public static final RefundNoted FULLY_REFUNDED =
      new RefundNoted(source(16, "RefundIssued"), REFUND, true);
  public static final RefundNoted PARTLY_REFUNDED =
      new RefundNoted(source(16, "RefundIssued"), REFUND, false);
  public static final WindowOverran OVERRAN = new WindowOverran(ORDER, OUTER_END);

  private AfterSaleFixtures() {}

  public static AfterSaleClosed closed(Why why, Instant at, int afterOrderVersion) {
    return new AfterSaleClosed(ORDER, why, at, afterOrderVersion);
  }

  public static Instant days(int days) {
    return MONDAY_NINE.plus(Duration.ofDays(days));
  }

  public static Source source(int event, String type) {
    return new Source(id(event), type);
  }

  public static UUID id(int number) {
    return new UUID(0x4000L, 0x8000_0000_0000_0000L | number);
  }
}
