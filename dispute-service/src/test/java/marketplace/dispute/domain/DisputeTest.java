package marketplace.dispute.domain;

import static marketplace.dispute.AfterSaleFixtures.ANA;
import static marketplace.dispute.AfterSaleFixtures.ARRIVED;
import static marketplace.dispute.AfterSaleFixtures.BOTH;
import static marketplace.dispute.AfterSaleFixtures.BUYER;
import static marketplace.dispute.AfterSaleFixtures.CONTACTED;
import static marketplace.dispute.AfterSaleFixtures.DELIVERED;
import static marketplace.dispute.AfterSaleFixtures.DELIVERED_END;
import static marketplace.dispute.AfterSaleFixtures.DISPUTE;
import static marketplace.dispute.AfterSaleFixtures.EACH;
import static marketplace.dispute.AfterSaleFixtures.FEE;
import static marketplace.dispute.AfterSaleFixtures.FULLY_REFUNDED;
import static marketplace.dispute.AfterSaleFixtures.LIN;
import static marketplace.dispute.AfterSaleFixtures.MEDIATOR;
import static marketplace.dispute.AfterSaleFixtures.OFFER;
import static marketplace.dispute.AfterSaleFixtures.ONE;
import static marketplace.dispute.AfterSaleFixtures.ORDER;
import static marketplace.dispute.AfterSaleFixtures.PARTLY_REFUNDED;
import static marketplace.dispute.AfterSaleFixtures.PHOTO;
import static marketplace.dispute.AfterSaleFixtures.PLACED;
import static marketplace.dispute.AfterSaleFixtures.REFUSED;
import static marketplace.dispute.AfterSaleFixtures.SELLER;
import static marketplace.dispute.AfterSaleFixtures.SHIPPED;
import static marketplace.dispute.AfterSaleFixtures.TOTAL;
import static marketplace.dispute.AfterSaleFixtures.closed;
import static marketplace.dispute.AfterSaleFixtures.days;
import static marketplace.dispute.AfterSaleFixtures.hours;
import static marketplace.dispute.AfterSaleFixtures.id;
import static marketplace.dispute.AfterSaleFixtures.parcel;
import static marketplace.dispute.AfterSaleFixtures.placed;
import static marketplace.dispute.AfterSaleFixtures.shipped;
import static marketplace.dispute.AfterSaleFixtures.source;
import static marketplace.dispute.AfterSaleFixtures.unitsCancelled;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import marketplace.dispute.domain.AfterSaleCommand.AcceptClaim;
import marketplace.dispute.domain.AfterSaleCommand.AcceptOffer;
import marketplace.dispute.domain.AfterSaleCommand.AddDisputeEvidence;
import marketplace.dispute.domain.AfterSaleCommand.Escalate;
import marketplace.dispute.domain.AfterSaleCommand.MakeOffer;
import marketplace.dispute.domain.AfterSaleCommand.OpenDispute;
import marketplace.dispute.domain.AfterSaleCommand.RejectClaim;
import marketplace.dispute.domain.AfterSaleCommand.RejectOffer;
import marketplace.dispute.domain.AfterSaleCommand.RuleDispute;
import marketplace.dispute.domain.AfterSaleCommand.TakeNote;
import marketplace.dispute.domain.AfterSaleCommand.WithdrawDispute;
import marketplace.dispute.domain.AfterSaleEvent.CancellationNoted;
import marketplace.dispute.domain.AfterSaleEvent.DisputeEscalated;
import marketplace.dispute.domain.AfterSaleEvent.DisputeEvidenceAdded;
import marketplace.dispute.domain.AfterSaleEvent.DisputeOfferMade;
import marketplace.dispute.domain.AfterSaleEvent.DisputeOfferRejected;
import marketplace.dispute.domain.AfterSaleEvent.DisputeOpened;
import marketplace.dispute.domain.AfterSaleEvent.DisputeResolved;
import marketplace.dispute.domain.AfterSaleEvent.DisputeRulingOverdue;
import marketplace.dispute.domain.AfterSaleEvent.DisputeWithdrawn;
import marketplace.dispute.domain.AfterSaleEvent.ReceiptNoted;
import marketplace.dispute.domain.AfterSaleEvent.RequestEndedNoted;
import marketplace.dispute.domain.AfterSaleEvent.ReturnApproved;
import marketplace.dispute.domain.AfterSaleEvent.ReturnRequested;
import marketplace.dispute.domain.AfterSaleEvent.ReviewResumed;
import marketplace.dispute.domain.AfterSaleEvent.RulingMade;
import marketplace.dispute.domain.AfterSaleEvent.StopNoted;
import marketplace.dispute.domain.AfterSaleEvent.StopRefusedNoted;
import marketplace.dispute.domain.AfterSaleEvent.Why;
import marketplace.dispute.domain.AfterSaleRejection.AwardOutOfRange;
import marketplace.dispute.domain.AfterSaleRejection.CaseClosed;
import marketplace.dispute.domain.AfterSaleRejection.CaseOpen;
import marketplace.dispute.domain.AfterSaleRejection.CaseUnknown;
import marketplace.dispute.domain.AfterSaleRejection.ClaimTooHigh;
import marketplace.dispute.domain.AfterSaleRejection.ContactSellerFirst;
import marketplace.dispute.domain.AfterSaleRejection.EvidenceLimit;
import marketplace.dispute.domain.AfterSaleRejection.EvidenceRequired;
import marketplace.dispute.domain.AfterSaleRejection.IllegalTransition;
import marketplace.dispute.domain.AfterSaleRejection.Invalid;
import marketplace.dispute.domain.AfterSaleRejection.NoDeclinedRequest;
import marketplace.dispute.domain.AfterSaleRejection.NotAParty;
import marketplace.dispute.domain.AfterSaleRejection.NotUnderReview;
import marketplace.dispute.domain.AfterSaleRejection.NotYourTurn;
import marketplace.dispute.domain.AfterSaleRejection.OfferClosed;
import marketplace.dispute.domain.AfterSaleRejection.OrderUnknown;
import marketplace.dispute.domain.AfterSaleRejection.TooEarly;
import marketplace.dispute.domain.AfterSaleRejection.TooManyDisputes;
import marketplace.dispute.domain.AfterSaleRejection.UnitsNotDelivered;
import marketplace.dispute.domain.AfterSaleRejection.WindowClosed;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.CancellationId;
import marketplace.kernel.CaseParty;
import marketplace.kernel.DisputeEnd;
import marketplace.kernel.DisputeId;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.DisputeSettlement;
import marketplace.kernel.EscalatedBy;
import marketplace.kernel.EvidenceId;
import marketplace.kernel.Fault;
import marketplace.kernel.OfferId;
import marketplace.kernel.Remedy;
import marketplace.kernel.ReturnApproval;
import marketplace.kernel.ReturnPolicy;
import marketplace.kernel.ReturnReason;
import marketplace.kernel.RuledBy;
import marketplace.kernel.ShippingPayer;
import marketplace.kernel.Units;
import marketplace.kernel.Uphold;
import marketplace.testkit.DeciderFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Rows A1 to A19 (domain, section 8.4).
class DisputeTest {
  private static final Instant NINTH = days(9);
  private static final DisputeOpened BROKEN =
      opened(DisputeReason.DAMAGED, Remedy.REFUND_ONLY, ONE, EACH, EACH, NINTH);
  private static final DisputeOpened WITHHELD =
      opened(DisputeReason.CANCELLATION_REFUSED, Remedy.REFUND_ONLY, BOTH, TOTAL, TOTAL, hours(9));

