package marketplace.order.process;

import static marketplace.order.domain.OrderFixtures.ALL;
import static marketplace.order.domain.OrderFixtures.ANA;
import static marketplace.order.domain.OrderFixtures.CABLE;
import static marketplace.order.domain.OrderFixtures.LIN;
import static marketplace.order.domain.OrderFixtures.OFFER;
import static marketplace.order.domain.OrderFixtures.ORDER;
import static marketplace.order.domain.OrderFixtures.PARCEL;
import static marketplace.order.domain.OrderFixtures.PAYMENT;
import static marketplace.order.domain.OrderFixtures.REFUND;
import static marketplace.order.domain.OrderFixtures.REQUEST;
import static marketplace.order.domain.OrderFixtures.TOTAL;
import static marketplace.order.domain.OrderFixtures.after;
import static marketplace.order.domain.OrderFixtures.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import marketplace.contracts.DisputeMessage;
import marketplace.contracts.DisputeMessage.AfterSaleClosed;
import marketplace.contracts.DisputeMessage.RulingMade;
import marketplace.contracts.Message;
import marketplace.contracts.RefundMessage;
import marketplace.contracts.SellerAccountMessage.ProductListed;
import marketplace.contracts.SellerAccountMessage.ProductPriceChanged;
import marketplace.contracts.SellerAccountMessage.SellerRegistered;
import marketplace.contracts.SellerAccountMessage.SellerStandingChanged;
import marketplace.contracts.SellerMessage;
import marketplace.contracts.SellerMessage.SellerApproved;
import marketplace.eventsourcing.Fact;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.Reaction;
import marketplace.eventsourcing.Reaction.React;
import marketplace.eventsourcing.Reaction.Response;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import marketplace.eventsourcing.ViewRow;
import marketplace.kernel.BuyerId;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.CaseType;
import marketplace.kernel.DisputeId;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.Fault;
import marketplace.kernel.InquiryId;
import marketplace.kernel.InquiryOutcome;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.PayoutCause;
import marketplace.kernel.PayoutId;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundChannel;
import marketplace.kernel.Remedy;
import marketplace.kernel.ReturnAcceptance;
import marketplace.kernel.ReturnId;
import marketplace.kernel.RuledBy;
import marketplace.kernel.SellerCancellationReason;
import marketplace.kernel.SellerStanding;
import marketplace.kernel.SellerType;
import marketplace.kernel.SilenceOutcome;
import marketplace.kernel.Uphold;
import marketplace.order.domain.Cases;
import marketplace.order.domain.Effect;
import marketplace.order.domain.OrderCommand.TakeNote;
import marketplace.order.domain.Parcel;
import marketplace.order.domain.Product;
import marketplace.order.domain.Request.Outcome;
import marketplace.order.view.CatalogueTables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderReactionsTest {
  private static final DisputeId DISPUTE = new DisputeId(id("dispute"));
  private static final UUID CAUSE = id("settlement");

  @Test
  void approval_grants_the_request_in_full_or_for_what_was_agreed() {
    assertThat(
            seller(approved(SellerMessage.ApprovedBy.SELLER, SellerMessage.RefundMode.FULL, null)))
        .isEqualTo(granted(CancellationCause.SELLER_APPROVED, null));
    assertThat(
            seller(
                approved(
                    SellerMessage.ApprovedBy.AUTO_WINDOW, SellerMessage.RefundMode.FULL, null)))
        .isEqualTo(granted(CancellationCause.AUTO_APPROVED, null));
    assertThat(
            seller(
                approved(
                    SellerMessage.ApprovedBy.OFFER_ACCEPTED,
                    SellerMessage.RefundMode.AGREED_AMOUNT,
                    4000L)))
        .isEqualTo(granted(CancellationCause.OFFER_ACCEPTED, 4000L));
  }

  @Test
  void silence_means_what_its_policy_says() {
    assertThat(seller(timedOut(SilenceOutcome.APPROVE)))
        .isEqualTo(granted(CancellationCause.SELLER_TIMED_OUT, null));
    assertThat(seller(timedOut(SilenceOutcome.DECLINE))).isEqualTo(ended(Outcome.TIMED_OUT));
  }

  @Test
  void a_request_ends_in_four_ways_that_cancel_nothing() {
    assertThat(
            seller(
                new SellerMessage.SellerDeclined(
                    ORDER,
                    REQUEST,
                    LIN,
                    SellerMessage.WhyDeclined.SELLER_REFUSED,
                    "packed",
                    after(8),
                    1)))
        .isEqualTo(ended(Outcome.DECLINED));
    assertThat(seller(new SellerMessage.PartialRefundOfferLapsed(ORDER, REQUEST, OFFER, after(8))))
        .isEqualTo(ended(Outcome.LAPSED));
    assertThat(seller(new SellerMessage.CancellationWithdrawn(ORDER, REQUEST, after(8))))
        .isEqualTo(ended(Outcome.WITHDRAWN));
  }

  @Test
  void offers_are_made_and_rejected() {
    assertThat(
            seller(
                new SellerMessage.PartialRefundOffered(
                    ORDER, REQUEST, OFFER, LIN, 4000, null, after(10), after(82))))
        .isEqualTo(new Effect.OfferMade(REQUEST, OFFER, 4000, null, after(82)));
    assertThat(
            seller(
                new SellerMessage.PartialRefundOfferRejected(
                    ORDER, REQUEST, OFFER, after(12), after(76))))
        .isEqualTo(new Effect.OfferRejected(REQUEST, OFFER, after(76)));
  }

  @Test
  void units_leave_by_the_seller_the_deadline_or_a_ruling() {
    assertThat(
            seller(
                new SellerMessage.SellerCancelled(
                    ORDER,
                    LIN,
                    ALL,
                    SellerCancellationReason.UNDELIVERABLE_ADDRESS,
                    Fault.BUYER,
                    null,
                    after(8),
                    REQUEST)))
        .isEqualTo(
            new Effect.UnitsCancelled(
                CancellationCause.SELLER_CANCELLED, Fault.BUYER, ALL, after(8), REQUEST, 7));
    assertThat(
            seller(
                new SellerMessage.ShipDeadlineMissed(
                    ORDER, LIN, after(168), ALL, after(168), null)))
        .isEqualTo(
            new Effect.UnitsCancelled(
                CancellationCause.SHIP_DEADLINE_MISSED, Fault.SELLER, ALL, after(168), null, 7));
    assertThat(
            seller(
                new SellerMessage.FulfilmentStopped(
                    ORDER, DISPUTE, ALL, Fault.SELLER, after(96), null)))
        .isEqualTo(
            new Effect.UnitsCancelled(
                CancellationCause.RULING, Fault.SELLER, ALL, after(96), null, 7));
  }

  @Test
  void parcels_are_followed() {
    assertThat(seller(new SellerMessage.ProcessingStarted(ORDER, after(1))))
        .isEqualTo(new Effect.ProcessingStarted());
    assertThat(
            seller(
                new SellerMessage.ShipmentDispatched(
                    ORDER, PARCEL, LIN, ALL, "UPS", "TRK-1", after(20), after(740), REQUEST)))
        .isEqualTo(new Effect.ParcelDispatched(PARCEL, ALL, after(20), after(740), REQUEST));
    assertThat(seller(new SellerMessage.ParcelInTransit(ORDER, PARCEL, after(30))))
        .isEqualTo(new Effect.ParcelReported(PARCEL, Parcel.State.IN_TRANSIT, after(30)));
    assertThat(seller(new SellerMessage.ParcelDelivered(ORDER, PARCEL, after(30))))
        .isEqualTo(new Effect.ParcelReported(PARCEL, Parcel.State.DELIVERED, after(30)));
    assertThat(seller(new SellerMessage.DeliveryRefused(ORDER, PARCEL, after(30))))
        .isEqualTo(new Effect.ParcelReported(PARCEL, Parcel.State.REFUSED, after(30)));
    assertThat(seller(new SellerMessage.ParcelLost(ORDER, PARCEL, after(30))))
        .isEqualTo(new Effect.ParcelReported(PARCEL, Parcel.State.LOST, after(30)));
    assertThat(seller(new SellerMessage.ReturnAgreed(ORDER, LIN, ALL, null, after(300))))
        .isEqualTo(new Effect.Seen());
  }

  @Test
  void the_money_is_followed() {
    assertThat(
            refund(
                new RefundMessage.PaymentAuthorized(
                    ORDER, PAYMENT, PaymentMethod.CARD, TOTAL, "USD", after(1))))
        .isEqualTo(new Effect.PaymentAuthorized(PAYMENT, PaymentMethod.CARD, TOTAL));
    assertThat(
            refund(
                new RefundMessage.PaymentCaptured(
                    ORDER, PAYMENT, PaymentMethod.CARD, TOTAL, "USD", after(1))))
        .isEqualTo(new Effect.PaymentCaptured(PAYMENT, PaymentMethod.CARD, TOTAL));
    assertThat(
            refund(
                new RefundMessage.PaymentFailed(
                    ORDER, PAYMENT, PaymentMethod.CARD, TOTAL, "EXPIRED_CARD", after(1))))
        .isEqualTo(new Effect.PaymentFailed(PAYMENT));
    assertThat(refund(new RefundMessage.PaymentVoided(ORDER, PAYMENT, TOTAL, after(1))))
        .isEqualTo(new Effect.PaymentVoided(PAYMENT));
    assertThat(
            refund(
                new RefundMessage.RefundRequested(
                    ORDER,
                    REFUND,
                    RefundCause.CANCELLATION,
                    CAUSE,
                    TOTAL,
                    TOTAL - 1,
                    1,
                    RefundChannel.ORIGINAL_METHOD,
                    after(5))))
        .isEqualTo(new Effect.RefundRequested(REFUND, RefundCause.CANCELLATION, CAUSE, TOTAL - 1));
    assertThat(
            refund(
                new RefundMessage.RefundIssued(
                    ORDER,
                    REFUND,
                    new BuyerId(id("ana")),
                    RefundCause.CANCELLATION,
                    CAUSE,
                    TOTAL,
                    "USD",
                    RefundChannel.ORIGINAL_METHOD,
                    PaymentMethod.CARD,
                    null,
                    1,
                    after(5),
                    after(500),
                    TOTAL,
                    TOTAL,
                    true)))
        .isEqualTo(new Effect.RefundIssued(REFUND, RefundCause.CANCELLATION, CAUSE, TOTAL));
    assertThat(refund(new RefundMessage.RefundSettled(ORDER, REFUND, TOTAL, after(120))))
        .isEqualTo(new Effect.RefundSettled(REFUND));
    assertThat(
            refund(
                new RefundMessage.RefundDenied(
                    ORDER,
                    RefundCause.CANCELLATION,
                    CAUSE,
                    TOTAL,
                    RefundMessage.WhyDenied.NOTHING_REFUNDABLE,
                    after(5))))
        .isEqualTo(new Effect.RefundDenied(RefundCause.CANCELLATION, CAUSE));
    assertThat(
            refund(
                new RefundMessage.RefundAttemptFailed(
                    ORDER, REFUND, 1, "DOWN", after(5), after(29))))
        .isEqualTo(new Effect.Seen());
    assertThat(
            refund(
                new RefundMessage.RefundRerouted(
                    ORDER,
                    REFUND,
                    RefundChannel.ORIGINAL_METHOD,
                    RefundChannel.WALLET_CREDIT,
                    after(60))))
        .isEqualTo(new Effect.Seen());
    var inquiryId = new InquiryId(CAUSE);
    assertThat(
            refund(
                new RefundMessage.RefundInquiryOpened(
                    ORDER, inquiryId, REFUND, "Where is it?", after(700))))
        .isEqualTo(new Effect.Seen());
    assertThat(
            refund(
                new RefundMessage.RefundInquiryResolved(
                    ORDER, inquiryId, REFUND, InquiryOutcome.REISSUED_TO_WALLET, after(701))))
        .isEqualTo(new Effect.Seen());
  }

  @Test
  void the_closed_window_is_noted() {
    assertThat(
            effectOf(
                OrderReactions.reactToDispute(
                    fact(
                        new AfterSaleClosed(
                            ORDER, DisputeMessage.WhyClosed.WINDOW_ENDED, after(560), 9)))))
        .isEqualTo(new Effect.AfterSaleClosed());
  }

  @Test
  void what_concerns_others_only_asks_for_nothing() {
    for (var message :
        List.of(
            new SellerMessage.FulfilmentOpened(ORDER, LIN, after(168), after(0), ALL),
            new SellerMessage.SellerReminded(ORDER, REQUEST, LIN, Duration.ofHours(24), after(26)),
            new SellerMessage.FulfilmentStopRefused(
                ORDER, DISPUTE, SellerMessage.WhyNotStopped.UNITS_NOT_OPEN, after(96)),
            new SellerMessage.ParcelReturnedToSender(ORDER, PARCEL, after(400)))) {
      assertThat(OrderReactions.reactToSeller(fact(message))).isEqualTo(Reaction.nothing());
    }
    var payout =
        new RefundMessage.PayoutReleased(
            ORDER,
            new PayoutId(id("payout")),
            LIN,
            1,
            "USD",
            PayoutCause.AFTER_SALE_CLOSED,
            after(560));
    assertThat(OrderReactions.reactToRefund(fact(payout))).isEqualTo(Reaction.nothing());
    assertThat(OrderReactions.reactToDispute(fact(ruling(false)))).isEqualTo(Reaction.nothing());
  }

  private static RulingMade ruling(boolean stop) {
    return new RulingMade(
        ORDER,
        DISPUTE,
        ALL,
        RuledBy.PLATFORM,
        Uphold.FULL,
        TOTAL,
        Fault.SELLER,
        false,
        stop,
        "so be it",
        after(96));
  }

  @Test
  void a_dispute_is_followed_from_its_opening_to_its_end() {
    assertThat(
            effectOf(
                OrderReactions.reactToDispute(
                    fact(
                        new DisputeMessage.DisputeOpened(
                            ORDER,
                            DISPUTE,
                            ANA,
                            LIN,
                            ALL,
                            DisputeReason.CANCELLATION_REFUSED,
                            Remedy.REFUND_ONLY,
                            TOTAL,
                            TOTAL,
                            "USD",
                            "",
                            after(9),
                            after(129),
                            after(177))))))
        .isEqualTo(
            new Effect.CaseOpened(
                CaseType.DISPUTE, DISPUTE.value(), true, Cases.State.AWAITING_SELLER));
    assertThat(effectOf(OrderReactions.reactToDispute(fact(ruling(true)))))
        .isEqualTo(new Effect.CaseMoved(DISPUTE.value(), Cases.State.AWAITING_STOP));
    assertThat(
            effectOf(
                OrderReactions.reactToDispute(
                    fact(new DisputeMessage.DisputeWithdrawn(ORDER, DISPUTE, after(20))))))
        .isEqualTo(new Effect.CaseMoved(DISPUTE.value(), Cases.State.WITHDRAWN));
  }

  @Test
  void a_return_that_is_accepted_brings_its_units_back() {
    var returnId = new ReturnId(id("return"));
    assertThat(
            effectOf(
                OrderReactions.reactToDispute(
                    fact(
                        new DisputeMessage.ReturnAccepted(
                            ORDER,
                            returnId,
                            ReturnAcceptance.SELLER_CONFIRMED,
                            ALL,
                            TOTAL,
                            after(500))))))
        .isEqualTo(new Effect.UnitsReturned(returnId.value(), ALL));
  }

  @Test
  void products_and_sellers_are_copied_and_read_back() {
    var seller = new SellerRegistered(LIN, "Lin", "CN", SellerType.TOP, after(0));
    var product =
        new ProductListed(
            CABLE, LIN, "Cable", "cables", 899, "USD", List.of("US", "DE"), true, after(0));
    var sellerRow = rows(OrderReactions.reactToSellerAccount(fact(seller))).getFirst();
    var productRow = rows(OrderReactions.reactToSellerAccount(fact(product))).getFirst();
    var read = CatalogueTables.product(productRow.values(), sellerRow.values(), null);
    assertThat(read.productId()).isEqualTo(CABLE);
    assertThat(read.sellerId()).isEqualTo(LIN);
    assertThat(read.sellerType()).isEqualTo(SellerType.TOP);
    assertThat(read.title()).isEqualTo("Cable");
    assertThat(read.priceMinor()).isEqualTo(899);
    assertThat(read.freeReturnCountries()).containsExactlyInAnyOrder("US", "DE");
    assertThat(read.returnsAllowed()).isTrue();
    assertThat(CatalogueTables.product(productRow.values(), null, null).sellerType())
        .isEqualTo(SellerType.STANDARD);
    assertThat(read.standing()).isEqualTo(Product.Standing.NEVER_CHANGED);
    var dearer = new ProductPriceChanged(CABLE, LIN, 899, 999, after(1));
    var priceRow = rows(OrderReactions.reactToSellerAccount(fact(dearer))).getFirst();
    var repriced = CatalogueTables.repriced(productRow.values(), priceRow.values());
    assertThat(CatalogueTables.product(repriced, null, null).priceMinor()).isEqualTo(999);
    var changed = new SellerStandingChanged(LIN, SellerStanding.RESTRICTED, after(1));
    var standingRow = rows(OrderReactions.reactToSellerAccount(fact(changed))).getFirst();
    assertThat(
            CatalogueTables.product(productRow.values(), sellerRow.values(), standingRow.values())
                .standing())
        .isEqualTo(new Product.Standing(SellerStanding.RESTRICTED, after(1)));
  }

  private static Effect seller(SellerMessage message) {
    return effectOf(OrderReactions.reactToSeller(fact(message)));
  }

  private static Effect refund(RefundMessage message) {
    return effectOf(OrderReactions.reactToRefund(fact(message)));
  }

  /// Every note goes to the order's stream, never opens it, and carries the fact's id and type.
  private static Effect effectOf(Response response) {
    assertThat(response).isInstanceOf(React.class);
    var step = ((React) response).steps().getFirst();
    assertThat(step.stream()).isEqualTo(new StreamId("order", ORDER.value()));
    assertThat(step.opens()).isFalse();
    var note = (TakeNote) step.command();
    assertThat(note.eventId()).isEqualTo(id("fact"));
    assertThat(note.eventType()).isNotEmpty();
    return note.effect();
  }

  private static List<ViewRow> rows(Response response) {
    return ((React) response).rows();
  }

  private static <M extends Message> Fact<M> fact(M message) {
    return new Fact<>(
        id("fact"),
        message.getClass().getSimpleName(),
        "fulfilment-" + ORDER,
        7,
        message.key(),
        after(8),
        new Trace(id("call"), id("fact"), "SELLER:" + LIN, Origin.SERVICE, null, null),
        message);
  }

  private static SellerApproved approved(
      SellerMessage.ApprovedBy by, SellerMessage.RefundMode mode, @Nullable Long agreed) {
    return new SellerApproved(ORDER, REQUEST, LIN, by, ALL, mode, agreed, null, after(8), 1);
  }

  private static SellerMessage timedOut(SilenceOutcome outcome) {
    return new SellerMessage.SellerTimedOut(
        ORDER, REQUEST, LIN, after(74), Duration.ofHours(72), outcome, ALL, after(8));
  }

  private static Effect granted(CancellationCause cause, @Nullable Long agreed) {
    return new Effect.RequestGranted(REQUEST, cause, ALL, agreed);
  }

  private static Effect ended(Outcome outcome) {
    return new Effect.RequestEnded(REQUEST, outcome, after(8));
  }
}
