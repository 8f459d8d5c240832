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
import static marketplace.dispute.AfterSaleFixtures.LIN;
import static marketplace.dispute.AfterSaleFixtures.MEDIATOR;
import static marketplace.dispute.AfterSaleFixtures.ONE;
import static marketplace.dispute.AfterSaleFixtures.ORDER;
import static marketplace.dispute.AfterSaleFixtures.PARCEL;
import static marketplace.dispute.AfterSaleFixtures.PHOTO;
import static marketplace.dispute.AfterSaleFixtures.PLACED;
import static marketplace.dispute.AfterSaleFixtures.RETURN;
import static marketplace.dispute.AfterSaleFixtures.SELLER;
import static marketplace.dispute.AfterSaleFixtures.SHIPPED;
import static marketplace.dispute.AfterSaleFixtures.TOTAL;
import static marketplace.dispute.AfterSaleFixtures.closed;
import static marketplace.dispute.AfterSaleFixtures.days;
import static marketplace.dispute.AfterSaleFixtures.id;
import static marketplace.dispute.AfterSaleFixtures.parcel;
import static marketplace.dispute.AfterSaleFixtures.placed;
import static marketplace.dispute.AfterSaleFixtures.shipped;
import static marketplace.dispute.AfterSaleFixtures.source;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import marketplace.dispute.domain.AfterSaleCommand.AddReturnEvidence;
import marketplace.dispute.domain.AfterSaleCommand.ApproveReturn;
import marketplace.dispute.domain.AfterSaleCommand.ConfirmReturn;
import marketplace.dispute.domain.AfterSaleCommand.ContestReturn;
import marketplace.dispute.domain.AfterSaleCommand.DeliverReturn;
import marketplace.dispute.domain.AfterSaleCommand.RejectReturn;
import marketplace.dispute.domain.AfterSaleCommand.RequestReturn;
import marketplace.dispute.domain.AfterSaleCommand.RuleReturn;
import marketplace.dispute.domain.AfterSaleCommand.ShipBack;
import marketplace.dispute.domain.AfterSaleCommand.TakeNote;
import marketplace.dispute.domain.AfterSaleCommand.WithdrawDispute;
import marketplace.dispute.domain.AfterSaleCommand.WithdrawReturn;
import marketplace.dispute.domain.AfterSaleEvent.DisputeOpened;
import marketplace.dispute.domain.AfterSaleEvent.DisputeResolved;
import marketplace.dispute.domain.AfterSaleEvent.DisputeWithdrawn;
import marketplace.dispute.domain.AfterSaleEvent.ReturnAccepted;
import marketplace.dispute.domain.AfterSaleEvent.ReturnAgreedNoted;
import marketplace.dispute.domain.AfterSaleEvent.ReturnApproved;
import marketplace.dispute.domain.AfterSaleEvent.ReturnClosed;
import marketplace.dispute.domain.AfterSaleEvent.ReturnContested;
import marketplace.dispute.domain.AfterSaleEvent.ReturnEvidenceAdded;
import marketplace.dispute.domain.AfterSaleEvent.ReturnParcelDelivered;
import marketplace.dispute.domain.AfterSaleEvent.ReturnRejected;
import marketplace.dispute.domain.AfterSaleEvent.ReturnRequested;
import marketplace.dispute.domain.AfterSaleEvent.ReturnShipped;
import marketplace.dispute.domain.AfterSaleEvent.Why;
import marketplace.dispute.domain.AfterSaleEvent.WindowOverran;
import marketplace.dispute.domain.AfterSaleRejection.AwardOutOfRange;
import marketplace.dispute.domain.AfterSaleRejection.CaseClosed;
import marketplace.dispute.domain.AfterSaleRejection.CaseOpen;
import marketplace.dispute.domain.AfterSaleRejection.DeadlinePassed;
import marketplace.dispute.domain.AfterSaleRejection.EvidenceRequired;
import marketplace.dispute.domain.AfterSaleRejection.NotUnderReview;
import marketplace.dispute.domain.AfterSaleRejection.NotYourTurn;
import marketplace.dispute.domain.AfterSaleRejection.ReturnNotAvailable;
import marketplace.dispute.domain.AfterSaleRejection.TrackingOrder;
import marketplace.dispute.domain.AfterSaleRejection.UnitsNotDelivered;
import marketplace.dispute.domain.AfterSaleRejection.WindowClosed;
import marketplace.kernel.CaseParty;
import marketplace.kernel.DisputeEnd;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.DisputeSettlement;
import marketplace.kernel.Fault;
import marketplace.kernel.LabelId;
import marketplace.kernel.Remedy;
import marketplace.kernel.ReturnAcceptance;
import marketplace.kernel.ReturnApproval;
import marketplace.kernel.ReturnEnd;
import marketplace.kernel.ReturnId;
import marketplace.kernel.ReturnPolicy;
import marketplace.kernel.ReturnReason;
import marketplace.kernel.ShippingPayer;
import marketplace.kernel.Units;
import marketplace.testkit.DeciderFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Rows B1 to B14 (domain, section 8.5), and W6.
class ReturnTest {
  private final DeciderFixture<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection>
      order = DeciderFixture.of(new AfterSaleDecider());

