package marketplace.order.messaging;

import static marketplace.order.domain.OrderFixtures.ALL;
import static marketplace.order.domain.OrderFixtures.ANA;
import static marketplace.order.domain.OrderFixtures.ANOTHER;
import static marketplace.order.domain.OrderFixtures.ARRIVED;
import static marketplace.order.domain.OrderFixtures.AUTHORIZED;
import static marketplace.order.domain.OrderFixtures.CABLE;
import static marketplace.order.domain.OrderFixtures.CAPTURED;
import static marketplace.order.domain.OrderFixtures.LIN;
import static marketplace.order.domain.OrderFixtures.OFFER;
import static marketplace.order.domain.OrderFixtures.OFFERED;
import static marketplace.order.domain.OrderFixtures.ORDER;
import static marketplace.order.domain.OrderFixtures.PAYMENT;
import static marketplace.order.domain.OrderFixtures.PLACED;
import static marketplace.order.domain.OrderFixtures.PLACED_ON_DELIVERY;
import static marketplace.order.domain.OrderFixtures.READY;
import static marketplace.order.domain.OrderFixtures.REFUND;
import static marketplace.order.domain.OrderFixtures.REQUEST;
import static marketplace.order.domain.OrderFixtures.REQUESTED;
import static marketplace.order.domain.OrderFixtures.TOTAL;
import static marketplace.order.domain.OrderFixtures.after;
import static marketplace.order.domain.OrderFixtures.allCancelled;
import static marketplace.order.domain.OrderFixtures.cancelled;
import static marketplace.order.domain.OrderFixtures.dispatched;
import static marketplace.order.domain.OrderFixtures.granted;
import static marketplace.order.domain.OrderFixtures.id;
import static marketplace.order.domain.OrderFixtures.noted;
import static marketplace.order.domain.OrderFixtures.refundIssued;
import static marketplace.order.domain.OrderFixtures.refundRequested;
import static marketplace.order.domain.OrderFixtures.sellerCancels;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import marketplace.contracts.MessageFamily;
import marketplace.eventsourcing.EventCodec;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.CaseType;
import marketplace.kernel.CouponId;
import marketplace.kernel.CouponIssuer;
import marketplace.kernel.CouponLoss;
import marketplace.kernel.NoticeDetails;
import marketplace.kernel.NotificationId;
import marketplace.kernel.OfferAnswer;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundChannel;
import marketplace.kernel.ShipmentId;
import marketplace.order.domain.BuyerTemplate;
import marketplace.order.domain.Cases;
import marketplace.order.domain.Effect;
import marketplace.order.domain.OrderEvent;
import marketplace.order.domain.OrderEvent.DeliveredBecause;
import marketplace.order.domain.Request;
import marketplace.order.domain.UsedCoupon;
import marketplace.order.domain.buyer.BuyerEvent;
import marketplace.order.domain.coupon.Coupon;
import marketplace.order.domain.coupon.CouponEvent;
import marketplace.testkit.GoldenFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The promise to the others, and to the disk: what is written today is read for ever.
class OrderMessagesTest {
  private final EventCodec<OrderEvent> codec = OrderCodec.codec();
  private final OrderPublications publications = new OrderPublications();

  @TestFactory
  Stream<DynamicTest> each_event_is_stored_as_promised_and_read_back() {
    return examples().entrySet().stream()
        .map(example ->
            DynamicTest.dynamicTest(
                example.getKey(),
                () -> {
                  var name = codec.nameOf(example.getValue());
                  var file = "stored/" + example.getKey() + ".json";
                  GoldenFile.assertMatches(file, codec.encode(example.getValue()));
                  assertThat(codec.decode(name, GoldenFile.read(file)))
                      .isEqualTo(example.getValue());
                }));
  }

  @Test
  void an_order_from_before_coupons_is_still_read() {
    for (var example : List.of("", "-on-delivery")) {
      var stored = GoldenFile.read("stored/order.placed.v1" + example + ".json");
      assertThat(codec.decode("order.placed.v1", stored))
          .isEqualTo(example.isEmpty() ? PLACED : PLACED_ON_DELIVERY);
    }
  }

  @Test
  void the_event_of_a_buyer_is_stored_as_promised() {
    var codec = OrderCodec.buyers();
    var event = new BuyerEvent.DataErased(after(4));
    GoldenFile.assertMatches("stored/buyer.data-erased.v1.json", codec.encode(event));
    assertThat(
            codec.decode(
                "buyer.data-erased.v1", GoldenFile.read("stored/buyer.data-erased.v1.json")))
        .isEqualTo(event);
    assertThat(codec.readable()).containsOnlyKeys("buyer.data-erased.v1");
  }

