package marketplace.order.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import marketplace.eventsourcing.Ids;
import marketplace.kernel.AddressId;
import marketplace.kernel.BuyerId;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.CancellationId;
import marketplace.kernel.CancellationReason;
import marketplace.kernel.Fault;
import marketplace.kernel.LineId;
import marketplace.kernel.LineUnits;
import marketplace.kernel.OfferId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.Policies;
import marketplace.kernel.ProductId;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundId;
import marketplace.kernel.ReturnPolicy;
import marketplace.kernel.SellerId;
import marketplace.kernel.SellerType;
import marketplace.kernel.SettlementId;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.Units;
import marketplace.order.domain.OrderCommand.PlaceOrder;
import marketplace.order.domain.OrderCommand.RequestCancellation;
import marketplace.order.domain.OrderCommand.Sold;
import marketplace.order.domain.OrderCommand.TakeNote;
import marketplace.order.domain.OrderEvent.CancellationRequested;
import marketplace.order.domain.OrderEvent.Destination;
import marketplace.order.domain.OrderEvent.Line;
import marketplace.order.domain.OrderEvent.Noted;
import marketplace.order.domain.OrderEvent.OrderCancelled;
import marketplace.order.domain.OrderEvent.OrderPlaced;
import marketplace.order.domain.OrderEvent.OrderReadyToShip;
import marketplace.order.domain.OrderEvent.OrderUnitsCancelled;
import marketplace.order.domain.OrderEvent.ReadyBecause;
import marketplace.order.domain.OrderEvent.Terms;
import org.jspecify.annotations.Nullable;

/// One order, told as a little story: on Monday at nine Ana buys three cables and a mug from Lin,
/// for 46.97 USD and 3.50 of shipping.
public final class OrderFixtures {
  public static final Instant MONDAY = Instant.parse("2026-01-05T09:00:00.000Z");
  public static final OrderId ORDER = new OrderId(id("order"));
  public static final BuyerId ANA = new BuyerId(id("ana"));
  public static final BuyerId SOMEBODY = new BuyerId(id("somebody"));
  public static final SellerId LIN = new SellerId(id("lin"));
  public static final ProductId CABLE = new ProductId(id("cable"));
  public static final ProductId MUG = new ProductId(id("mug"));
  public static final LineId CABLES = new LineId(Ids.nameBased("line", ORDER + "/0"));
  public static final LineId MUGS = new LineId(Ids.nameBased("line", ORDER + "/1"));
  public static final Destination HOME = new Destination(new AddressId(id("home")), "US");
  public static final CancellationId REQUEST = new CancellationId(id("request"));
  public static final CancellationId ANOTHER = new CancellationId(id("another"));
  public static final OfferId OFFER = new OfferId(id("offer"));
  public static final PaymentId PAYMENT = new PaymentId(id("payment"));
  public static final RefundId REFUND = new RefundId(id("refund"));
  public static final ShipmentId PARCEL = new ShipmentId(id("parcel"));
  public static final long TOTAL = 4697 + 350;

  public static final Product CABLE_ON_SALE =
      new Product(CABLE, LIN, SellerType.STANDARD, "Cable", 899, "USD", Set.of(), false);
  public static final Product MUG_ON_SALE =
      new Product(MUG, LIN, SellerType.STANDARD, "Mug", 2000, "USD", Set.of("US"), true);

  public static final Units ALL =
      new Units(List.of(new LineUnits(CABLES, 3), new LineUnits(MUGS, 1)));
  public static final Units ONE_CABLE = Units.of(CABLES, 1);
  public static final Units TWO_CABLES = Units.of(CABLES, 2);
  public static final Units REST =
      new Units(List.of(new LineUnits(CABLES, 2), new LineUnits(MUGS, 1)));

  public static final OrderPlaced PLACED = placedBy(PaymentMethod.CARD, after(20 * 24));
  public static final OrderPlaced PLACED_ON_DELIVERY =
      placedBy(PaymentMethod.CASH_ON_DELIVERY, null);

  public static final Effect.PaymentAuthorized AUTHORIZED =
      new Effect.PaymentAuthorized(PAYMENT, PaymentMethod.CARD, TOTAL);
  public static final Effect.PaymentCaptured CAPTURED =
      new Effect.PaymentCaptured(PAYMENT, PaymentMethod.CARD, TOTAL);
  public static final OrderReadyToShip READY = readyAt(MONDAY, ReadyBecause.PAID);
  public static final OrderReadyToShip READY_ON_DELIVERY =
      readyAt(MONDAY, ReadyBecause.CASH_ON_DELIVERY);
  public static final List<OrderEvent> PAID =
      List.of(PLACED, noted(AUTHORIZED), noted(CAPTURED), READY);
  public static final List<OrderEvent> ON_DELIVERY = List.of(PLACED_ON_DELIVERY, READY_ON_DELIVERY);