  private final DeciderFixture<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection>
      order = DeciderFixture.of(new AfterSaleDecider());

  private DeciderFixture<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection>.Given
      delivered() {
    return order.given(PLACED, SHIPPED, ARRIVED, DELIVERED, CONTACTED);
  }

  private DeciderFixture<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection>.Given
      disputed() {
    return delivered().and(BROKEN);
  }

  private DeciderFixture<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection>.Given
      refused() {
    return order.given(PLACED, CONTACTED, REFUSED);
  }

  @Nested
  class Opening_A1 {

    @Test
    void gives_the_seller_five_days_and_both_a_week() {
      delivered()
          .when(open(DisputeReason.DAMAGED, Remedy.REFUND_ONLY, ONE, EACH, List.of(PHOTO)), NINTH)
          .thenEmits(
              BROKEN, new DisputeEvidenceAdded(ORDER, DISPUTE, CaseParty.BUYER, PHOTO, NINTH))
          .thenDeadline("sellerReplyBy", days(14));
    }

    @Test
    void needs_a_window_that_is_open() {
      delivered()
          .and(closed(Why.WINDOW_ENDED, DELIVERED_END, 7))
          .when(broken(), days(26))
          .thenRefuses(new WindowClosed(DELIVERED_END));
      order
          .given(PLACED, CONTACTED, REFUSED, AfterSaleFixturesOverran.AT_OUTER_END)
          .when(refusedClaim(null), days(90))
          .thenRefuses(new WindowClosed(days(90)));
    }

    @Test
    void is_for_one_case_at_a_time_and_two_disputes_an_order() {
      disputed().when(another(broken()), days(10)).thenRefuses(new CaseOpen());
      var second = new DisputeWithdrawn(ORDER, new DisputeId(id(99)), days(11));
      disputed()
          .and(new DisputeWithdrawn(ORDER, DISPUTE, days(10)))
          .and(reopened(new DisputeId(id(99))), second)
          .when(another(broken()), days(12))
          .thenRefuses(new TooManyDisputes(2));
    }

    @Test
    void comes_after_a_word_with_the_seller() {
      order
          .given(PLACED, SHIPPED, ARRIVED, DELIVERED)
          .when(broken(), NINTH)
          .thenRefuses(new ContactSellerFirst());
    }