  @TestFactory
  Stream<DynamicTest> each_event_of_coupons_is_stored_as_promised_and_told_to_nobody() {
    var coupons = OrderCodec.coupons();
    Map<String, CouponEvent> examples =
        Map.of(
            "coupon.granted.v1", new CouponEvent.CouponGranted(ANA, loyal()),
            "coupon.used.v1", new CouponEvent.CouponUsed(COUPON, ORDER),
            "coupon.given-back.v1", new CouponEvent.CouponGivenBack(COUPON, ORDER),
            "coupon.forfeited.v1",
                new CouponEvent.CouponForfeited(COUPON, ORDER, CouponLoss.EXPIRED));
    assertThat(examples.keySet()).isEqualTo(coupons.readable().keySet());
    return examples.entrySet().stream()
        .map(example ->
            DynamicTest.dynamicTest(
                example.getKey(),
                () -> {
                  var file = "stored/" + example.getKey() + ".json";
                  GoldenFile.assertMatches(file, coupons.encode(example.getValue()));
                  assertThat(coupons.decode(example.getKey(), GoldenFile.read(file)))
                      .isEqualTo(example.getValue());
                }));
  }

  private static final CouponId COUPON = new CouponId(id("coupon"));

  private static Coupon loyal() {
    return new Coupon(
        COUPON, "LOYAL", CouponIssuer.SELLER, LIN, "USD", 840, 2_000, List.of(CABLE), after(1_000));
  }

  private static OrderEvent placedWithCoupon() {
    return new OrderEvent.OrderPlaced(
        PLACED.orderId(),
        PLACED.buyerId(),
        PLACED.sellerId(),
        PLACED.currency(),
        PLACED.lines(),
        PLACED.shippingFeeMinor(),
        new UsedCoupon(
            COUPON,
            "LOYAL",
            CouponIssuer.SELLER,
            List.of(PLACED.lines().getFirst().lineId()),
            after(1_000)),
        PLACED.paymentMethod(),
        PLACED.deliverTo(),
        PLACED.placedAt(),
        PLACED.payBy(),
        PLACED.terms(),
        null,
        null);
  }

  @TestFactory
  Stream<DynamicTest> each_event_is_told_as_promised_or_not_at_all() {
    return examples().entrySet().stream()
        .map(example ->
            DynamicTest.dynamicTest(
                example.getKey(),
                () -> {
                  var message = publications.messageFor(stored(example.getValue()));
                  if (example.getValue() instanceof OrderEvent.Noted) {
                    assertThat(message).isEmpty();
                    return;
                  }
                  var told = message.orElseThrow();
                  assertThat(told.topic()).isEqualTo("order.events.v1");
                  assertThat(told.key()).isEqualTo(ORDER.toString());
                  GoldenFile.assertMatches(
                      "messages/" + example.getKey() + ".json",
                      told.type() + "\n" + told.dataSchema() + "\n" + told.data());
                  MessageFamily.ORDER.read(
                      told.type(), told.data().getBytes(StandardCharsets.UTF_8));
                }));
  }

  @Test
  void there_is_an_example_of_every_name_and_of_every_effect() {
    var names = examples().values().stream().map(codec::nameOf).collect(Collectors.toSet());
    names.add("order.placed.v1");
    assertThat(names).isEqualTo(codec.readable().keySet());
    var effects =
        examples().values().stream()
            .filter(OrderEvent.Noted.class::isInstance)
            .map(event -> ((OrderEvent.Noted) event).effect().getClass())
            .collect(Collectors.<Class<?>>toSet());
    assertThat(effects).containsExactlyInAnyOrder(Effect.class.getPermittedSubclasses());
  }