  private DeciderFixture<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection>.Given
      delivered(ReturnPolicy policy) {
    return order.given(placed(policy, false), SHIPPED, ARRIVED, DELIVERED);
  }

  private DeciderFixture<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection>.Given
      requested() {
    return delivered(ReturnPolicy.BUYER_PAYS).and(wanted(ONE, false, EACH));
  }

  private DeciderFixture<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection>.Given
      approved() {
    return requested().and(approval(ReturnApproval.PLATFORM, days(12)));
  }

  private DeciderFixture<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection>.Given
      sentBack() {
    return approved().and(new ReturnShipped(ORDER, RETURN, "BACK-1", days(14)));
  }

  private DeciderFixture<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection>.Given
      atSeller() {
    return sentBack().and(new ReturnParcelDelivered(ORDER, RETURN, days(20), days(30)));
  }

  private DeciderFixture<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection>.Given
      contested() {
    return atSeller().and(new ReturnContested(ORDER, RETURN, "It is scratched.", days(21)));
  }

  @Nested
  class Asking_B1 {

    @Test
    void is_reviewed_by_the_platform_within_five_days() {
      delivered(ReturnPolicy.BUYER_PAYS)
          .when(ask(ReturnReason.NO_LONGER_NEEDED, ONE, List.of()), days(11))
          .thenEmits(wanted(ONE, false, EACH))
          .thenDeadline("reviewBy", days(16));
    }

    @Test
    void is_approved_at_once_where_it_is_free() {
      var emitted =
          delivered(ReturnPolicy.FREE)
              .when(ask(ReturnReason.NO_LONGER_NEEDED, ONE, List.of()), days(11))
              .emitted();
      assertThat(emitted).hasSize(2);
      assertThat(emitted.getFirst()).isEqualTo(wanted(ONE, true, EACH));
      var approval = (ReturnApproved) emitted.getLast();
      assertThat(approval.how()).isEqualTo(ReturnApproval.AUTO_FREE);
      assertThat(approval.shippingPaidBy()).isEqualTo(ShippingPayer.SELLER);
      assertThat(approval.labelId()).isNotNull();
      assertThat(approval.instructions())
          .contains(String.valueOf(approval.labelId()))
          .contains("2026-01-26");
    }