    @Test
    void needs_evidence_for_what_can_be_seen() {
      delivered()
          .when(open(DisputeReason.DAMAGED, Remedy.REFUND_ONLY, ONE, EACH, List.of()), NINTH)
          .thenRefuses(new EvidenceRequired());
    }

    @ParameterizedTest
    @EnumSource(names = {"DAMAGED", "NOT_AS_DESCRIBED", "INCOMPLETE", "WRONG_ITEM"})
    void about_what_came_needs_that_it_came(DisputeReason reason) {
      order
          .given(PLACED, SHIPPED, CONTACTED)
          .when(open(reason, Remedy.REFUND_ONLY, ONE, EACH, List.of(PHOTO)), NINTH)
          .thenRefuses(new UnitsNotDelivered());
      order
          .given(PLACED, SHIPPED, CONTACTED, new ReceiptNoted(source(60, "ReceiptConfirmed")))
          .when(open(reason, Remedy.REFUND_ONLY, ONE, EACH, List.of(PHOTO)), NINTH)
          .after();
    }

    @Test
    void about_what_never_came_has_to_wait_for_it() {
      var shipped = order.given(PLACED, SHIPPED, CONTACTED);
      shipped.when(missing(), days(30)).thenRefuses(new TooEarly(days(31)));
      assertThat(shipped.when(missing(), days(31)).emitted()).hasSize(1);
      assertThat(shipped.and(parcel(Parcel.State.LOST)).when(missing(), days(9)).emitted())
          .hasSize(1);
      assertThat(shipped.and(ARRIVED).when(missing(), days(9)).emitted()).hasSize(1);
      shipped
          .and(new ReceiptNoted(source(60, "ReceiptConfirmed")))
          .when(missing(), days(40))
          .thenRefuses(new UnitsNotDelivered());
      order.given(PLACED, CONTACTED).when(missing(), days(40)).thenRefuses(new UnitsNotDelivered());
    }

    @Test
    void about_a_refused_cancellation_needs_the_refusal_to_be_the_last_word() {
      order
          .given(PLACED, CONTACTED)
          .when(refusedClaim(null), hours(9))
          .thenRefuses(new NoDeclinedRequest());
      refused().when(refusedClaim(null), hours(9)).thenEmits(WITHHELD);
      refused()
          .and(
              new RequestEndedNoted(
                  source(61, "CancellationWithdrawn"), new CancellationId(id(62)), false))
          .when(refusedClaim(null), hours(9))
          .thenRefuses(new NoDeclinedRequest());
      refused()
          .and(shipped(ONE))
          .when(refusedClaim(null), hours(9))
          .thenRefuses(new UnitsNotDelivered());
    }

    @Test
    void about_a_refused_cancellation_is_about_all_of_it() {
      refused()
          .when(refusedClaim(TOTAL - 1), hours(9))
          .thenRefuses(
              new Invalid("/claimMinor", "must be " + TOTAL + ": a cancellation is whole"));
      refused().when(refusedClaim(TOTAL + 1), hours(9)).thenRefuses(new ClaimTooHigh(TOTAL));
    }

    @Test
    void cannot_claim_more_than_the_units_are_worth_and_is_refundable() {
      delivered()
          .when(
              open(DisputeReason.DAMAGED, Remedy.REFUND_ONLY, ONE, EACH + 1, List.of(PHOTO)), NINTH)
          .thenRefuses(new ClaimTooHigh(EACH));
      delivered()
          .when(
              open(DisputeReason.DAMAGED, Remedy.REFUND_ONLY, BOTH, TOTAL + 1, List.of(PHOTO)),
              NINTH)
          .thenRefuses(new ClaimTooHigh(2 * EACH + FEE));
      delivered()
          .and(PARTLY_REFUNDED)
          .when(open(DisputeReason.DAMAGED, Remedy.REFUND_ONLY, BOTH, TOTAL, List.of(PHOTO)), NINTH)
          .thenRefuses(new ClaimTooHigh(TOTAL - 500));
    }

    @Test
    void finds_nothing_refundable_before_cash_was_collected() {
      order
          .given(placed(ReturnPolicy.NONE, true), SHIPPED, CONTACTED, parcel(Parcel.State.LOST))
          .when(missing(), days(9))
          .thenRefuses(new ClaimTooHigh(0));
    }

    @Test
    void can_only_ask_to_return_what_has_come() {
      var notThere = new Invalid("/remedy", "units can be returned once they are delivered");
      order
          .given(PLACED, SHIPPED, CONTACTED, parcel(Parcel.State.LOST))
          .when(
              open(DisputeReason.NOT_RECEIVED, Remedy.RETURN_AND_REFUND, BOTH, EACH, List.of()),
              NINTH)
          .thenRefuses(notThere);
    }