  private static Map<String, OrderEvent> examples() {
    Map<String, OrderEvent> examples = new LinkedHashMap<>();
    examples.put("order.placed.v2", PLACED);
    examples.put("order.placed.v2-on-delivery", PLACED_ON_DELIVERY);
    examples.put("order.placed.v2-with-coupon", placedWithCoupon());
    examples.put(
        "order.coupon-restored.v1",
        new OrderEvent.CouponRestored(ORDER, COUPON, ANA, after(1_000), after(5)));
    examples.put(
        "order.coupon-forfeited.v1",
        new OrderEvent.CouponForfeited(ORDER, COUPON, ANA, CouponLoss.SELLER_COUPON, after(5)));
    examples.put("order.ready-to-ship.v1", READY);
    examples.put("order.cancellation-requested.v1", REQUESTED);
    examples.put(
        "order.cancellation-withdrawal-asked.v1",
        new OrderEvent.CancellationWithdrawalAsked(ORDER, REQUEST, after(3)));
    examples.put(
        "order.cancellation-offer-answered.v1",
        new OrderEvent.CancellationOfferAnswered(
            ORDER, REQUEST, OFFER, OfferAnswer.REJECTED, after(12)));
    examples.put("order.units-cancelled.v1", cancelled(REQUEST, ALL, TOTAL, 350, after(5)));
    examples.put("order.cancelled.v1", allCancelled(after(5)));
    examples.put(
        "order.delivered.v1",
        new OrderEvent.OrderDelivered(
            ORDER, DeliveredBecause.CARRIER, after(200), after(560), ALL, 0));
    examples.put(
        "order.seller-reviewed.v1",
        new OrderEvent.SellerReviewed(ORDER, LIN, 4, "As described.", after(300)));
    examples.put("order.receipt-confirmed.v1", new OrderEvent.ReceiptConfirmed(ORDER, after(210)));
    examples.put(
        "order.buyer-notified.v1",
        new OrderEvent.BuyerNotified(
            ORDER,
            new NotificationId(id("notification")),
            ANA,
            BuyerTemplate.REFUND_SENT,
            BuyerTemplate.REFUND_SENT.subject(ORDER),
            NoticeDetails.NONE
                .amount(TOTAL)
                .in("USD")
                .by(RefundChannel.ORIGINAL_METHOD)
                .until(after(500)),
            after(5)));
    examples.put("order.completed.v1", new OrderEvent.OrderCompleted(ORDER, after(560)));
    effects().forEach((kind, effect) -> examples.put("order.noted.v1-" + kind, noted(effect)));
    return examples;
  }

  private static Map<String, Effect> effects() {
    Map<String, Effect> effects = new LinkedHashMap<>();
    effects.put("payment-authorized", AUTHORIZED);
    effects.put("payment-captured", CAPTURED);
    effects.put("payment-failed", new Effect.PaymentFailed(PAYMENT));
    effects.put("payment-voided", new Effect.PaymentVoided(PAYMENT));
    effects.put("processing-started", new Effect.ProcessingStarted());
    effects.put("request-granted", granted(REQUEST, ALL));
    effects.put(
        "request-granted-agreed",
        new Effect.RequestGranted(REQUEST, CancellationCause.OFFER_ACCEPTED, ALL, 4000L));
    effects.put(
        "request-ended", new Effect.RequestEnded(REQUEST, Request.Outcome.DECLINED, after(4)));
    effects.put("offer-made", OFFERED);
    effects.put("offer-rejected", new Effect.OfferRejected(REQUEST, OFFER, after(76)));
    effects.put("units-cancelled", sellerCancels(ALL, REQUEST, 3));
    effects.put("parcel-dispatched", dispatched(new ShipmentId(id("parcel")), ALL, ANOTHER));
    effects.put("parcel-reported", ARRIVED);
    effects.put("refund-requested", refundRequested(id("settlement"), TOTAL));
    effects.put("refund-issued", refundIssued(id("settlement"), TOTAL));
    effects.put("refund-settled", new Effect.RefundSettled(REFUND));
    effects.put(
        "refund-denied", new Effect.RefundDenied(RefundCause.CANCELLATION, id("settlement")));
    effects.put("after-sale-closed", new Effect.AfterSaleClosed());
    effects.put(
        "case-opened",
        new Effect.CaseOpened(CaseType.DISPUTE, id("dispute"), true, Cases.State.AWAITING_SELLER));
    effects.put("case-moved", new Effect.CaseMoved(id("dispute"), Cases.State.PLATFORM_REVIEW));
    effects.put("units-returned", new Effect.UnitsReturned(id("return"), ALL));
    effects.put("seen", new Effect.Seen());
    return effects;
  }

  private StoredEvent<OrderEvent> stored(OrderEvent event) {
    var stream = new StreamId("order", ORDER.value());
    var trace = new Trace(id("call"), id("call"), "BUYER:" + id("ana"), Origin.SERVICE, null, null);
    return new StoredEvent<>(
        1,
        StoredEvent.eventId(stream, 1),
        stream,
        1,
        0,
        true,
        codec.nameOf(event),
        event,
        trace,
        after(0),
        Instant.EPOCH);
  }
}
