package marketplace.order.messaging;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.UnaryOperator;
import marketplace.contracts.ContractJson;
import marketplace.eventsourcing.EventCodec;
import marketplace.order.domain.Effect;
import marketplace.order.domain.OrderEvent;
import marketplace.order.domain.buyer.BuyerEvent;
import marketplace.order.domain.coupon.CouponEvent;

/// The names of events of orders and coupons on disk, and of what is noted of others' facts. Never
/// changed: a new shape is a new name beside the old one.
public final class OrderCodec {
  private OrderCodec() {}

  public static EventCodec<OrderEvent> codec() {
    return new EventCodec<OrderEvent>(mapper())
        // Without a coupon, which is all that today's shape has more.
        .reads("order.placed.v1", OrderEvent.OrderPlaced.class, UnaryOperator.identity())
        .writes("order.placed.v2", OrderEvent.OrderPlaced.class)
        .writes("order.ready-to-ship.v1", OrderEvent.OrderReadyToShip.class)
        .writes("order.cancellation-requested.v1", OrderEvent.CancellationRequested.class)
        .writes(
            "order.cancellation-withdrawal-asked.v1", OrderEvent.CancellationWithdrawalAsked.class)
        .writes("order.cancellation-offer-answered.v1", OrderEvent.CancellationOfferAnswered.class)
        .writes("order.units-cancelled.v1", OrderEvent.OrderUnitsCancelled.class)
        .writes("order.cancelled.v1", OrderEvent.OrderCancelled.class)
        .writes("order.delivered.v1", OrderEvent.OrderDelivered.class)
        .writes("order.receipt-confirmed.v1", OrderEvent.ReceiptConfirmed.class)
        .writes("order.completed.v1", OrderEvent.OrderCompleted.class)
        .writes("order.seller-reviewed.v1", OrderEvent.SellerReviewed.class)
        .writes("order.coupon-restored.v1", OrderEvent.CouponRestored.class)
        .writes("order.coupon-forfeited.v1", OrderEvent.CouponForfeited.class)
        .writes("order.buyer-notified.v1", OrderEvent.BuyerNotified.class)
        .writes("order.noted.v1", OrderEvent.Noted.class);
  }

  public static EventCodec<CouponEvent> coupons() {
    return new EventCodec<CouponEvent>(ContractJson.mapper())
        .writes("coupon.granted.v1", CouponEvent.CouponGranted.class)
        .writes("coupon.used.v1", CouponEvent.CouponUsed.class)
        .writes("coupon.given-back.v1", CouponEvent.CouponGivenBack.class)
        .writes("coupon.forfeited.v1", CouponEvent.CouponForfeited.class);
  }

  /// The names of what is stored about buyers themselves.
  public static EventCodec<BuyerEvent> buyers() {
    return new EventCodec<BuyerEvent>(ContractJson.mapper())
        .writes("buyer.data-erased.v1", BuyerEvent.DataErased.class);
  }

  private static ObjectMapper mapper() {
    return ContractJson.mapper().copy().addMixIn(Effect.class, NamedEffect.class);
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(name = "payment-authorized", value = Effect.PaymentAuthorized.class),
    @JsonSubTypes.Type(name = "payment-captured", value = Effect.PaymentCaptured.class),
    @JsonSubTypes.Type(name = "payment-failed", value = Effect.PaymentFailed.class),
    @JsonSubTypes.Type(name = "payment-voided", value = Effect.PaymentVoided.class),
    @JsonSubTypes.Type(name = "processing-started", value = Effect.ProcessingStarted.class),
    @JsonSubTypes.Type(name = "request-granted", value = Effect.RequestGranted.class),
    @JsonSubTypes.Type(name = "request-ended", value = Effect.RequestEnded.class),
    @JsonSubTypes.Type(name = "offer-made", value = Effect.OfferMade.class),
    @JsonSubTypes.Type(name = "offer-rejected", value = Effect.OfferRejected.class),
    @JsonSubTypes.Type(name = "units-cancelled", value = Effect.UnitsCancelled.class),
    @JsonSubTypes.Type(name = "parcel-dispatched", value = Effect.ParcelDispatched.class),
    @JsonSubTypes.Type(name = "parcel-reported", value = Effect.ParcelReported.class),
    @JsonSubTypes.Type(name = "refund-requested", value = Effect.RefundRequested.class),
    @JsonSubTypes.Type(name = "refund-issued", value = Effect.RefundIssued.class),
    @JsonSubTypes.Type(name = "refund-settled", value = Effect.RefundSettled.class),
    @JsonSubTypes.Type(name = "refund-denied", value = Effect.RefundDenied.class),
    @JsonSubTypes.Type(name = "after-sale-closed", value = Effect.AfterSaleClosed.class),
    @JsonSubTypes.Type(name = "case-opened", value = Effect.CaseOpened.class),
    @JsonSubTypes.Type(name = "case-moved", value = Effect.CaseMoved.class),
    @JsonSubTypes.Type(name = "units-returned", value = Effect.UnitsReturned.class),
    @JsonSubTypes.Type(name = "seen", value = Effect.Seen.class)
  })
  private interface NamedEffect {}
}