    @Test
    void is_for_the_order_s_own_people() {
      var stranger = new Actor(CaseParty.BUYER, UUID.randomUUID());
      delivered()
          .when(
              new OpenDispute(
                  stranger,
                  DISPUTE,
                  ONE,
                  DisputeReason.DAMAGED,
                  Remedy.REFUND_ONLY,
                  EACH,
                  "",
                  List.of(PHOTO)),
              NINTH)
          .thenRefuses(new NotAParty());
      order.given().when(broken(), NINTH).thenRefuses(new OrderUnknown());
      delivered().when(new AcceptClaim(SELLER, DISPUTE), NINTH).thenRefuses(new CaseUnknown());
    }

    @Test
    void does_not_pay_for_a_unit_twice() {
      var both = List.of(PHOTO);
      disputed()
          .and(resolved(DisputeEnd.SELLER_ACCEPTED, EACH, Fault.SELLER, days(10)))
          .when(
              another(open(DisputeReason.DAMAGED, Remedy.REFUND_ONLY, BOTH, EACH, both)), days(11))
          .thenRefuses(new UnitsNotDelivered());
      disputed()
          .and(resolved(DisputeEnd.SELLER_ACCEPTED, EACH, Fault.SELLER, days(10)))
          .when(
              another(open(DisputeReason.DAMAGED, Remedy.REFUND_ONLY, ONE, TOTAL, both)), days(11))
          .thenRefuses(new ClaimTooHigh(EACH));
    }
  }

  @Nested
  class The_seller {

    @Test
    void accepts_the_claim_as_it_stands_A2() {
      for (var state : List.of(disputed(), offered(1), escalated())) {
        state
            .when(new AcceptClaim(SELLER, DISPUTE), days(13))
            .thenEmits(resolved(DisputeEnd.SELLER_ACCEPTED, EACH, Fault.SELLER, days(13)));
      }
    }

    @Test
    void is_not_charged_for_what_the_carrier_has_lost() {
      order
          .given(PLACED, SHIPPED, CONTACTED, parcel(Parcel.State.LOST))
          .and(opened(DisputeReason.NOT_RECEIVED, Remedy.REFUND_ONLY, BOTH, TOTAL, TOTAL, NINTH))
          .when(new AcceptClaim(SELLER, DISPUTE), days(10))
          .thenEmits(
              resolution(
                  DisputeEnd.SELLER_ACCEPTED,
                  Remedy.REFUND_ONLY,
                  TOTAL,
                  Fault.CARRIER,
                  DisputeSettlement.AWARD,
                  BOTH,
                  days(10)));
    }

    @Test
    void who_accepts_a_return_gets_the_units_back() {
      var emitted =
          delivered()
              .and(
                  opened(DisputeReason.WRONG_ITEM, Remedy.RETURN_AND_REFUND, ONE, 500, EACH, NINTH))
              .when(new AcceptClaim(SELLER, DISPUTE), days(10))
              .emitted();
      assertThat(emitted).hasSize(3);
      assertThat(emitted.getFirst())
          .isEqualTo(
              resolution(
                  DisputeEnd.SELLER_ACCEPTED,
                  Remedy.RETURN_AND_REFUND,
                  500,
                  Fault.SELLER,
                  DisputeSettlement.RETURN,
                  ONE,
                  days(10)));
      var requested = (ReturnRequested) emitted.get(1);
      assertThat(requested.reason()).isEqualTo(ReturnReason.WRONG_ITEM);
      assertThat(requested.disputeId()).isEqualTo(DISPUTE);
      assertThat(requested.refundIfAcceptedMinor()).isEqualTo(500);
      var approved = (ReturnApproved) emitted.get(2);
      assertThat(approved.how()).isEqualTo(ReturnApproval.DISPUTE);
      assertThat(approved.shippingPaidBy()).isEqualTo(ShippingPayer.SELLER);
      assertThat(approved.shipBackBy()).isEqualTo(days(20));
    }

    @Test
    void makes_an_offer_A3_in_his_turn() {
      disputed().when(offer(SELLER, 100), days(10)).thenEmits(offerMade(100, days(10)));
      offered(100).when(offer(SELLER, 200), days(11)).thenRefuses(new NotYourTurn());
      escalated().when(offer(SELLER, 200), days(13)).thenRefuses(new NotYourTurn());
      withdrawn().when(offer(SELLER, 200), days(13)).thenRefuses(new CaseClosed());
      disputed().when(offer(SELLER, EACH + 1), days(10)).thenRefuses(new ClaimTooHigh(EACH));
    }

    @Test
    void does_not_offer_all_of_a_cancellation_but_accepts_it() {
      refused()
          .and(WITHHELD)
          .when(offer(SELLER, TOTAL), hours(10))
          .thenRefuses(new ClaimTooHigh(TOTAL - 1));
    }

    @Test
    void rejects_the_claim_A4_in_his_turn() {
      disputed()
          .when(new RejectClaim(SELLER, DISPUTE, "It was whole."), days(10))
          .thenEmits(rejection(null, CaseParty.SELLER, "It was whole.", days(10)));
      offered(1)
          .when(new RejectClaim(SELLER, DISPUTE, "No."), days(11))
          .thenRefuses(new NotYourTurn());
      withdrawn()
          .when(new RejectClaim(SELLER, DISPUTE, "No."), days(13))
          .thenRefuses(new CaseClosed());
    }

