package marketplace.seller.domain.fulfilment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import marketplace.kernel.BuyerId;
import marketplace.kernel.CancellationId;
import marketplace.kernel.CancellationReason;
import marketplace.kernel.DisputeId;
import marketplace.kernel.LineId;
import marketplace.kernel.LineUnits;
import marketplace.kernel.OfferAnswer;
import marketplace.kernel.OfferId;
import marketplace.kernel.OrderId;
import marketplace.kernel.SellerCancellationReason;
import marketplace.kernel.SellerId;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.SilenceOutcome;
import marketplace.kernel.Units;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.Approve;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.CancelBySeller;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.Decline;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.OfferPartialRefund;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.OpenFulfilment;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.ReceiveOfferAnswer;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.ReceiveRequest;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.Ship;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.Withdraw;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.FactNoted;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.FulfilmentOpened;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.OrderNoted;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.PartialRefundOffered;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.RequestNoted;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ShipmentDispatched;

/// Ana has bought two lamps and a mug from Lin, and paid on Monday, 5 January 2026 at nine.
public final class FulfilmentFixtures {
  public static final Instant MONDAY_NINE = Instant.parse("2026-01-05T09:00:00.000Z");
  public static final Instant SHIP_BY = after(Duration.ofDays(7));

  public static final OrderId ORDER = new OrderId(uuid(1));
  public static final BuyerId ANA = new BuyerId(uuid(2));
  public static final SellerId LIN = new SellerId(uuid(3));
  public static final SellerId ANOTHER_SELLER = new SellerId(uuid(4));
  public static final LineId LAMP = new LineId(uuid(5));
  public static final LineId MUG = new LineId(uuid(6));
  public static final CancellationId REQUEST = new CancellationId(uuid(7));
  public static final CancellationId SECOND_REQUEST = new CancellationId(uuid(8));
  public static final OfferId OFFER = new OfferId(uuid(9));
  public static final ShipmentId PARCEL = new ShipmentId(uuid(10));
  public static final DisputeId DISPUTE = new DisputeId(uuid(11));

  public static final Units ALL = lampsAndMug(2, 1);
  public static final Units ONE_LAMP = Units.of(LAMP, 1);
  public static final Units TWO_LAMPS = Units.of(LAMP, 2);
  public static final Units THE_MUG = Units.of(MUG, 1);
  public static final long REFUND_IF_APPROVED = 900;

  public static final Terms TERMS = terms(SilenceOutcome.APPROVE);

  public static final OrderNoted PLACED = new OrderNoted(fact("OrderPlaced"), TERMS);
  public static final FulfilmentOpened OPENED = opened(MONDAY_NINE, true);
  public static final FulfilmentOpened OPENED_CASH_ON_DELIVERY = opened(MONDAY_NINE, false);

  /// One lamp, an hour after opening; Lin has until Thursday at ten.
  public static final Instant REQUESTED_AT = after(Duration.ofHours(1));

  public static final Instant REPLY_BY = after(Duration.ofHours(73));
  public static final RequestNoted REQUESTED = requested(REQUEST, ONE_LAMP, REQUESTED_AT);
  public static final Instant OFFERED_AT = after(Duration.ofHours(10));
  public static final Instant ANSWER_BY = after(Duration.ofHours(82));
  public static final PartialRefundOffered OFFERED =
      new PartialRefundOffered(ORDER, REQUEST, OFFER, LIN, 500, "keep it", OFFERED_AT, ANSWER_BY);

  private FulfilmentFixtures() {}

  public static UUID uuid(int n) {
    return new UUID(0x1000, 0x8000_0000_0000_0000L + n);
  }

  public static Instant after(Duration duration) {
    return MONDAY_NINE.plus(duration);
  }

  public static Instant hours(int n) {
    return after(Duration.ofHours(n));
  }

  public static NotedFact fact(String type) {
    return new NotedFact(uuid(100), type);
  }

  public static Units lampsAndMug(int lamps, int mugs) {
    return new Units(List.of(new LineUnits(LAMP, lamps), new LineUnits(MUG, mugs)));
  }

  public static Terms terms(SilenceOutcome onSilence) {
    return new Terms(
        ORDER,
        ANA,
        LIN,
        "USD",
        "STANDARD_72H",
        onSilence,
        List.of(Duration.ofHours(24), Duration.ofHours(48)),
        1,
        Duration.ofHours(72),
        Duration.ofDays(30));
  }

  public static FulfilmentOpened opened(Instant autoApproveUntil, boolean moneyCaptured) {
    return new FulfilmentOpened(
        ORDER, LIN, SHIP_BY, autoApproveUntil, moneyCaptured, ALL, MONDAY_NINE);
  }

  static OpenFulfilment open() {
    return new OpenFulfilment(fact("OrderReadyToShip"), LIN, SHIP_BY, MONDAY_NINE, true, ALL);
  }

  public static RequestNoted requested(CancellationId id, Units units, Instant at) {
    return new RequestNoted(fact("CancellationRequested"), id, asked(units, at));
  }

  public static Request.Asked asked(Units units, Instant at) {
    return new Request.Asked(
        units,
        false,
        CancellationReason.NO_LONGER_NEEDED,
        null,
        1,
        at,
        at.plus(Duration.ofHours(72)),
        REFUND_IF_APPROVED);
  }

  static ReceiveRequest request(CancellationId id, Units units, Instant at) {
    return new ReceiveRequest(fact("CancellationRequested"), id, asked(units, at));
  }

  static Approve approve() {
    return new Approve(LIN, REQUEST, null);
  }

  static Decline decline() {
    return new Decline(LIN, REQUEST, "already packed");
  }

  static OfferPartialRefund offer(long refundMinor) {
    return new OfferPartialRefund(LIN, REQUEST, OFFER, refundMinor, "keep it");
  }

  static Ship ship(Units units) {
    return new Ship(LIN, PARCEL, units, "DHL", "TRK-1", false);
  }

  static CancelBySeller cancel(Units units) {
    return new CancelBySeller(LIN, units, SellerCancellationReason.OUT_OF_STOCK, null);
  }

  static Withdraw withdraw() {
    return new Withdraw(fact("CancellationWithdrawalAsked"), REQUEST);
  }

  static ReceiveOfferAnswer answer(OfferAnswer answer, Instant at) {
    return new ReceiveOfferAnswer(fact("CancellationOfferAnswered"), REQUEST, OFFER, answer, at);
  }

  public static FactNoted noted(String type) {
    return new FactNoted(fact(type));
  }

  public static ShipmentDispatched shipped(Units units, Instant at) {
    return new ShipmentDispatched(
        ORDER, PARCEL, LIN, units, "DHL", "TRK-1", at, at.plus(Duration.ofDays(30)), null);
  }
}
