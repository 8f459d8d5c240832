package marketplace.seller.process;

import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import marketplace.contracts.DisputeMessage;
import marketplace.contracts.DisputeMessage.DisputeResolved;
import marketplace.contracts.DisputeMessage.RulingMade;
import marketplace.contracts.OrderMessage;
import marketplace.contracts.OrderMessage.CancellationOfferAnswered;
import marketplace.contracts.OrderMessage.CancellationRequested;
import marketplace.contracts.OrderMessage.CancellationWithdrawalAsked;
import marketplace.contracts.OrderMessage.OrderPlaced;
import marketplace.contracts.OrderMessage.OrderReadyToShip;
import marketplace.contracts.OrderMessage.OrderUnitsCancelled;
import marketplace.contracts.OrderMessage.SellerReviewed;
import marketplace.eventsourcing.Fact;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.Reaction;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import marketplace.kernel.AddressId;
import marketplace.kernel.CancellationCause;
import marketplace.kernel.CancellationId;
import marketplace.kernel.CancellationReason;
import marketplace.kernel.DisputeEnd;
import marketplace.kernel.DisputeSettlement;
import marketplace.kernel.Fault;
import marketplace.kernel.NoticeDetails;
import marketplace.kernel.OfferAnswer;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.PenaltyCode;
import marketplace.kernel.Policies;
import marketplace.kernel.ProductId;
import marketplace.kernel.Remedy;
import marketplace.kernel.ReturnPolicy;
import marketplace.kernel.RuledBy;
import marketplace.kernel.SettlementId;
import marketplace.kernel.Uphold;
import marketplace.seller.domain.conversation.ConversationCommand.BeginConversation;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.Inform;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.NoteFault;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.NoteRefund;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.NoteReview;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.OpenFulfilment;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.ReceiveOfferAnswer;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.ReceiveRequest;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.RememberOrder;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.StopFulfilment;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.Withdraw;
import marketplace.seller.domain.fulfilment.Notice;
import marketplace.seller.domain.fulfilment.SellerTemplate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SellerReactionsTest {
  private static final StreamId STREAM = new StreamId("fulfilment", ORDER.value());
  private final SellerReactions reactions = new SellerReactions(new Policies());

  @Test
  void OrderPlaced_opens_both_streams_with_the_parties_and_the_policy() {
    assertThat(on(placed("STANDARD_72H")))
        .isEqualTo(
            new Reaction.React(
                List.of(
                    new Reaction.Step(STREAM, new RememberOrder(fact("OrderPlaced"), TERMS), true),
                    new Reaction.Step(
                        new StreamId("conversation", ORDER.value()),
                        new BeginConversation(fact("OrderPlaced"), ORDER, ANA, LIN, 10),
                        true)),
                List.of()));
  }

  @Test
  void OrderPlaced_waits_for_a_policy_that_is_not_known_yet() {
    assertThat(on(placed("GENEROUS"))).isEqualTo(new Reaction.Await("policy:GENEROUS"));
  }

  @Test
  void OrderReadyToShip_asks_for_opening_and_says_whether_there_is_money() {
    assertThat(on(ready(OrderMessage.Basis.PAID))).isEqualTo(Reaction.tell(STREAM, opening(true)));
    assertThat(on(ready(OrderMessage.Basis.CASH_ON_DELIVERY)))
        .isEqualTo(Reaction.tell(STREAM, opening(false)));
  }

  @Test
  void CancellationRequested_starts_the_decision() {
    var message =
        new CancellationRequested(
            ORDER,
            REQUEST,
            ANA,
            LIN,
            ONE_LAMP,
            false,
            CancellationReason.NO_LONGER_NEEDED,
            null,
            1,
            REQUESTED_AT,
            REPLY_BY,
            REFUND_IF_APPROVED);
    assertThat(on(message))
        .isEqualTo(
            Reaction.tell(
                STREAM,
                new ReceiveRequest(
                    fact("CancellationRequested"), REQUEST, asked(ONE_LAMP, REQUESTED_AT))));
  }

  @Test
  void the_buyers_other_words_are_passed_on_with_the_request_they_name() {
    assertThat(on(new CancellationWithdrawalAsked(ORDER, REQUEST, hours(2))))
        .isEqualTo(
            Reaction.tell(STREAM, new Withdraw(fact("CancellationWithdrawalAsked"), REQUEST)));
    assertThat(
            on(
                new CancellationOfferAnswered(
                    ORDER, REQUEST, OFFER, OfferAnswer.ACCEPTED, hours(12))))
        .isEqualTo(
            Reaction.tell(
                STREAM,
                new ReceiveOfferAnswer(
                    fact("CancellationOfferAnswered"),
                    REQUEST,
                    OFFER,
                    OfferAnswer.ACCEPTED,
                    hours(12))));
  }

  @Test
  void OrderUnitsCancelled_says_what_the_buyer_gets_for_a_request() {
    assertThat(on(unitsCancelled(REQUEST, CancellationCause.SELLER_APPROVED, Fault.BUYER)))
        .isEqualTo(
            Reaction.tell(
                STREAM,
                new NoteRefund(
                    fact("OrderUnitsCancelled"),
                    REQUEST,
                    900,
                    List.of(partCancelled(CancellationCause.SELLER_APPROVED)))));
    assertThat(on(unitsCancelled(null, CancellationCause.SELLER_CANCELLED, Fault.SELLER)))
        .isEqualTo(
            Reaction.tell(
                STREAM,
                new Inform(
                    fact("OrderUnitsCancelled"),
                    List.of(partCancelled(CancellationCause.SELLER_CANCELLED)))));
  }

  @ParameterizedTest
  @EnumSource(
      value = CancellationCause.class,
      names = {"SELLER_APPROVED", "AUTO_APPROVED", "OFFER_ACCEPTED", "SELLER_TIMED_OUT"})
  void OrderUnitsCancelled_after_a_request_says_too_that_it_was_the_sellers_fault(
      CancellationCause cause) {
    var fact = fact("OrderUnitsCancelled");
    assertThat(on(unitsCancelled(REQUEST, cause, Fault.SELLER)))
        .isEqualTo(
            new Reaction.React(
                List.of(
                    new Reaction.Step(
                        STREAM,
                        new NoteRefund(fact, REQUEST, 900, List.of(partCancelled(cause))),
                        false),
                    new Reaction.Step(
                        STREAM,
                        new NoteFault(fact, PenaltyCode.SELLER_FAULT_CANCELLATION, uuid(22)),
                        false)),
                List.of()));
  }

  @Test
  void SellerReviewed_is_noted_for_his_figures() {
    assertThat(on(new SellerReviewed(ORDER, LIN, 4, "As described.", hours(300))))
        .isEqualTo(Reaction.tell(STREAM, new NoteReview(fact("SellerReviewed"), 4, hours(300))));
  }

  @Test
  void DisputeResolved_is_lost_where_somebody_else_or_silence_has_decided_at_a_cost() {
    assertThat(
            List.of(
                resolved(DisputeEnd.RULING, Fault.SELLER, 900, DisputeSettlement.AWARD),
                resolved(DisputeEnd.SELLER_SILENT, Fault.SELLER, 900, DisputeSettlement.AWARD),
                resolved(DisputeEnd.RULING, Fault.SELLER, 0, DisputeSettlement.CANCELLATION),
                resolved(DisputeEnd.RULING, Fault.SELLER, 0, DisputeSettlement.RETURN)))
        .allSatisfy(message ->
            assertThat(on(message))
                .isEqualTo(
                    Reaction.tell(
                        STREAM,
                        new NoteFault(
                            fact("DisputeResolved"),
                            PenaltyCode.DISPUTE_LOST,
                            DISPUTE.value(),
                            SellerNotices.of(message)))));
    assertThat(
            List.of(
                resolved(DisputeEnd.RULING, Fault.SELLER, 0, DisputeSettlement.NOTHING),
                resolved(DisputeEnd.RULING, Fault.CARRIER, 900, DisputeSettlement.AWARD),
                resolved(DisputeEnd.MOOT, Fault.SELLER, 0, DisputeSettlement.CANCELLATION),
                resolved(DisputeEnd.OFFER_ACCEPTED, Fault.SELLER, 9, DisputeSettlement.AWARD),
                resolved(DisputeEnd.SELLER_ACCEPTED, Fault.SELLER, 9, DisputeSettlement.AWARD)))
        .allSatisfy(message ->
            assertThat(on(message))
                .isEqualTo(
                    Reaction.tell(
                        STREAM, new Inform(fact("DisputeResolved"), SellerNotices.of(message)))));
  }

  @Test
  void RulingMade_stops_the_shipping_only_where_it_says_so() {
    assertThat(on(ruling(true)))
        .isEqualTo(
            Reaction.tell(
                STREAM, new StopFulfilment(fact("RulingMade"), DISPUTE, ONE_LAMP, Fault.SELLER)));
    assertThat(on(ruling(false))).isEqualTo(Reaction.nothing());
  }

  private static Notice partCancelled(CancellationCause cause) {
    return new Notice(
        SellerTemplate.UNITS_CANCELLED, uuid(22), NoticeDetails.NONE.because(cause).amount(900));
  }

  private static OpenFulfilment opening(boolean moneyCaptured) {
    return new OpenFulfilment(
        fact("OrderReadyToShip"), LIN, SHIP_BY, MONDAY_NINE, moneyCaptured, ALL);
  }

  private static OrderReadyToShip ready(OrderMessage.Basis basis) {
    return new OrderReadyToShip(ORDER, LIN, basis, MONDAY_NINE, SHIP_BY, MONDAY_NINE, ALL);
  }

  private static OrderPlaced placed(String policyId) {
    return new OrderPlaced(
        ORDER,
        ANA,
        LIN,
        "USD",
        List.of(
            new OrderMessage.Line(
                LAMP, new ProductId(uuid(20)), "Lamp", 450, 2, 900, ReturnPolicy.NONE)),
        900,
        0,
        0,
        900,
        null,
        PaymentMethod.CARD,
        new OrderMessage.Destination(new AddressId(uuid(21)), "US"),
        MONDAY_NINE,
        MONDAY_NINE.plus(Duration.ofDays(20)),
        policyId,
        null,
        null);
  }

  private static OrderUnitsCancelled unitsCancelled(
      @Nullable CancellationId cancellationId, CancellationCause cause, Fault fault) {
    return new OrderUnitsCancelled(
        ORDER,
        new SettlementId(uuid(22)),
        cancellationId,
        cause,
        fault,
        ONE_LAMP,
        900,
        0,
        0,
        false,
        hours(3));
  }

  private static DisputeResolved resolved(
      DisputeEnd how, Fault fault, long awardMinor, DisputeSettlement settledBy) {
    return new DisputeResolved(
        ORDER,
        DISPUTE,
        LIN,
        how,
        Remedy.REFUND_ONLY,
        awardMinor,
        fault,
        settledBy == DisputeSettlement.RETURN,
        settledBy,
        ONE_LAMP,
        hours(3));
  }

  private static RulingMade ruling(boolean stop) {
    return new RulingMade(
        ORDER,
        DISPUTE,
        ONE_LAMP,
        RuledBy.PLATFORM,
        Uphold.FULL,
        900,
        Fault.SELLER,
        false,
        stop,
        "stop it",
        hours(3));
  }

  private Reaction.Response on(OrderMessage message) {
    return reactions.onOrder(told(message));
  }

  private Reaction.Response on(DisputeMessage message) {
    return reactions.onDispute(told(message));
  }

  private static <M extends marketplace.contracts.Message> Fact<M> told(M message) {
    var trace = new Trace(uuid(50), uuid(100), "BUYER:" + ANA, Origin.SERVICE, null, null);
    return new Fact<>(
        uuid(100),
        message.getClass().getSimpleName(),
        "order-" + ORDER,
        1,
        ORDER.value(),
        hours(2),
        trace,
        message);
  }
}