    @Test
    void who_never_answers_has_lost_A5() {
      disputed()
          .whenNextDeadlinePasses()
          .thenEmits(resolved(DisputeEnd.SELLER_SILENT, EACH, Fault.SELLER, days(14)));
    }

    @Test
    void who_has_answered_once_is_not_silent_D8() {
      offered(100).and(claimed(300, days(11))).thenDeadline("negotiateUntil", days(16));
    }
  }

  @Nested
  class The_buyer {

    @Test
    void accepts_the_offer_that_stands_A6() {
      for (var state : List.of(offered(100), offered(100).and(escalation(days(12))))) {
        state
            .when(new AcceptOffer(BUYER, DISPUTE, OFFER), days(13))
            .thenEmits(resolved(DisputeEnd.OFFER_ACCEPTED, 100, Fault.SELLER, days(13)));
      }
      disputed()
          .when(new AcceptOffer(BUYER, DISPUTE, OFFER), days(10))
          .thenRefuses(new OfferClosed());
      offered(100)
          .when(new AcceptOffer(BUYER, DISPUTE, new OfferId(id(99))), days(11))
          .thenRefuses(new OfferClosed());
      offered(100)
          .and(claimed(300, days(11)))
          .when(new AcceptOffer(BUYER, DISPUTE, OFFER), days(12))
          .thenRefuses(new OfferClosed());
      withdrawn()
          .when(new AcceptOffer(BUYER, DISPUTE, OFFER), days(12))
          .thenRefuses(new CaseClosed());
    }

    @Test
    void rejects_the_offer_A7() {
      var rejected = offered(100).when(new RejectOffer(BUYER, DISPUTE, OFFER), days(11));
      rejected
          .thenEmits(rejection(OFFER, CaseParty.BUYER, "", days(11)))
          .when(new AcceptOffer(BUYER, DISPUTE, OFFER), days(12))
          .thenRefuses(new OfferClosed());
      offered(100)
          .and(escalation(days(12)))
          .when(new RejectOffer(BUYER, DISPUTE, OFFER), days(13))
          .thenRefuses(new NotYourTurn());
    }

    @Test
    void claims_something_else_A8_in_his_turn() {
      offered(100)
          .when(offer(BUYER, 300), days(11))
          .thenEmits(claimed(300, days(11)))
          .thenDeadline("negotiateUntil", days(16));
      disputed().when(offer(BUYER, 300), days(10)).thenRefuses(new NotYourTurn());
      offered(100).when(offer(BUYER, EACH + 1), days(11)).thenRefuses(new ClaimTooHigh(EACH));
    }

    @Test
    void asks_the_platform_A9_after_three_days() {
      disputed().when(new Escalate(BUYER, DISPUTE), days(11)).thenRefuses(new TooEarly(days(12)));
      disputed()
          .when(new Escalate(BUYER, DISPUTE), days(12))
          .thenEmits(escalation(days(12)))
          .thenDeadline("ruleBy", days(19));
      escalated().when(new Escalate(BUYER, DISPUTE), days(13)).thenRefuses(new NotYourTurn());
      withdrawn().when(new Escalate(BUYER, DISPUTE), days(10)).thenRefuses(new CaseClosed());
    }

    @Test
    void withdraws_A16() {
      for (var state : List.of(disputed(), offered(1), escalated())) {
        state
            .when(new WithdrawDispute(BUYER, DISPUTE), days(13))
            .thenEmits(new DisputeWithdrawn(ORDER, DISPUTE, days(13)));
      }
      withdrawn().when(new WithdrawDispute(BUYER, DISPUTE), days(13)).thenRefuses(new CaseClosed());
      stopping().when(new WithdrawDispute(BUYER, DISPUTE), days(5)).thenRefuses(new NotYourTurn());
    }
  }

  @Nested
  class The_platform {

    @Test
    void is_asked_when_a_week_has_passed_A10() {
      offered(100)
          .whenNextDeadlinePasses()
          .thenEmits(
              new DisputeEscalated(ORDER, DISPUTE, EscalatedBy.DEADLINE, days(16), days(23)));
    }

    @Test
    void is_reminded_once_and_not_replaced_D10() {
      escalated()
          .whenNextDeadlinePasses()
          .thenEmits(new DisputeRulingOverdue(ORDER, DISPUTE, days(19)))
          .thenDeadline("afterSaleUntil", DELIVERED_END);
    }

    @Test
    void rules_A11() {
      escalated()
          .when(rule(Uphold.PARTIAL, 250, Fault.SELLER, false), days(14))
          .thenEmits(
              ruling(RuledBy.PLATFORM, Uphold.PARTIAL, 250, Fault.SELLER, ONE, false, days(14)),
              resolved(DisputeEnd.RULING, 250, Fault.SELLER, days(14)));
      escalated()
          .when(rule(Uphold.FULL, EACH + 1, Fault.SELLER, false), days(14))
          .thenRefuses(new AwardOutOfRange(0, EACH));
    }

