package marketplace.order.process;

import static marketplace.order.domain.OrderFixtures.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.UUID;
import marketplace.contracts.DisputeMessage;
import marketplace.contracts.RefundMessage;
import marketplace.contracts.SellerMessage;
import marketplace.kernel.CancellationId;
import marketplace.kernel.CaseParty;
import marketplace.kernel.DisputeEnd;
import marketplace.kernel.DisputeId;
import marketplace.kernel.DisputeSettlement;
import marketplace.kernel.Fault;
import marketplace.kernel.NoticeDetails;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundChannel;
import marketplace.kernel.Remedy;
import marketplace.kernel.ReturnAcceptance;
import marketplace.kernel.ReturnApproval;
import marketplace.kernel.ReturnEnd;
import marketplace.kernel.ReturnId;
import marketplace.kernel.ShippingPayer;
import marketplace.kernel.SilenceOutcome;
import marketplace.order.domain.BuyerTemplate;
import marketplace.order.domain.Notice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The rows of the domain, section 12, that follow from other services' facts.
class BuyerNoticesTest {
  private static final NoticeDetails NONE = NoticeDetails.NONE;
  private static final DisputeId DISPUTE = new DisputeId(id("dispute"));
  private static final ReturnId RETURN = new ReturnId(id("return"));

  @Test
  void a_request_is_declined_by_the_seller_or_by_his_silence() {
    assertThat(BuyerNotices.of(declined()))
        .containsExactly(
            notice(
                BuyerTemplate.REQUEST_DECLINED,
                REQUEST.value(),
                NONE.because(SellerMessage.WhyDeclined.SELLER_REFUSED).saying("packed")));
    assertThat(BuyerNotices.of(timedOut(SilenceOutcome.DECLINE)))
        .containsExactly(
            notice(
                BuyerTemplate.REQUEST_DECLINED,
                REQUEST.value(),
                NONE.because(SilenceOutcome.DECLINE)));
    assertThat(BuyerNotices.of(timedOut(SilenceOutcome.APPROVE))).isEmpty();
  }

  @Test
  void an_offer_is_made_and_lapses() {
    assertThat(
            BuyerNotices.of(
                new SellerMessage.PartialRefundOffered(
                    ORDER, REQUEST, OFFER, LIN, 4000, "half", after(10), after(82))))
        .containsExactly(
            notice(
                BuyerTemplate.OFFER_RECEIVED,
                OFFER.value(),
                NONE.amount(4000).until(after(82)).saying("half")));
    assertThat(
            BuyerNotices.of(
                new SellerMessage.PartialRefundOfferLapsed(ORDER, REQUEST, OFFER, after(82))))
        .containsExactly(notice(BuyerTemplate.OFFER_LAPSED, OFFER.value(), NONE));
  }

  @Test
  void a_parcel_is_sent_and_may_end_a_request_by_that() {
    var parcel = NONE.until(after(700)).saying("DHL A1");
    assertThat(BuyerNotices.of(dispatched(null)))
        .containsExactly(notice(BuyerTemplate.SHIPPED, PARCEL.value(), parcel));
    assertThat(BuyerNotices.of(dispatched(REQUEST)))
        .containsExactly(notice(BuyerTemplate.REQUEST_ENDED_BY_SHIPMENT, PARCEL.value(), parcel));
  }

