package marketplace.seller.process;

import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import marketplace.contracts.DisputeMessage;
import marketplace.contracts.OrderMessage.OrderUnitsCancelled;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.CaseParty;
import marketplace.kernel.DisputeEnd;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.DisputeSettlement;
import marketplace.kernel.Fault;
import marketplace.kernel.NoticeDetails;
import marketplace.kernel.Remedy;
import marketplace.kernel.ReturnAcceptance;
import marketplace.kernel.ReturnEnd;
import marketplace.kernel.ReturnId;
import marketplace.kernel.SettlementId;
import marketplace.seller.domain.fulfilment.Notice;
import marketplace.seller.domain.fulfilment.SellerTemplate;
import org.junit.jupiter.api.Test;

/// The rows of the domain, section 12, that follow from other services' facts.
class SellerNoticesTest {
  private static final NoticeDetails NONE = NoticeDetails.NONE;
  private static final SettlementId SETTLEMENT = new SettlementId(uuid(22));
  private static final ReturnId RETURN = new ReturnId(uuid(24));

  @Test
  void the_whole_order_or_a_part_of_it_is_cancelled() {
    var because = NONE.because(CancellationCause.SHIP_DEADLINE_MISSED);
    assertThat(SellerNotices.of(cancelled(true, 900)))
        .containsExactly(
            new Notice(SellerTemplate.ORDER_CANCELLED, SETTLEMENT.value(), because.amount(900)));
    assertThat(SellerNotices.of(cancelled(false, 0)))
        .containsExactly(new Notice(SellerTemplate.UNITS_CANCELLED, SETTLEMENT.value(), because));
  }

  @Test
  void a_dispute_asks_him_to_act_only_when_it_is_his_turn() {
    var opened =
        new DisputeMessage.DisputeOpened(
            ORDER,
            DISPUTE,
            ANA,
            LIN,
            ALL,
            DisputeReason.DAMAGED,
            Remedy.REFUND_ONLY,
            450,
            900,
            "USD",
            "broken",
            hours(1),
            hours(121),
            hours(169));
    assertThat(SellerNotices.of(opened))
        .containsExactly(
            new Notice(
                SellerTemplate.DISPUTE_OPENED,
                DISPUTE.value(),
                NONE.because(DisputeReason.DAMAGED).amount(450).until(hours(121))));
    assertThat(SellerNotices.of(offer(CaseParty.BUYER)))
        .containsExactly(
            new Notice(
                SellerTemplate.DISPUTE_OFFER_MADE,
                OFFER.value(),
                NONE.because(Remedy.REFUND_ONLY).amount(400).until(hours(130))));
    assertThat(SellerNotices.of(offer(CaseParty.SELLER))).isEmpty();
    assertThat(
            SellerNotices.of(
                new DisputeMessage.DisputeOfferRejected(
                    ORDER, DISPUTE, OFFER, CaseParty.BUYER, "no", hours(3))))
        .isEmpty();
  }

  @Test
  void a_dispute_ends() {
    assertThat(SellerNotices.of(resolved(DisputeSettlement.AWARD)))
        .containsExactly(
            new Notice(
                SellerTemplate.DISPUTE_RESOLVED,
                DISPUTE.value(),
                NONE.because(DisputeEnd.RULING).amount(250)));
    assertThat(SellerNotices.of(resolved(DisputeSettlement.NOTHING)))
        .containsExactly(
            new Notice(
                SellerTemplate.DISPUTE_RESOLVED, DISPUTE.value(), NONE.because(DisputeEnd.RULING)));
    assertThat(SellerNotices.of(new DisputeMessage.DisputeWithdrawn(ORDER, DISPUTE, hours(3))))
        .containsExactly(new Notice(SellerTemplate.DISPUTE_WITHDRAWN, DISPUTE.value(), NONE));
  }

  @Test
  void a_return_arrives_and_ends() {
    assertThat(
            SellerNotices.of(
                new DisputeMessage.ReturnParcelDelivered(ORDER, RETURN, hours(3), hours(243))))
        .containsExactly(
            new Notice(SellerTemplate.RETURN_ARRIVED, RETURN.value(), NONE.until(hours(243))));
    assertThat(
            SellerNotices.of(
                new DisputeMessage.ReturnRejected(ORDER, RETURN, "it was worn", hours(3))))
        .containsExactly(
            new Notice(SellerTemplate.RETURN_REJECTED, RETURN.value(), NONE.saying("it was worn")));
    assertThat(
            SellerNotices.of(
                new DisputeMessage.ReturnAccepted(
                    ORDER, RETURN, ReturnAcceptance.SELLER_SILENT, ALL, 900, hours(3))))
        .containsExactly(
            new Notice(
                SellerTemplate.RETURN_ACCEPTED,
                RETURN.value(),
                NONE.because(ReturnAcceptance.SELLER_SILENT).amount(900)));
    assertThat(
            SellerNotices.of(
                new DisputeMessage.ReturnClosed(ORDER, RETURN, ReturnEnd.WITHDRAWN, hours(3))))
        .containsExactly(
            new Notice(
                SellerTemplate.RETURN_CLOSED, RETURN.value(), NONE.because(ReturnEnd.WITHDRAWN)));
  }

  @Test
  void every_template_has_a_subject_that_names_the_order() {
    assertThat(EnumSet.allOf(SellerTemplate.class))
        .allMatch(template -> template.subject(ORDER).contains(ORDER.number()));
  }

  private static OrderUnitsCancelled cancelled(boolean whole, long refundMinor) {
    return new OrderUnitsCancelled(
        ORDER,
        SETTLEMENT,
        null,
        CancellationCause.SHIP_DEADLINE_MISSED,
        Fault.SELLER,
        ALL,
        refundMinor,
        0,
        0,
        whole,
        hours(3));
  }

  private static DisputeMessage offer(CaseParty by) {
    return new DisputeMessage.DisputeOfferMade(
        ORDER, DISPUTE, OFFER, by, Remedy.REFUND_ONLY, 400, "", hours(10), hours(130));
  }

  private static DisputeMessage resolved(DisputeSettlement settledBy) {
    return new DisputeMessage.DisputeResolved(
        ORDER,
        DISPUTE,
        LIN,
        DisputeEnd.RULING,
        Remedy.REFUND_ONLY,
        250,
        Fault.SELLER,
        false,
        settledBy,
        ALL,
        hours(9));
  }
}
