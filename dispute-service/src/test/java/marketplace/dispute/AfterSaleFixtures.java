package marketplace.dispute;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import marketplace.dispute.domain.Actor;
import marketplace.dispute.domain.AfterSaleEvent.AfterSaleClosed;
import marketplace.dispute.domain.AfterSaleEvent.CancellationNoted;
import marketplace.dispute.domain.AfterSaleEvent.ContactNoted;
import marketplace.dispute.domain.AfterSaleEvent.DeliveryNoted;
import marketplace.dispute.domain.AfterSaleEvent.ParcelNoted;
import marketplace.dispute.domain.AfterSaleEvent.PlacementNoted;
import marketplace.dispute.domain.AfterSaleEvent.RefundNoted;
import marketplace.dispute.domain.AfterSaleEvent.RequestEndedNoted;
import marketplace.dispute.domain.AfterSaleEvent.ShipmentNoted;
import marketplace.dispute.domain.AfterSaleEvent.Source;
import marketplace.dispute.domain.AfterSaleEvent.UnitsCancelledNoted;
import marketplace.dispute.domain.AfterSaleEvent.Why;
import marketplace.dispute.domain.AfterSaleEvent.WindowOverran;
import marketplace.dispute.domain.Evidence;
import marketplace.dispute.domain.Parcel;
import marketplace.dispute.domain.Sale;
import marketplace.kernel.BuyerId;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.CancellationId;
import marketplace.kernel.CaseParty;
import marketplace.kernel.DisputeId;
import marketplace.kernel.EvidenceId;
import marketplace.kernel.LineId;
import marketplace.kernel.MessageId;
import marketplace.kernel.OfferId;
import marketplace.kernel.OrderId;
import marketplace.kernel.Policies;
import marketplace.kernel.RefundId;
import marketplace.kernel.ReturnId;
import marketplace.kernel.ReturnPolicy;
import marketplace.kernel.SellerId;
import marketplace.kernel.SettlementId;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.Units;

/// Ana buys two cups from Lin on a Monday at nine: 12.34 for the cups, 2.66 for the way.
public final class AfterSaleFixtures {
  public static final Instant MONDAY_NINE = Instant.parse("2026-01-05T09:00:00Z");
  public static final OrderId ORDER = new OrderId(id(1));
  public static final BuyerId ANA = new BuyerId(id(2));
  public static final SellerId LIN = new SellerId(id(3));
  public static final LineId CUPS = new LineId(id(4));
  public static final SettlementId SETTLEMENT = new SettlementId(id(5));
  public static final ShipmentId PARCEL = new ShipmentId(id(6));
  public static final RefundId REFUND = new RefundId(id(7));
  public static final DisputeId DISPUTE = new DisputeId(id(20));
  public static final ReturnId RETURN = new ReturnId(id(21));
  public static final OfferId OFFER = new OfferId(id(22));
  public static final CancellationId REQUEST = new CancellationId(id(23));
  public static final Units BOTH = Units.of(CUPS, 2);
  public static final Units ONE = Units.of(CUPS, 1);
  public static final Instant OUTER_END = days(90);
  public static final Instant DELIVERED_END = days(25);
  public static final long EACH = 617;
  public static final long FEE = 266;
  public static final long TOTAL = 2 * EACH + FEE;

  public static final Actor BUYER = new Actor(CaseParty.BUYER, ANA.value());
  public static final Actor SELLER = new Actor(CaseParty.SELLER, LIN.value());
  public static final Actor MEDIATOR = new Actor(CaseParty.PLATFORM, id(30));
  public static final Evidence.Piece PHOTO =
      new Evidence.Piece(new EvidenceId(id(40)), "image/png", 1234, "ab".repeat(32), "The cup");

  public static final PlacementNoted PLACED = placed(ReturnPolicy.BUYER_PAYS, false);
  public static final UnitsCancelledNoted ONE_CANCELLED =
      unitsCancelled(ONE, CancellationCause.SELLER_CANCELLED);
  public static final CancellationNoted CANCELLED =
      new CancellationNoted(source(13, "OrderCancelled"), CancellationCause.SELLER_CANCELLED, 6);
  public static final ShipmentNoted SHIPPED = shipped(BOTH);
  public static final ShipmentNoted ONE_SHIPPED = shipped(ONE);
  public static final ParcelNoted ARRIVED = parcel(Parcel.State.DELIVERED);
  public static final DeliveryNoted DELIVERED =
      new DeliveryNoted(source(15, "OrderDelivered"), DELIVERED_END, false, 0, 7);
  public static final RefundNoted FULLY_REFUNDED =
      new RefundNoted(source(16, "RefundIssued"), REFUND, true, TOTAL);
  public static final RefundNoted PARTLY_REFUNDED =
      new RefundNoted(source(16, "RefundIssued"), REFUND, false, 500);
  public static final ContactNoted CONTACTED =
      new ContactNoted(source(17, "MessageSent"), new MessageId(id(24)));
  public static final RequestEndedNoted REFUSED =
      new RequestEndedNoted(source(18, "SellerDeclined"), REQUEST, true);
  public static final WindowOverran OVERRAN = new WindowOverran(ORDER, OUTER_END);

  private AfterSaleFixtures() {}

  public static PlacementNoted placed(ReturnPolicy policy, boolean cashOnDelivery) {
    return new PlacementNoted(
        source(11, "OrderPlaced"),
        new Sale(
            ORDER,
            ANA,
            LIN,
            "USD",
            List.of(new Sale.Line(CUPS, 2, 2 * EACH, policy)),
            FEE,
            TOTAL,
            cashOnDelivery,
            Sale.Terms.of(Policies.STANDARD_72H)),
        OUTER_END,
        1);
  }

  public static UnitsCancelledNoted unitsCancelled(Units units, CancellationCause cause) {
    return new UnitsCancelledNoted(source(12, "OrderUnitsCancelled"), SETTLEMENT, cause, units, 5);
  }

  /// Dispatched on the day after; due a month later.
  public static ShipmentNoted shipped(Units units) {
    return new ShipmentNoted(source(14, "ShipmentDispatched"), PARCEL, units, "TRK-1", days(31));
  }

  public static ParcelNoted parcel(Parcel.State state) {
    return new ParcelNoted(source(19, "Parcel" + state), PARCEL, state);
  }

  public static AfterSaleClosed closed(Why why, Instant at, int afterOrderVersion) {
    return new AfterSaleClosed(ORDER, why, at, afterOrderVersion);
  }

  public static Instant days(int days) {
    return MONDAY_NINE.plus(Duration.ofDays(days));
  }

  public static Instant hours(int hours) {
    return MONDAY_NINE.plus(Duration.ofHours(hours));
  }

  public static Source source(int event, String type) {
    return new Source(id(event), type);
  }

  public static UUID id(int number) {
    return new UUID(0x4000L, 0x8000_0000_0000_0000L | number);
  }
}