  public static final CancellationRequested REQUESTED = requested(REQUEST, ALL, 1);
  public static final Effect.OfferMade OFFERED =
      new Effect.OfferMade(REQUEST, OFFER, 4000, null, after(82));
  public static final Effect.ParcelDispatched ALL_SHIPPED = dispatched(PARCEL, ALL, null);
  public static final Effect.ParcelReported ARRIVED =
      new Effect.ParcelReported(PARCEL, Parcel.State.DELIVERED, after(200));

  private OrderFixtures() {}

  public static UUID id(String name) {
    return Ids.nameBased("story", name);
  }

  public static Instant after(int hours) {
    return MONDAY.plus(Duration.ofHours(hours));
  }

  public static PlaceOrder place(PaymentMethod method) {
    return new PlaceOrder(
        ORDER,
        ANA,
        LIN,
        List.of(new Sold(CABLE_ON_SALE, 3), new Sold(MUG_ON_SALE, 1)),
        350,
        null,
        method,
        HOME,
        Policies.STANDARD_72H,
        null,
        null);
  }

  private static OrderPlaced placedBy(PaymentMethod method, @Nullable Instant payBy) {
    return new OrderPlaced(
        ORDER,
        ANA,
        LIN,
        "USD",
        List.of(
            new Line(CABLES, CABLE, "Cable", 899, 3, 2697, ReturnPolicy.NONE),
            new Line(MUGS, MUG, "Mug", 2000, 1, 2000, ReturnPolicy.FREE)),
        350,
        null,
        method,
        HOME,
        MONDAY,
        payBy,
        Terms.of(Policies.STANDARD_72H),
        null,
        null);
  }

  public static OrderReadyToShip readyAt(Instant at, ReadyBecause basis) {
    return new OrderReadyToShip(ORDER, LIN, basis, at, at.plus(Duration.ofDays(7)), at, ALL);
  }

  public static RequestCancellation request(@Nullable Units units) {
    return new RequestCancellation(ANA, REQUEST, units, CancellationReason.NO_LONGER_NEEDED, null);
  }

  public static CancellationRequested requested(CancellationId id, Units units, int attempt) {
    return new CancellationRequested(
        ORDER,
        id,
        ANA,
        LIN,
        units,
        units.equals(ALL),
        CancellationReason.NO_LONGER_NEEDED,
        null,
        attempt,
        after(2),
        after(74),
        units.equals(ALL) ? TOTAL : 899L * units.of(CABLES) + 2000L * units.of(MUGS));
  }

  public static Effect.ParcelDispatched dispatched(
      ShipmentId id, Units units, @Nullable CancellationId closes) {
    return new Effect.ParcelDispatched(id, units, after(20), after(20 + 30 * 24), closes);
  }

  public static Effect.RequestGranted granted(CancellationId id, Units units) {
    return new Effect.RequestGranted(id, CancellationCause.SELLER_APPROVED, units, null);
  }

  public static Effect.UnitsCancelled sellerCancels(
      Units units, @Nullable CancellationId closes, @Nullable Integer position) {
    return new Effect.UnitsCancelled(
        CancellationCause.SELLER_CANCELLED, Fault.SELLER, units, after(5), closes, position);
  }

  /// What was granted to the buyer's request, at once with the note.
  public static OrderUnitsCancelled cancelled(
      CancellationId id, Units units, long refundMinor, long feeMinor, Instant at) {
    return new OrderUnitsCancelled(
        ORDER,
        settlementOf(id.value()),
        id,
        CancellationCause.SELLER_APPROVED,
        Fault.BUYER,
        units,
        refundMinor,
        feeMinor,
        0,
        units.equals(ALL),
        at);
  }

  public static OrderCancelled allCancelled(Instant at) {
    return new OrderCancelled(ORDER, CancellationCause.SELLER_APPROVED, Fault.BUYER, false, at);
  }

  public static SettlementId settlementOf(UUID decision) {
    return new SettlementId(Ids.nameBased("settlement", decision.toString()));
  }

  public static Effect.RefundRequested refundRequested(UUID causeId, long amount) {
    return new Effect.RefundRequested(REFUND, RefundCause.CANCELLATION, causeId, amount);
  }

  public static Effect.RefundIssued refundIssued(UUID causeId, long amount) {
    return new Effect.RefundIssued(REFUND, RefundCause.CANCELLATION, causeId, amount);
  }

  public static TakeNote note(Effect effect) {
    return new TakeNote(id("fact of " + effect), effect.getClass().getSimpleName(), effect);
  }

  public static Noted noted(Effect effect) {
    var note = note(effect);
    return new Noted(ORDER, note.eventId(), note.eventType(), effect);
  }
}