    @Test
    void rules_only_what_it_was_asked() {
      for (var state : List.of(disputed(), offered(1), withdrawn(), stopping())) {
        state
            .when(rule(Uphold.NONE, 0, Fault.NONE, false), days(14))
            .thenRefuses(new NotUnderReview());
      }
    }

    @Test
    void dismisses_A15() {
      escalated()
          .when(rule(Uphold.NONE, 0, Fault.NONE, false), days(14))
          .thenEmits(
              ruling(RuledBy.PLATFORM, Uphold.NONE, 0, Fault.NONE, ONE, false, days(14)),
              resolution(
                  DisputeEnd.RULING,
                  Remedy.REFUND_ONLY,
                  0,
                  Fault.NONE,
                  DisputeSettlement.NOTHING,
                  ONE,
                  days(14)));
      escalated()
          .when(rule(Uphold.NONE, 1, Fault.NONE, false), days(14))
          .thenRefuses(new AwardOutOfRange(0, 0));
    }

    @Test
    void may_ask_for_the_units_back() {
      var emitted =
          escalated().when(rule(Uphold.FULL, EACH, Fault.BUYER, true), days(14)).emitted();
      assertThat(emitted).hasSize(4);
      assertThat(((DisputeResolved) emitted.get(1)).settledBy())
          .isEqualTo(DisputeSettlement.RETURN);
      assertThat(((ReturnApproved) emitted.get(3)).shippingPaidBy()).isEqualTo(ShippingPayer.BUYER);
      escalated()
          .when(rule(Uphold.NONE, 0, Fault.BUYER, true), days(14))
          .thenRefuses(
              new Invalid("/returnRequired", "only delivered units are returned, for their money"));
    }
  }

  @Nested
  class A_refused_cancellation {

    @Test
    void that_the_platform_grants_stops_the_shipping_first_A12() {
      refused()
          .and(WITHHELD, escalation(days(4)))
          .when(rule(Uphold.FULL, TOTAL, Fault.SELLER, false), days(5))
          .thenEmits(stop(RuledBy.PLATFORM, days(5)))
          .thenDeadline("afterSaleUntil", days(90));
      refused()
          .and(WITHHELD, escalation(days(4)))
          .when(rule(Uphold.PARTIAL, TOTAL - 1, Fault.SELLER, false), days(5))
          .thenRefuses(new AwardOutOfRange(TOTAL, TOTAL));
    }

    @Test
    void that_the_seller_grants_stops_the_shipping_first_A19() {
      refused()
          .and(WITHHELD)
          .when(new AcceptClaim(SELLER, DISPUTE), hours(10))
          .thenEmits(stop(RuledBy.SELLER_ACCEPTED, hours(10)));
      refused()
          .and(WITHHELD)
          .whenNextDeadlinePasses()
          .thenEmits(stop(RuledBy.SELLER_SILENT, hours(9 + 5 * 24)));
    }

    @Test
    void that_was_shipped_meanwhile_is_an_award_like_others_A2() {
      refused()
          .and(WITHHELD, SHIPPED)
          .when(new AcceptClaim(SELLER, DISPUTE), days(3))
          .thenEmits(
              resolution(
                  DisputeEnd.SELLER_ACCEPTED,
                  Remedy.REFUND_ONLY,
                  TOTAL,
                  Fault.SELLER,
                  DisputeSettlement.AWARD,
                  BOTH,
                  days(3)));
      refused().and(WITHHELD, SHIPPED).thenDeadline("negotiateUntil", hours(9 + 7 * 24));
    }

    @Test
    void ends_with_the_first_word_of_the_stop_A13() {
      var settled =
          resolution(
              DisputeEnd.RULING,
              Remedy.REFUND_ONLY,
              0,
              Fault.SELLER,
              DisputeSettlement.CANCELLATION,
              BOTH,
              days(5));
      var stopped = new StopNoted(source(70, "FulfilmentStopped"), DISPUTE);
      var cancelled = unitsCancelled(BOTH, CancellationCause.RULING);
      var over = new CancellationNoted(source(71, "OrderCancelled"), CancellationCause.RULING, 6);
      stopping().when(new TakeNote(stopped), days(5)).thenEmits(stopped, settled);
      stopping().when(new TakeNote(over), days(5)).thenEmits(over, settled);
      stopping()
          .when(new TakeNote(cancelled), days(5))
          .thenEmits(cancelled, settled)
          .when(new TakeNote(stopped), days(5))
          .thenEmits(stopped)
          .when(new TakeNote(over), days(5))
          .thenEmits(over)
          .thenNoDeadline();
    }