  @Test
  void a_refund_is_sent_takes_another_way_and_arrives() {
    assertThat(
            BuyerNotices.of(
                new RefundMessage.RefundIssued(
                    ORDER,
                    REFUND,
                    ANA,
                    RefundCause.CANCELLATION,
                    id("settlement"),
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
        .containsExactly(
            notice(
                BuyerTemplate.REFUND_SENT,
                REFUND.value(),
                NONE.amount(TOTAL).by(RefundChannel.ORIGINAL_METHOD).until(after(500))));
    assertThat(
            BuyerNotices.of(
                new RefundMessage.RefundRerouted(
                    ORDER,
                    REFUND,
                    RefundChannel.ORIGINAL_METHOD,
                    RefundChannel.WALLET_CREDIT,
                    after(6))))
        .containsExactly(
            notice(
                BuyerTemplate.REFUND_REROUTED,
                REFUND.value(),
                NONE.by(RefundChannel.WALLET_CREDIT)));
    assertThat(BuyerNotices.of(new RefundMessage.RefundSettled(ORDER, REFUND, TOTAL, after(400))))
        .containsExactly(notice(BuyerTemplate.REFUND_ARRIVED, REFUND.value(), NONE.amount(TOTAL)));
  }

  @Test
  void a_dispute_asks_him_to_act_only_when_it_is_his_turn() {
    assertThat(BuyerNotices.of(offer(CaseParty.SELLER)))
        .containsExactly(
            notice(
                BuyerTemplate.DISPUTE_OFFER_MADE,
                OFFER.value(),
                NONE.amount(1000).because(Remedy.REFUND_ONLY).saying("take it")));
    assertThat(BuyerNotices.of(offer(CaseParty.BUYER))).isEmpty();
    assertThat(BuyerNotices.of(rejected(CaseParty.SELLER, 10)).getFirst().template())
        .isEqualTo(BuyerTemplate.DISPUTE_OFFER_REJECTED);
    assertThat(BuyerNotices.of(rejected(CaseParty.SELLER, 10)).getFirst().id())
        .isNotEqualTo(BuyerNotices.of(rejected(CaseParty.SELLER, 20)).getFirst().id());
    assertThat(BuyerNotices.of(rejected(CaseParty.BUYER, 10))).isEmpty();
  }

  @Test
  void a_dispute_ends() {
    assertThat(BuyerNotices.of(resolved(DisputeSettlement.AWARD)))
        .containsExactly(
            notice(
                BuyerTemplate.DISPUTE_RESOLVED,
                DISPUTE.value(),
                NONE.because(DisputeEnd.RULING).amount(2500)));
    assertThat(BuyerNotices.of(resolved(DisputeSettlement.CANCELLATION)))
        .containsExactly(
            notice(
                BuyerTemplate.DISPUTE_RESOLVED, DISPUTE.value(), NONE.because(DisputeEnd.RULING)));
    assertThat(BuyerNotices.of(new DisputeMessage.DisputeWithdrawn(ORDER, DISPUTE, after(9))))
        .containsExactly(notice(BuyerTemplate.DISPUTE_WITHDRAWN, DISPUTE.value(), NONE));
  }

  @Test
  void a_return_is_to_be_sent_with_instructions_unless_it_is_on_its_way_already() {
    assertThat(BuyerNotices.of(approved(ReturnApproval.AUTO_FREE)))
        .containsExactly(
            notice(
                BuyerTemplate.RETURN_APPROVED,
                RETURN.value(),
                NONE.because(ShippingPayer.SELLER).until(after(300)).saying("to the shop")));
    assertThat(BuyerNotices.of(approved(ReturnApproval.DELIVERY_REFUSED))).isEmpty();
  }

  @Test
  void a_return_ends() {
    assertThat(
            BuyerNotices.of(
                new DisputeMessage.ReturnRejected(ORDER, RETURN, "it was worn", after(9))))
        .containsExactly(
            notice(BuyerTemplate.RETURN_REJECTED, RETURN.value(), NONE.saying("it was worn")));
    assertThat(
            BuyerNotices.of(
                new DisputeMessage.ReturnAccepted(
                    ORDER, RETURN, ReturnAcceptance.SELLER_CONFIRMED, ALL, TOTAL, after(9))))
        .containsExactly(
            notice(
                BuyerTemplate.RETURN_ACCEPTED,
                RETURN.value(),
                NONE.because(ReturnAcceptance.SELLER_CONFIRMED).amount(TOTAL)));
    assertThat(
            BuyerNotices.of(
                new DisputeMessage.ReturnClosed(ORDER, RETURN, ReturnEnd.EXPIRED, after(9))))
        .containsExactly(
            notice(BuyerTemplate.RETURN_CLOSED, RETURN.value(), NONE.because(ReturnEnd.EXPIRED)));
  }

  @Test
  void every_template_has_a_subject_that_names_the_order() {
    assertThat(EnumSet.allOf(BuyerTemplate.class))
        .allMatch(template -> template.subject(ORDER).contains(ORDER.number()));
  }

  private static Notice notice(BuyerTemplate template, UUID about, NoticeDetails details) {
    return new Notice(template, about, details);
  }

  private static SellerMessage declined() {
    return new SellerMessage.SellerDeclined(
        ORDER, REQUEST, LIN, SellerMessage.WhyDeclined.SELLER_REFUSED, "packed", after(8), 1);
  }

  private static SellerMessage timedOut(SilenceOutcome outcome) {
    return new SellerMessage.SellerTimedOut(
        ORDER, REQUEST, LIN, after(74), Duration.ofHours(72), outcome, ALL, after(74));
  }

  private static SellerMessage dispatched(@Nullable CancellationId closes) {
    return new SellerMessage.ShipmentDispatched(
        ORDER, PARCEL, LIN, ALL, "DHL", "A1", after(8), after(700), closes);
  }

  private static DisputeMessage offer(CaseParty by) {
    return new DisputeMessage.DisputeOfferMade(
        ORDER, DISPUTE, OFFER, by, Remedy.REFUND_ONLY, 1000, "take it", after(9), null);
  }

  private static DisputeMessage rejected(CaseParty by, int hours) {
    return new DisputeMessage.DisputeOfferRejected(ORDER, DISPUTE, null, by, "no", after(hours));
  }

  private static DisputeMessage resolved(DisputeSettlement settledBy) {
    return new DisputeMessage.DisputeResolved(
        ORDER,
        DISPUTE,
        LIN,
        DisputeEnd.RULING,
        Remedy.REFUND_ONLY,
        2500,
        Fault.SELLER,
        false,
        settledBy,
        ALL,
        after(9));
  }

  private static DisputeMessage approved(ReturnApproval how) {
    return new DisputeMessage.ReturnApproved(
        ORDER, RETURN, how, ShippingPayer.SELLER, null, "to the shop", after(9), after(300));
  }
}