    @Test
    void is_free_once_an_order() {
      var emitted =
          delivered(ReturnPolicy.FREE)
              .and(wanted(ONE, true, EACH), ended(ReturnEnd.WITHDRAWN, days(11)))
              .when(another(ask(ReturnReason.NO_LONGER_NEEDED, ONE, List.of())), days(12))
              .emitted();
      assertThat(emitted).hasSize(1);
      assertThat(((ReturnRequested) emitted.getFirst()).free()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_LONGER_NEEDED", "WRONG_SIZE_OR_COLOUR"})
    void is_not_for_a_change_of_mind_where_the_seller_takes_nothing_back(ReturnReason reason) {
      delivered(ReturnPolicy.NONE)
          .when(ask(reason, ONE, List.of()), days(11))
          .thenRefuses(new ReturnNotAvailable());
      delivered(ReturnPolicy.NONE)
          .and(new ReturnAgreedNoted(source(50, "ReturnAgreed"), ONE, days(10)))
          .when(ask(reason, ONE, List.of()), days(11))
          .after();
      delivered(ReturnPolicy.NONE)
          .and(new ReturnAgreedNoted(source(50, "ReturnAgreed"), ONE, days(10)))
          .when(ask(reason, BOTH, List.of()), days(11))
          .thenRefuses(new ReturnNotAvailable());
    }

    @ParameterizedTest
    @EnumSource(names = {"DAMAGED", "NOT_AS_DESCRIBED", "WRONG_ITEM"})
    void for_the_seller_s_fault_is_always_possible_with_evidence(ReturnReason reason) {
      delivered(ReturnPolicy.NONE)
          .when(ask(reason, ONE, List.of()), days(11))
          .thenRefuses(new EvidenceRequired());
      var emitted =
          delivered(ReturnPolicy.NONE).when(ask(reason, BOTH, List.of(PHOTO)), days(11)).emitted();
      assertThat(((ReturnRequested) emitted.getFirst()).refundIfAcceptedMinor())
          .as("all of it, so with the shipping fee")
          .isEqualTo(2 * EACH + FEE);
      assertThat(emitted.getLast())
          .isEqualTo(new ReturnEvidenceAdded(ORDER, RETURN, CaseParty.BUYER, PHOTO, days(11)));
    }

    @Test
    void needs_the_window_the_units_and_no_other_case() {
      var ask = ask(ReturnReason.NO_LONGER_NEEDED, ONE, List.of());
      delivered(ReturnPolicy.BUYER_PAYS)
          .and(closed(Why.WINDOW_ENDED, DELIVERED_END, 7))
          .when(ask, days(26))
          .thenRefuses(new WindowClosed(DELIVERED_END));
      requested().when(another(ask), days(12)).thenRefuses(new CaseOpen());
      order.given(PLACED, SHIPPED).when(ask, days(11)).thenRefuses(new UnitsNotDelivered());
      atSeller()
          .and(taken(ReturnAcceptance.SELLER_CONFIRMED, ONE, EACH, days(21)))
          .when(another(ask(ReturnReason.NO_LONGER_NEEDED, BOTH, List.of())), days(22))
          .thenRefuses(new UnitsNotDelivered());
    }
  }

  @Nested
  class The_platform {

    @Test
    void approves_or_rejects_B2() {
      requested()
          .when(new ApproveReturn(MEDIATOR, RETURN, null), days(12))
          .thenEmits(approval(ReturnApproval.PLATFORM, days(12)))
          .thenDeadline("shipBackBy", days(22));
      requested()
          .when(new RejectReturn(MEDIATOR, RETURN, "It was worn."), days(12))
          .thenEmits(new ReturnRejected(ORDER, RETURN, "It was worn.", days(12)))
          .when(new ApproveReturn(MEDIATOR, RETURN, null), days(13))
          .thenRefuses(new CaseClosed());
      approved()
          .when(new RejectReturn(MEDIATOR, RETURN, "Too late."), days(13))
          .thenRefuses(new NotUnderReview());
    }

    @Test
    void that_says_nothing_has_approved_B3() {
      requested()
          .whenNextDeadlinePasses()
          .thenEmits(approval(ReturnApproval.AUTO_REVIEW_TIME, days(16)));
    }

    @Test
    void rules_what_the_seller_contests_B10() {
      contested()
          .when(new RuleReturn(MEDIATOR, RETURN, 300, "Half."), days(22))
          .thenEmits(taken(ReturnAcceptance.RULING, ONE, 300, days(22)));
      contested()
          .when(new RuleReturn(MEDIATOR, RETURN, 0, "No."), days(22))
          .thenEmits(ended(ReturnEnd.REFUSED_BY_RULING, days(22)));
      contested()
          .when(new RuleReturn(MEDIATOR, RETURN, EACH + 1, "More."), days(22))
          .thenRefuses(new AwardOutOfRange(0, EACH));
    }

    @Test
    void rules_on_a_parcel_that_never_came_back_B10() {
      sentBack()
          .when(new RuleReturn(MEDIATOR, RETURN, EACH, "Lost."), days(43))
          .thenRefuses(new NotUnderReview());
      sentBack()
          .and(new WindowOverran(ORDER, DELIVERED_END))
          .when(new RuleReturn(MEDIATOR, RETURN, EACH, "Lost."), days(44))
          .thenEmits(
              taken(ReturnAcceptance.RULING, ONE, EACH, days(44)),
              closed(Why.WINDOW_ENDED, days(44), 7));
      atSeller()
          .when(new RuleReturn(MEDIATOR, RETURN, 1, ""), days(22))
          .thenRefuses(new NotUnderReview());
    }
  }

  @Nested
  class The_buyer {

    @Test
    void sends_the_units_back_B4_in_time_B5() {
      approved()
          .when(new ShipBack(BUYER, RETURN, "BACK-1"), days(14))
          .thenEmits(new ReturnShipped(ORDER, RETURN, "BACK-1", days(14)))
          .thenDeadline("afterSaleUntil", DELIVERED_END);
      approved()
          .whenNextDeadlinePasses()
          .thenEmits(ended(ReturnEnd.EXPIRED, days(22)))
          .when(new ShipBack(BUYER, RETURN, "BACK-1"), days(22))
          .thenRefuses(new DeadlinePassed(days(22)));
      requested()
          .when(new ShipBack(BUYER, RETURN, "BACK-1"), days(12))
          .thenRefuses(new NotYourTurn());
    }

    @Test
    void withdraws_before_he_has_sent_anything_B11() {
      for (var state : List.of(requested(), approved())) {
        state
            .when(new WithdrawReturn(BUYER, RETURN), days(13))
            .thenEmits(ended(ReturnEnd.WITHDRAWN, days(13)))
            .when(new WithdrawReturn(BUYER, RETURN), days(14))
            .thenRefuses(new CaseClosed());
      }
      sentBack().when(new WithdrawReturn(BUYER, RETURN), days(15)).thenRefuses(new NotYourTurn());
    }
  }

  @Nested
  class The_carrier {

    @Test
    void brings_the_parcel_back_B6() {
      sentBack()
          .when(new DeliverReturn(RETURN, null), days(20))
          .thenEmits(new ReturnParcelDelivered(ORDER, RETURN, days(20), days(30)));
      sentBack()
          .when(new DeliverReturn(RETURN, days(19)), days(20))
          .thenEmits(new ReturnParcelDelivered(ORDER, RETURN, days(19), days(29)));
      sentBack()
          .when(new DeliverReturn(RETURN, days(13)), days(20))
          .thenRefuses(new TrackingOrder());
      approved().when(new DeliverReturn(RETURN, null), days(20)).thenRefuses(new TrackingOrder());
    }
  }

  @Nested
  class The_seller {

    @Test
    void confirms_B7_or_contests_B9_in_time_B8() {
      atSeller()
          .when(new ConfirmReturn(SELLER, RETURN), days(21))
          .thenEmits(taken(ReturnAcceptance.SELLER_CONFIRMED, ONE, EACH, days(21)));
      atSeller()
          .when(new ContestReturn(SELLER, RETURN, "It is scratched."), days(21))
          .thenEmits(new ReturnContested(ORDER, RETURN, "It is scratched.", days(21)))
          .when(new ConfirmReturn(SELLER, RETURN), days(22))
          .thenRefuses(new NotYourTurn());
      var silent =
          atSeller()
              .and(new WindowOverran(ORDER, DELIVERED_END))
              .whenNextDeadlinePasses()
              .thenEmits(
                  taken(ReturnAcceptance.SELLER_SILENT, ONE, EACH, days(30)),
                  closed(Why.WINDOW_ENDED, days(30), 7));
      silent
          .when(new ContestReturn(SELLER, RETURN, "But!"), days(31))
          .thenRefuses(new DeadlinePassed(days(30)));
    }
  }

  @Nested
  class Evidence_B14 {

    @Test
    void is_taken_while_the_return_is_open() {
      requested()
          .when(new AddReturnEvidence(SELLER, RETURN, PHOTO), days(12))
          .thenEmits(new ReturnEvidenceAdded(ORDER, RETURN, CaseParty.SELLER, PHOTO, days(12)));
      requested()
          .and(ended(ReturnEnd.WITHDRAWN, days(12)))
          .when(new AddReturnEvidence(SELLER, RETURN, PHOTO), days(13))
          .thenRefuses(new CaseClosed());
    }
  }

  @Nested
  class The_last_unit_that_comes_back {

    @Test
    void closes_the_window_W6() {
      delivered(ReturnPolicy.BUYER_PAYS)
          .and(wanted(BOTH, false, 2 * EACH), approval(ReturnApproval.PLATFORM, days(12)))
          .and(
              new ReturnShipped(ORDER, RETURN, "BACK-1", days(14)),
              new ReturnParcelDelivered(ORDER, RETURN, days(20), days(30)))
          .when(new ConfirmReturn(SELLER, RETURN), days(21))
          .thenEmits(
              taken(ReturnAcceptance.SELLER_CONFIRMED, BOTH, 2 * EACH, days(21)),
              closed(Why.ALL_RETURNED, days(21), 7));
    }
  }

  @Nested
  class A_parcel_that_is_refused {

    @Test
    void is_a_return_that_is_on_its_way_B12_until_it_is_back_B13() {
      var refused = parcel(Parcel.State.REFUSED);
      var back = parcel(Parcel.State.RETURNED);
      var emitted = order.given(PLACED, SHIPPED).when(new TakeNote(refused), days(9)).emitted();
      assertThat(emitted).hasSize(4).startsWith(refused);
      var requested = (ReturnRequested) emitted.get(1);
      assertThat(requested.reason()).isEqualTo(ReturnReason.DELIVERY_REFUSED);
      assertThat(requested.shipmentId()).isEqualTo(PARCEL);
      assertThat(requested.refundIfAcceptedMinor()).isEqualTo(2 * EACH);
      assertThat(((ReturnApproved) emitted.get(2)).how())
          .isEqualTo(ReturnApproval.DELIVERY_REFUSED);
      assertThat(((ReturnShipped) emitted.get(3)).trackingNumber()).isEqualTo("TRK-1");
      order
          .given(PLACED, SHIPPED)
          .and(emitted.toArray(AfterSaleEvent[]::new))
          .when(new TakeNote(back), days(20))
          .thenEmits(
              back, new ReturnParcelDelivered(ORDER, requested.returnId(), days(20), days(30)));
    }

    @Test
    void waits_for_the_end_of_another_case() {
      var refused = parcel(Parcel.State.REFUSED);
      var back = parcel(Parcel.State.RETURNED);
      var disputed = order.given(PLACED, SHIPPED, CONTACTED, missing());
      disputed.when(new TakeNote(refused), days(33)).thenEmits(refused);
      var emitted =
          disputed
              .and(refused, back, new WindowOverran(ORDER, days(90)))
              .when(new WithdrawDispute(BUYER, DISPUTE), days(91))
              .emitted();
      assertThat(emitted.stream().map(event -> event.getClass().getSimpleName()))
          .containsExactly(
              "DisputeWithdrawn",
              "ReturnRequested",
              "ReturnApproved",
              "ReturnShipped",
              "ReturnParcelDelivered");
      assertThat(emitted.getFirst()).isEqualTo(new DisputeWithdrawn(ORDER, DISPUTE, days(91)));
    }

    @Test
    void is_no_return_where_the_other_case_has_paid_for_it() {
      var paid =
          new DisputeResolved(
              ORDER,
              DISPUTE,
              LIN,
              DisputeEnd.SELLER_ACCEPTED,
              Remedy.REFUND_ONLY,
              TOTAL,
              Fault.SELLER,
              false,
              DisputeSettlement.AWARD,
              BOTH,
              days(34));
      order
          .given(PLACED, SHIPPED, CONTACTED, missing(), parcel(Parcel.State.REFUSED))
          .when(new AfterSaleCommand.AcceptClaim(SELLER, DISPUTE), days(34))
          .thenEmits(paid);
    }

    @Test
    void is_only_noted_once_the_window_is_closed() {
      var refused = parcel(Parcel.State.REFUSED);
      order
          .given(PLACED, SHIPPED, closed(Why.WINDOW_ENDED, days(90), 1))
          .when(new TakeNote(refused), days(91))
          .thenEmits(refused);
    }

    @Test
    void leaves_the_units_of_another_parcel_to_the_buyer() {
      var goods =
          ((AfterSale.Opened)
                  order.given(PLACED, shipped(ONE), parcel(Parcel.State.REFUSED)).state())
              .goods();
      assertThat(goods.delivered()).isEqualTo(Units.NONE);
      assertThat(goods.missing(days(40))).isEqualTo(Units.NONE);
      assertThat(goods.open()).isEqualTo(ONE);
    }
  }

  private static DisputeOpened missing() {
    return new DisputeOpened(
        ORDER,
        DISPUTE,
        ANA,
        LIN,
        BOTH,
        DisputeReason.NOT_RECEIVED,
        Remedy.REFUND_ONLY,
        TOTAL,
        TOTAL,
        "USD",
        "",
        days(32),
        days(37),
        days(39));
  }

  private static RequestReturn ask(
      ReturnReason reason, Units units, List<Evidence.Piece> evidence) {
    return new RequestReturn(BUYER, RETURN, units, reason, "", evidence);
  }

  private static RequestReturn another(RequestReturn one) {
    return new RequestReturn(
        one.actor(), new ReturnId(id(97)), one.units(), one.reason(), one.text(), one.evidence());
  }

  private static ReturnRequested wanted(Units units, boolean free, long refundMinor) {
    return new ReturnRequested(
        ORDER,
        RETURN,
        null,
        null,
        units,
        ReturnReason.NO_LONGER_NEEDED,
        free,
        refundMinor,
        "",
        days(11),
        days(16));
  }

  private static ReturnApproved approval(ReturnApproval how, Instant at) {
    var until = at.plusSeconds(10 * 86_400);
    @Nullable LabelId none = null;
    return new ReturnApproved(
        ORDER,
        RETURN,
        how,
        ShippingPayer.BUYER,
        none,
        Instructions.text(how, none, null, until),
        at,
        until);
  }

  private static ReturnAccepted taken(
      ReturnAcceptance how, Units units, long refundMinor, Instant at) {
    return new ReturnAccepted(ORDER, RETURN, how, units, refundMinor, at);
  }

  private static ReturnClosed ended(ReturnEnd how, Instant at) {
    return new ReturnClosed(ORDER, RETURN, how, at);
  }
}