    @Test
    void that_the_seller_granted_ends_as_granted_by_him() {
      var stopped = new StopNoted(source(70, "FulfilmentStopped"), DISPUTE);
      refused()
          .and(WITHHELD, stop(RuledBy.SELLER_ACCEPTED, hours(10)))
          .when(new TakeNote(stopped), hours(10))
          .thenEmits(
              stopped,
              resolution(
                  DisputeEnd.SELLER_ACCEPTED,
                  Remedy.REFUND_ONLY,
                  0,
                  Fault.SELLER,
                  DisputeSettlement.CANCELLATION,
                  BOTH,
                  hours(10)));
    }

    @Test
    void goes_back_to_the_platform_when_the_stop_came_too_late_A14() {
      var late = new StopRefusedNoted(source(72, "FulfilmentStopRefused"), DISPUTE, days(5));
      stopping()
          .when(new TakeNote(late), days(5))
          .thenEmits(late, new ReviewResumed(ORDER, DISPUTE, days(11)))
          .thenDeadline("ruleBy", days(11));
      refused()
          .and(WITHHELD, stop(RuledBy.SELLER_ACCEPTED, hours(10)))
          .when(new TakeNote(late), days(5))
          .thenEmits(late, new ReviewResumed(ORDER, DISPUTE, days(12)));
    }

    @Test
    void is_moot_once_its_units_are_cancelled_by_something_else_A17() {
      var missed = unitsCancelled(BOTH, CancellationCause.SHIP_DEADLINE_MISSED);
      var moot =
          resolution(
              DisputeEnd.MOOT,
              Remedy.REFUND_ONLY,
              0,
              Fault.NONE,
              DisputeSettlement.NOTHING,
              BOTH,
              days(7));
      refused().and(WITHHELD).when(new TakeNote(missed), days(7)).thenEmits(missed, moot);
      stopping().when(new TakeNote(missed), days(7)).thenEmits(missed, moot);
      var one = unitsCancelled(ONE, CancellationCause.SELLER_CANCELLED);
      refused().and(WITHHELD).when(new TakeNote(one), days(7)).thenEmits(one);
    }

    @Test
    void knows_no_stop_that_nobody_has_asked_for() {
      refused()
          .and(WITHHELD)
          .when(new TakeNote(new StopNoted(source(70, "FulfilmentStopped"), DISPUTE)), days(5))
          .thenRefuses(new IllegalTransition());
    }
  }

  @Nested
  class Evidence_A18 {

    @Test
    void is_taken_from_all_sides_while_the_case_is_open() {
      for (var actor : List.of(BUYER, SELLER, MEDIATOR)) {
        disputed()
            .when(new AddDisputeEvidence(actor, DISPUTE, PHOTO), days(10))
            .thenEmits(new DisputeEvidenceAdded(ORDER, DISPUTE, actor.party(), PHOTO, days(10)));
      }
      withdrawn()
          .when(new AddDisputeEvidence(BUYER, DISPUTE, PHOTO), days(13))
          .thenRefuses(new CaseClosed());
    }

    @Test
    void is_twenty_pieces_at_most() {
      var full = disputed();
      for (var i = 0; i < Evidence.PIECES_MAX; i++) {
        var piece = new Evidence.Piece(new EvidenceId(id(100 + i)), "text/plain", 1, "00", "");
        full = full.and(new DisputeEvidenceAdded(ORDER, DISPUTE, CaseParty.BUYER, piece, NINTH));
      }
      full.when(new AddDisputeEvidence(SELLER, DISPUTE, PHOTO), days(10))
          .thenRefuses(new EvidenceLimit());
    }
  }

  @Nested
  class The_window {

    @Test
    void does_not_close_over_an_open_case_W4() {
      var late = disputed().and(claimedLate());
      late.and(AfterSaleFixturesOverran.AT_DELIVERED_END)
          .when(new WithdrawDispute(BUYER, DISPUTE), days(27))
          .thenEmits(
              new DisputeWithdrawn(ORDER, DISPUTE, days(27)),
              closed(Why.WINDOW_ENDED, days(27), 7));
    }

    @Test
    void stays_open_over_a_full_refund_while_a_case_is_open_W5() {
      disputed().when(new TakeNote(FULLY_REFUNDED), days(10)).thenEmits(FULLY_REFUNDED);
    }
  }

  /// Ends of the window as the private event that is stored for them.
  private static final class AfterSaleFixturesOverran {
    private static final AfterSaleEvent AT_OUTER_END =
        new AfterSaleEvent.WindowOverran(ORDER, days(90));
    private static final AfterSaleEvent AT_DELIVERED_END =
        new AfterSaleEvent.WindowOverran(ORDER, DELIVERED_END);
  }

  private DeciderFixture<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection>.Given
      offered(long amountMinor) {
    return disputed().and(offerMade(amountMinor, days(10)));
  }

  private DeciderFixture<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection>.Given
      escalated() {
    return disputed().and(escalation(days(12)));
  }

  private DeciderFixture<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection>.Given
      withdrawn() {
    return disputed().and(new DisputeWithdrawn(ORDER, DISPUTE, days(9)));
  }

  private DeciderFixture<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection>.Given
      stopping() {
    return refused().and(WITHHELD, escalation(days(4)), stop(RuledBy.PLATFORM, days(5)));
  }

  private static OpenDispute broken() {
    return open(DisputeReason.DAMAGED, Remedy.REFUND_ONLY, ONE, EACH, List.of(PHOTO));
  }

  private static OpenDispute missing() {
    return open(DisputeReason.NOT_RECEIVED, Remedy.REFUND_ONLY, BOTH, TOTAL, List.of());
  }

  private static OpenDispute refusedClaim(@Nullable Long claimMinor) {
    return open(
        DisputeReason.CANCELLATION_REFUSED, Remedy.REFUND_ONLY, BOTH, claimMinor, List.of());
  }

  private static OpenDispute open(
      DisputeReason reason,
      Remedy remedy,
      Units units,
      @Nullable Long claimMinor,
      List<Evidence.Piece> evidence) {
    return new OpenDispute(BUYER, DISPUTE, units, reason, remedy, claimMinor, "", evidence);
  }

  private static OpenDispute another(OpenDispute one) {
    return new OpenDispute(
        one.actor(),
        new DisputeId(id(98)),
        one.units(),
        one.reason(),
        one.remedy(),
        one.claimMinor(),
        one.text(),
        one.evidence());
  }

  private static DisputeOpened opened(
      DisputeReason reason,
      Remedy remedy,
      Units units,
      long claimMinor,
      long maxClaimMinor,
      Instant at) {
    return new DisputeOpened(
        ORDER,
        DISPUTE,
        ANA,
        LIN,
        units,
        reason,
        remedy,
        claimMinor,
        maxClaimMinor,
        "USD",
        "",
        at,
        at.plusSeconds(5 * 86_400),
        at.plusSeconds(7 * 86_400));
  }

  private static DisputeOpened reopened(DisputeId id) {
    return new DisputeOpened(
        ORDER,
        id,
        ANA,
        LIN,
        ONE,
        DisputeReason.DAMAGED,
        Remedy.REFUND_ONLY,
        EACH,
        EACH,
        "USD",
        "",
        days(10),
        days(15),
        days(17));
  }

  private static MakeOffer offer(Actor actor, long amountMinor) {
    return new MakeOffer(actor, DISPUTE, OFFER, Remedy.REFUND_ONLY, amountMinor, "");
  }

  private static DisputeOfferMade offerMade(long amountMinor, Instant at) {
    return new DisputeOfferMade(
        ORDER, DISPUTE, OFFER, CaseParty.SELLER, Remedy.REFUND_ONLY, amountMinor, "", at, null);
  }

  private static DisputeOfferMade claimed(long amountMinor, Instant at) {
    return new DisputeOfferMade(
        ORDER,
        DISPUTE,
        OFFER,
        CaseParty.BUYER,
        Remedy.REFUND_ONLY,
        amountMinor,
        "",
        at,
        at.plusSeconds(5 * 86_400));
  }

  /// So late that the window's end comes first.
  private static AfterSaleEvent claimedLate() {
    return escalation(days(16));
  }

  private static DisputeOfferRejected rejection(
      @Nullable OfferId offerId, CaseParty by, String comment, Instant at) {
    return new DisputeOfferRejected(ORDER, DISPUTE, offerId, by, comment, at);
  }

  private static DisputeEscalated escalation(Instant at) {
    return new DisputeEscalated(ORDER, DISPUTE, EscalatedBy.BUYER, at, at.plusSeconds(7 * 86_400));
  }

  private static RuleDispute rule(
      Uphold uphold, long awardMinor, Fault fault, boolean returnRequired) {
    return new RuleDispute(
        MEDIATOR, DISPUTE, uphold, awardMinor, fault, returnRequired, "So be it.");
  }

  private static RulingMade ruling(
      RuledBy by,
      Uphold uphold,
      long awardMinor,
      Fault fault,
      Units units,
      boolean stop,
      Instant at) {
    return new RulingMade(
        ORDER,
        DISPUTE,
        units,
        by,
        uphold,
        awardMinor,
        fault,
        false,
        stop,
        by == RuledBy.PLATFORM ? "So be it." : "",
        at);
  }

  private static RulingMade stop(RuledBy by, Instant at) {
    return ruling(by, Uphold.FULL, TOTAL, Fault.SELLER, BOTH, true, at);
  }

  private static DisputeResolved resolved(
      DisputeEnd how, long awardMinor, Fault fault, Instant at) {
    return resolution(how, Remedy.REFUND_ONLY, awardMinor, fault, DisputeSettlement.AWARD, ONE, at);
  }

  private static DisputeResolved resolution(
      DisputeEnd how,
      Remedy remedy,
      long awardMinor,
      Fault fault,
      DisputeSettlement settledBy,
      Units units,
      Instant at) {
    return new DisputeResolved(
        ORDER,
        DISPUTE,
        LIN,
        how,
        remedy,
        awardMinor,
        fault,
        settledBy == DisputeSettlement.RETURN,
        settledBy,
        units,
        at);
  }
}
