package marketplace.seller.domain.fulfilment;

import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import marketplace.eventsourcing.Decision.Accepted;
import marketplace.kernel.CancellationId;
import marketplace.kernel.Fault;
import marketplace.kernel.LineId;
import marketplace.kernel.OfferAnswer;
import marketplace.kernel.OfferId;
import marketplace.kernel.PenaltyCode;
import marketplace.kernel.SellerCancellationReason;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.SilenceOutcome;
import marketplace.kernel.Units;
import marketplace.seller.domain.fulfilment.Fulfilment.Opened;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.AgreeToReturn;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.Approve;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.CancelBySeller;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.Decline;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.LetOfferLapse;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.LetReplyTimePass;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.MissShipDeadline;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.NoteFault;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.NoteRefund;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.NoteReview;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.OfferPartialRefund;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.OpenFulfilment;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.ReceiveOfferAnswer;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.RememberOrder;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.RemindSeller;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.ReportTracking;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.Ship;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.StartProcessing;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.StopFulfilment;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.*;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.*;
import marketplace.testkit.DeciderFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rows F1 to F22 and the codes under them (domain, section 8.2).
class FulfilmentDeciderTest {
  private final DeciderFixture<FulfilmentCommand, Fulfilment, FulfilmentEvent, FulfilmentRejection>
      fulfilment = DeciderFixture.of(new FulfilmentDecider());

  private static SellerApproved approved(
      ApprovedBy by, Units units, @Nullable Long agreed, Instant at, int replySeconds) {
    return new SellerApproved(ORDER, REQUEST, LIN, by, units, agreed, null, at, replySeconds);
  }

  private static SellerDeclined declined(WhyDeclined why, Instant at, int replySeconds) {
    var comment = why == WhyDeclined.SELLER_REFUSED ? "already packed" : null;
    return new SellerDeclined(ORDER, REQUEST, LIN, why, comment, at, replySeconds);
  }

  private static final SellerTimedOut TIMED_OUT =
      new SellerTimedOut(
          ORDER,
          REQUEST,
          LIN,
          REPLY_BY,
          Duration.ofHours(72),
          SilenceOutcome.APPROVE,
          ONE_LAMP,
          REPLY_BY);
  private static final PartialRefundOfferLapsed LAPSED =
      new PartialRefundOfferLapsed(ORDER, REQUEST, OFFER, ANSWER_BY, ANSWER_BY);
  private static final CancellationWithdrawn WITHDRAWN =
      new CancellationWithdrawn(ORDER, REQUEST, hours(2));

  @Nested
  class An_order_that_was_placed {

    @Test
    void is_remembered_but_cannot_be_shipped_yet() {
      fulfilment
          .given()
          .when(new RememberOrder(fact("OrderPlaced"), TERMS), MONDAY_NINE)
          .thenEmits(PLACED)
          .thenNoDeadline();
      fulfilment.given(PLACED).when(ship(ALL), hours(1)).thenRefuses(new NotOpened());
    }

    @Test
    void F1_is_opened_when_it_becomes_ready_to_ship() {
      fulfilment
          .given(PLACED)
          .when(open(), MONDAY_NINE)
          .thenEmits(noted("OrderReadyToShip"), OPENED)
          .thenDeadline("shipBy", SHIP_BY);
    }

    @Test
    void is_neither_remembered_nor_opened_twice() {
      var remember = new RememberOrder(fact("OrderPlaced"), TERMS);
      fulfilment.given(PLACED).when(remember, hours(1)).thenRefuses(new DuplicateFact());
      fulfilment.given(PLACED, OPENED).when(remember, hours(1)).thenRefuses(new DuplicateFact());
      fulfilment.given(PLACED, OPENED).when(open(), hours(1)).thenRefuses(new DuplicateFact());
    }

    @Test
    void X20_lets_everything_else_wait_until_it_is_ready_to_ship() {
      var early = request(REQUEST, ONE_LAMP, REQUESTED_AT);
      fulfilment.given().when(early, hours(1)).thenRefuses(new NotOpened());
      fulfilment.given().when(open(), hours(1)).thenRefuses(new NotOpened());
      fulfilment.given(PLACED).when(early, hours(1)).thenRefuses(new NotOpened());
      fulfilment.given(PLACED).when(withdraw(), hours(1)).thenRefuses(new NotOpened());
    }

    @Test
    void is_not_opened_for_another_seller_or_without_units() {
      var fact = fact("OrderReadyToShip");
      fulfilment
          .given(PLACED)
          .when(
              new OpenFulfilment(fact, ANOTHER_SELLER, SHIP_BY, MONDAY_NINE, true, ALL),
              MONDAY_NINE)
          .thenRefuses(new ImpossibleFact());
      fulfilment
          .given(PLACED)
          .when(new OpenFulfilment(fact, LIN, SHIP_BY, MONDAY_NINE, true, Units.NONE), MONDAY_NINE)
          .thenRefuses(new UnknownUnits());
    }
  }

  @Nested
  class Processing {
    private final ProcessingStarted started = new ProcessingStarted(ORDER, hours(1));

    @Test
    void F2_is_started_once() {
      fulfilment
          .given(PLACED, OPENED)
          .when(new StartProcessing(LIN), hours(1))
          .thenEmits(started)
          .when(new StartProcessing(LIN), hours(2))
          .thenRefuses(new AlreadyProcessing());
    }

    @Test
    void needs_something_to_ship() {
      fulfilment
          .given(PLACED, OPENED, started, shipped(ALL, hours(1)))
          .when(new StartProcessing(LIN), hours(2))
          .thenRefuses(new UnitsNotOpen());
    }

    @Test
    void ends_the_automatic_window() {
      fulfilment
          .given(PLACED, opened(hours(5), true), started)
          .when(request(REQUEST, ONE_LAMP, hours(2)), hours(2))
          .thenEmits(requested(REQUEST, ONE_LAMP, hours(2)));
    }
  }

  @Nested
  class A_request {

    @Test
    void F3_is_approved_at_once_within_the_automatic_window() {
      fulfilment
          .given(PLACED, opened(hours(5), true))
          .when(request(REQUEST, ONE_LAMP, REQUESTED_AT), REQUESTED_AT)
          .thenEmits(REQUESTED, approved(ApprovedBy.AUTO_WINDOW, ONE_LAMP, null, REQUESTED_AT, 0));
    }

    @Test
    void F3_counts_from_when_it_was_made_not_from_when_it_arrives() {
      fulfilment
          .given(PLACED, opened(hours(5), true))
          .when(request(REQUEST, ONE_LAMP, hours(4)), hours(6))
          .thenEmits(
              requested(REQUEST, ONE_LAMP, hours(4)),
              approved(ApprovedBy.AUTO_WINDOW, ONE_LAMP, null, hours(6), 7200));
      fulfilment
          .given(PLACED, opened(hours(5), true))
          .when(request(REQUEST, ONE_LAMP, hours(5)), hours(5))
          .thenEmits(requested(REQUEST, ONE_LAMP, hours(5)));
    }

    @Test
    void F4_gives_the_seller_72_hours_and_two_reminders() {
      fulfilment
          .given(PLACED, OPENED)
          .when(request(REQUEST, ONE_LAMP, REQUESTED_AT), REQUESTED_AT)
          .thenEmits(REQUESTED)
          .thenDeadline("reminder", hours(25));
    }

    @Test
    void F5_is_declined_when_its_units_are_shipped() {
      fulfilment
          .given(PLACED, OPENED, shipped(TWO_LAMPS, hours(1)))
          .when(request(REQUEST, ONE_LAMP, REQUESTED_AT), hours(2))
          .thenEmits(REQUESTED, declined(WhyDeclined.ALREADY_SHIPPED, hours(2), 3600));
    }

    @Test
    void F5_is_declined_when_its_units_are_gone() {
      var cancelled = sellerCancelled(TWO_LAMPS, null);
      fulfilment
          .given(PLACED, OPENED, cancelled, shipped(THE_MUG, hours(1)))
          .when(request(REQUEST, ONE_LAMP, REQUESTED_AT), hours(2))
          .thenEmits(REQUESTED, declined(WhyDeclined.UNITS_NOT_OPEN, hours(2), 3600));
    }

    @Test
    void F5_is_declined_even_beside_a_pending_one() {
      var tooMany = lampsAndMug(3, 1);
      fulfilment
          .given(PLACED, OPENED, REQUESTED)
          .when(request(SECOND_REQUEST, tooMany, hours(2)), hours(2))
          .thenEmits(
              requested(SECOND_REQUEST, tooMany, hours(2)),
              new SellerDeclined(
                  ORDER, SECOND_REQUEST, LIN, WhyDeclined.UNITS_NOT_OPEN, null, hours(2), 0))
          .when(approve(), hours(3))
          .thenEmits(approved(ApprovedBy.SELLER, ONE_LAMP, null, hours(3), 7200));
    }

    @Test
    void is_refused_as_a_fact_when_it_cannot_be_true() {
      fulfilment
          .given(PLACED, OPENED, REQUESTED)
          .when(request(REQUEST, ONE_LAMP, REQUESTED_AT), hours(2))
          .thenRefuses(new DuplicateFact());
      fulfilment
          .given(PLACED, OPENED, REQUESTED)
          .when(request(SECOND_REQUEST, ONE_LAMP, hours(2)), hours(2))
          .thenRefuses(new ImpossibleFact());
      fulfilment
          .given(PLACED, OPENED)
          .when(request(REQUEST, Units.of(new LineId(uuid(99)), 1), hours(2)), hours(2))
          .thenRefuses(new UnknownUnits());
      fulfilment
          .given(PLACED, OPENED)
          .when(request(REQUEST, Units.NONE, hours(2)), hours(2))
          .thenRefuses(new UnknownUnits());
    }

    @Test
    void F6_is_approved_while_pending_or_offered() {
      var approval = approved(ApprovedBy.SELLER, ONE_LAMP, null, hours(11), 36_000);
      fulfilment.given(PLACED, OPENED, REQUESTED).when(approve(), hours(11)).thenEmits(approval);
      fulfilment
          .given(PLACED, OPENED, REQUESTED, OFFERED)
          .when(approve(), hours(11))
          .thenEmits(approval)
          .thenDeadline("shipBy", SHIP_BY);
    }

    @Test
    void F7_is_declined_while_pending_or_offered() {
      var decline = declined(WhyDeclined.SELLER_REFUSED, hours(11), 36_000);
      fulfilment.given(PLACED, OPENED, REQUESTED).when(decline(), hours(11)).thenEmits(decline);
      fulfilment
          .given(PLACED, OPENED, REQUESTED, OFFERED)
          .when(decline(), hours(11))
          .thenEmits(decline);
    }

    @Test
    void F7_is_declined_only_with_a_comment() {
      fulfilment
          .given(PLACED, OPENED, REQUESTED)
          .when(new Decline(LIN, REQUEST, null), hours(2))
          .thenRefuses(new CommentRequired());
      fulfilment
          .given(PLACED, OPENED, REQUESTED, WITHDRAWN)
          .when(new Decline(LIN, REQUEST, null), hours(3))
          .thenRefuses(new RequestClosed());
    }

    @Test
    void says_DEADLINE_PASSED_once_it_ended_by_itself() {
      for (var command : List.of(approve(), decline(), offer(500))) {
        fulfilment
            .given(PLACED, OPENED, REQUESTED, TIMED_OUT)
            .when(command, hours(80))
            .thenRefuses(new DeadlinePassed(REPLY_BY));
        fulfilment
            .given(PLACED, OPENED, REQUESTED, OFFERED, LAPSED)
            .when(command, hours(83))
            .thenRefuses(new DeadlinePassed(ANSWER_BY));
      }
    }

    @Test
    void says_REQUEST_CLOSED_once_somebody_ended_it() {
      for (var command : List.of(approve(), decline(), offer(500))) {
        fulfilment
            .given(PLACED, OPENED, REQUESTED, WITHDRAWN)
            .when(command, hours(80))
            .thenRefuses(new RequestClosed());
      }
    }

    @Test
    void is_unknown_under_another_id() {
      fulfilment
          .given(PLACED, OPENED, REQUESTED)
          .when(new Approve(LIN, SECOND_REQUEST, null), hours(2))
          .thenRefuses(new UnknownRequest());
    }

    @Test
    void F12_is_decided_by_silence_at_the_end_of_the_reply_time() {
      fulfilment
          .given(PLACED, OPENED, REQUESTED)
          .and(reminded(24, hours(25)), reminded(48, hours(49)))
          .whenNextDeadlinePasses()
          .thenEmits(TIMED_OUT)
          .thenDeadline("shipBy", SHIP_BY);
    }

    @Test
    void F12_is_decided_against_the_buyer_where_the_policy_says_so() {
      var given =
          fulfilment.given(
              new OrderNoted(fact("OrderPlaced"), terms(SilenceOutcome.DECLINE)),
              OPENED,
              REQUESTED);
      given
          .when(new LetReplyTimePass(REQUEST), REPLY_BY)
          .thenEmits(
              new SellerTimedOut(
                  ORDER,
                  REQUEST,
                  LIN,
                  REPLY_BY,
                  Duration.ofHours(72),
                  SilenceOutcome.DECLINE,
                  ONE_LAMP,
                  REPLY_BY))
          .when(ship(ALL), hours(80))
          .thenEmits(shipped(ALL, hours(80)));
    }

    @Test
    void F13_is_withdrawn_while_pending_or_offered() {
      var noted = noted("CancellationWithdrawalAsked");
      fulfilment
          .given(PLACED, OPENED, REQUESTED)
          .when(withdraw(), hours(2))
          .thenEmits(noted, WITHDRAWN);
      fulfilment
          .given(PLACED, OPENED, REQUESTED, OFFERED)
          .when(withdraw(), hours(11))
          .thenEmits(noted, new CancellationWithdrawn(ORDER, REQUEST, hours(11)))
          .thenDeadline("shipBy", SHIP_BY);
    }

    @Test
    void F14_that_is_closed_or_unknown_takes_no_withdrawal_and_no_answer() {
      fulfilment
          .given(PLACED, OPENED)
          .when(withdraw(), hours(2))
          .thenEmits(noted("CancellationWithdrawalAsked"));
      fulfilment
          .given(PLACED, OPENED, REQUESTED, WITHDRAWN)
          .when(withdraw(), hours(3))
          .thenEmits(noted("CancellationWithdrawalAsked"));
      fulfilment
          .given(PLACED, OPENED)
          .when(answer(OfferAnswer.ACCEPTED, hours(12)), hours(12))
          .thenEmits(noted("CancellationOfferAnswered"));
      fulfilment
          .given(PLACED, OPENED, REQUESTED, OFFERED, LAPSED)
          .when(answer(OfferAnswer.ACCEPTED, hours(12)), hours(83))
          .thenEmits(noted("CancellationOfferAnswered"));
    }

    @Test
    void learns_from_order_service_what_the_buyer_gets() {
      var noted = new RefundNoted(fact("OrderUnitsCancelled"), REQUEST, 850);
      fulfilment
          .given(PLACED, OPENED, REQUESTED, TIMED_OUT)
          .when(new NoteRefund(fact("OrderUnitsCancelled"), REQUEST, 850), hours(74))
          .thenEmits(noted);
    }
  }

  @Test
  void a_review_is_noted_and_changes_nothing_here() {
    var fact = fact("SellerReviewed");
    fulfilment
        .given(PLACED, OPENED)
        .when(new NoteReview(fact, 4, hours(300)), hours(301))
        .thenEmits(new ReviewNoted(fact, 4, hours(300)));
  }

  @Nested
  class A_fault_of_the_seller {

    @Test
    void is_noted_and_changes_nothing_here() {
      var fact = fact("DisputeResolved");
      fulfilment
          .given(PLACED, OPENED)
          .when(new NoteFault(fact, PenaltyCode.DISPUTE_LOST, DISPUTE.value()), hours(74))
          .thenEmits(new FaultNoted(fact, ORDER, LIN, PenaltyCode.DISPUTE_LOST, DISPUTE.value()))
          .thenDeadline("shipBy", SHIP_BY);
    }
  }

  @Nested
  class A_partial_refund {

    @Test
    void F8_is_offered_and_stops_the_sellers_clock() {
      fulfilment
          .given(PLACED, OPENED, REQUESTED)
          .when(offer(500), OFFERED_AT)
          .thenEmits(OFFERED)
          .thenDeadline("answerBy", ANSWER_BY);
    }

    @ParameterizedTest
    @CsvSource({"0", "-3", "900", "901"})
    void F8_is_more_than_nothing_and_less_than_all(long refundMinor) {
      fulfilment
          .given(PLACED, OPENED, REQUESTED)
          .when(offer(refundMinor), OFFERED_AT)
          .thenRefuses(new OfferOutOfRange(899));
    }

    @Test
    void F8_may_be_anything_between() {
      for (var refundMinor : List.of(1L, 899L)) {
        fulfilment.given(PLACED, OPENED, REQUESTED).when(offer(refundMinor), OFFERED_AT).emitted();
      }
    }

    @Test
    void F8_needs_captured_money() {
      fulfilment
          .given(PLACED, OPENED_CASH_ON_DELIVERY, REQUESTED)
          .when(offer(500), OFFERED_AT)
          .thenRefuses(new NothingCaptured());
    }

    @Test
    void F8_is_offered_no_second_time() {
      fulfilment
          .given(PLACED, OPENED, REQUESTED, OFFERED)
          .when(offer(400), hours(11))
          .thenRefuses(new OfferLimit(1));
      fulfilment
          .given(PLACED, OPENED, REQUESTED, OFFERED, offerRejected())
          .when(offer(5000), hours(13))
          .thenRefuses(new OfferLimit(1));
    }

    @Test
    void F9_is_accepted_for_the_agreed_amount() {
      fulfilment
          .given(PLACED, OPENED, REQUESTED, OFFERED)
          .when(answer(OfferAnswer.ACCEPTED, hours(12)), hours(12))
          .thenEmits(
              noted("CancellationOfferAnswered"),
              approved(ApprovedBy.OFFER_ACCEPTED, ONE_LAMP, 500L, hours(12), 39_600));
    }

    @Test
    void F10_is_rejected_and_the_clock_runs_on_with_what_was_left() {
      var afterwards =
          fulfilment
              .given(PLACED, OPENED, REQUESTED, OFFERED)
              .when(answer(OfferAnswer.REJECTED, hours(12)), hours(12))
              .thenEmits(noted("CancellationOfferAnswered"), offerRejected());
      afterwards.thenDeadline("reminder", hours(27));
      assertThat(timesOfDeadlines(afterwards.state(), SHIP_BY.minusMillis(1)))
          .containsExactly(
              "SellerReminded " + hours(27),
              "SellerReminded " + hours(51),
              "SellerTimedOut " + hours(75));
    }

    @Test
    void F10_does_not_count_the_hours_of_an_open_offer_as_waited() {
      var events =
          fulfilment
              .given(PLACED, OPENED, REQUESTED, OFFERED, offerRejected())
              .and(reminded(24, hours(27)), reminded(48, hours(51)))
              .whenNextDeadlinePasses()
              .emitted();
      assertThat(events)
          .containsExactly(
              new SellerTimedOut(
                  ORDER,
                  REQUEST,
                  LIN,
                  hours(75),
                  Duration.ofHours(72),
                  SilenceOutcome.APPROVE,
                  ONE_LAMP,
                  hours(75)));
    }

    @Test
    void F10_is_held_against_the_time_of_the_answer_not_of_its_arrival() {
      fulfilment
          .given(PLACED, OPENED, REQUESTED, OFFERED)
          .when(answer(OfferAnswer.REJECTED, hours(12)), hours(20))
          .thenEmits(
              noted("CancellationOfferAnswered"),
              new PartialRefundOfferRejected(ORDER, REQUEST, OFFER, hours(20), hours(75)));
    }

    @Test
    void F11_lapses_when_the_buyer_says_nothing() {
      fulfilment
          .given(PLACED, OPENED, REQUESTED, OFFERED)
          .whenNextDeadlinePasses()
          .thenEmits(LAPSED)
          .thenDeadline("shipBy", SHIP_BY);
    }

    @Test
    void takes_no_answer_that_cannot_be_true() {
      var given = fulfilment.given(PLACED, OPENED, REQUESTED, OFFERED);
      given
          .when(answer(OfferAnswer.ACCEPTED, ANSWER_BY), hours(20))
          .thenRefuses(new ImpossibleFact());
      given
          .when(answer(OfferAnswer.ACCEPTED, hours(9)), hours(20))
          .thenRefuses(new ImpossibleFact());
      given
          .when(
              new ReceiveOfferAnswer(
                  fact("CancellationOfferAnswered"),
                  REQUEST,
                  new OfferId(uuid(99)),
                  OfferAnswer.ACCEPTED,
                  hours(12)),
              hours(12))
          .thenRefuses(new ImpossibleFact());
      fulfilment
          .given(PLACED, OPENED, REQUESTED)
          .when(answer(OfferAnswer.ACCEPTED, hours(9)), hours(9))
          .thenRefuses(new ImpossibleFact());
      given
          .and(offerRejected())
          .when(answer(OfferAnswer.ACCEPTED, hours(13)), hours(13))
          .thenRefuses(new DuplicateFact());
    }
  }

  @Nested
  class Shipping {

    @Test
    void F15_takes_all_that_is_open_unless_told_otherwise() {
      fulfilment
          .given(PLACED, OPENED)
          .when(new Ship(LIN, PARCEL, null, "DHL", "TRK-1", false), hours(2))
          .thenEmits(shipped(ALL, hours(2)))
          .thenNoDeadline();
    }

    @Test
    void F15_ends_a_request_that_loses_its_cover() {
      fulfilment
          .given(PLACED, OPENED, REQUESTED)
          .when(ship(TWO_LAMPS), hours(2))
          .thenEmits(
              new ShipmentDispatched(
                  ORDER,
                  PARCEL,
                  LIN,
                  TWO_LAMPS,
                  "DHL",
                  "TRK-1",
                  hours(2),
                  hours(2).plus(Duration.ofDays(30)),
                  REQUEST));
    }

    @Test
    void F15_leaves_a_request_alone_that_keeps_its_cover() {
      fulfilment
          .given(PLACED, OPENED, REQUESTED)
          .when(ship(lampsAndMug(1, 1)), hours(2))
          .thenEmits(shipped(lampsAndMug(1, 1), hours(2)))
          .when(approve(), hours(3))
          .thenEmits(approved(ApprovedBy.SELLER, ONE_LAMP, null, hours(3), 7200));
    }

    @Test
    void needs_open_units() {
      fulfilment
          .given(PLACED, OPENED)
          .when(ship(Units.of(LAMP, 3)), hours(2))
          .thenRefuses(new UnitsNotOpen());
      fulfilment
          .given(PLACED, OPENED, shipped(ALL, hours(1)))
          .when(new Ship(LIN, PARCEL, null, "DHL", "TRK-2", false), hours(2))
          .thenRefuses(new UnitsNotOpen());
    }

    @Test
    void needs_a_tracking_number_of_its_own() {
      fulfilment
          .given(PLACED, OPENED, shipped(ONE_LAMP, hours(1)))
          .when(ship(THE_MUG), hours(2))
          .thenRefuses(new TrackingNumberUsed());
      fulfilment
          .given(PLACED, OPENED)
          .when(new Ship(LIN, PARCEL, null, "DHL", "TRK-1", true), hours(2))
          .thenRefuses(new TrackingNumberUsed());
    }

    @Test
    void of_cash_on_delivery_is_all_in_one_parcel() {
      fulfilment
          .given(PLACED, OPENED_CASH_ON_DELIVERY)
          .when(ship(ONE_LAMP), hours(2))
          .thenRefuses(new OneParcelOnly());
      fulfilment
          .given(PLACED, OPENED_CASH_ON_DELIVERY)
          .when(ship(ALL), hours(2))
          .thenEmits(shipped(ALL, hours(2)));
    }

    @Test
    void names_the_first_code_where_several_apply() {
      fulfilment
          .given(PLACED, OPENED_CASH_ON_DELIVERY)
          .when(new Ship(LIN, PARCEL, Units.of(LAMP, 3), "DHL", "TRK-1", true), hours(2))
          .thenRefuses(new UnitsNotOpen());
      fulfilment
          .given(PLACED, OPENED_CASH_ON_DELIVERY)
          .when(new Ship(LIN, PARCEL, ONE_LAMP, "DHL", "TRK-1", true), hours(2))
          .thenRefuses(new TrackingNumberUsed());
    }
  }

  @Nested
  class A_seller_who_cancels {

    @Test
    void F16_takes_units_out_by_his_own_fault_or_not() {
      fulfilment
          .given(PLACED, OPENED)
          .when(cancel(ONE_LAMP), hours(2))
          .thenEmits(sellerCancelled(ONE_LAMP, null));
      fulfilment
          .given(PLACED, OPENED)
          .when(
              new CancelBySeller(
                  LIN, null, SellerCancellationReason.UNDELIVERABLE_ADDRESS, "no such street"),
              hours(2))
          .thenEmits(
              new SellerCancelled(
                  ORDER,
                  LIN,
                  ALL,
                  SellerCancellationReason.UNDELIVERABLE_ADDRESS,
                  Fault.BUYER,
                  "no such street",
                  hours(2),
                  null))
          .thenNoDeadline();
    }

    @Test
    void F16_overtakes_a_request_that_loses_its_cover() {
      fulfilment
          .given(PLACED, OPENED, REQUESTED)
          .when(cancel(TWO_LAMPS), hours(2))
          .thenEmits(sellerCancelled(TWO_LAMPS, REQUEST));
      fulfilment
          .given(PLACED, OPENED, REQUESTED)
          .when(cancel(lampsAndMug(1, 1)), hours(2))
          .thenEmits(sellerCancelled(lampsAndMug(1, 1), null));
    }

    @Test
    void needs_open_units_and_for_OTHER_a_comment() {
      fulfilment
          .given(PLACED, OPENED, shipped(ALL, hours(1)))
          .when(cancel(ONE_LAMP), hours(2))
          .thenRefuses(new UnitsNotOpen());
      fulfilment
          .given(PLACED, OPENED)
          .when(new CancelBySeller(LIN, ONE_LAMP, SellerCancellationReason.OTHER, null), hours(2))
          .thenRefuses(new CommentRequired());
      fulfilment
          .given(PLACED, OPENED, shipped(ALL, hours(1)))
          .when(new CancelBySeller(LIN, null, SellerCancellationReason.OTHER, null), hours(2))
          .thenRefuses(new UnitsNotOpen());
    }

    @Test
    void F17_because_the_buyer_asked_approves_what_was_asked() {
      var approval = approved(ApprovedBy.SELLER, ONE_LAMP, null, hours(11), 36_000);
      fulfilment
          .given(PLACED, OPENED, REQUESTED)
          .when(buyerAsked(null), hours(11))
          .thenEmits(approval);
      fulfilment
          .given(PLACED, OPENED, REQUESTED, OFFERED)
          .when(buyerAsked(ONE_LAMP), hours(11))
          .thenEmits(approval);
    }

    @Test
    void F17_is_refused_where_the_buyer_did_not_ask_for_just_that() {
      fulfilment
          .given(PLACED, OPENED)
          .when(buyerAsked(null), hours(2))
          .thenRefuses(new NoRequest());
      fulfilment
          .given(PLACED, OPENED, REQUESTED)
          .when(buyerAsked(TWO_LAMPS), hours(2))
          .thenRefuses(new NoRequest());
      fulfilment
          .given(PLACED, OPENED, REQUESTED, WITHDRAWN)
          .when(buyerAsked(ONE_LAMP), hours(3))
          .thenRefuses(new NoRequest());
      fulfilment
          .given(PLACED, OPENED, shipped(ALL, hours(1)))
          .when(buyerAsked(ONE_LAMP), hours(3))
          .thenRefuses(new UnitsNotOpen());
    }

    private CancelBySeller buyerAsked(@Nullable Units units) {
      return new CancelBySeller(LIN, units, SellerCancellationReason.BUYER_ASKED, null);
    }
  }

  @Nested
  class The_shipping_deadline {

    @Test
    void F18_cancels_all_that_is_open() {
      fulfilment
          .given(PLACED, OPENED, shipped(ONE_LAMP, hours(1)))
          .whenNextDeadlinePasses()
          .thenEmits(shipDeadlineMissed(lampsAndMug(1, 1), false))
          .thenNoDeadline();
    }

    @Test
    void F18_overtakes_a_request() {
      var late = requested(REQUEST, ONE_LAMP, after(Duration.ofDays(5)));
      fulfilment
          .given(PLACED, OPENED, late, reminded(24, after(Duration.ofDays(6))))
          .whenNextDeadlinePasses()
          .thenEmits(shipDeadlineMissed(ALL, true))
          .thenNoDeadline();
    }

    @Test
    void S15_goes_before_a_reminder_of_the_same_instant() {
      var late = requested(REQUEST, ONE_LAMP, after(Duration.ofDays(5)));
      var given = fulfilment.given(PLACED, OPENED, late);
      assertThat(timesOfDeadlines(given.state(), after(Duration.ofDays(30))))
          .containsExactly(
              "SellerReminded " + after(Duration.ofDays(6)), "ShipDeadlineMissed " + SHIP_BY);
    }

    @Test
    void goes_before_the_reply_time_of_the_same_instant() {
      var late = requested(REQUEST, ONE_LAMP, SHIP_BY.minus(Duration.ofHours(72)));
      fulfilment
          .given(PLACED, OPENED, late)
          .and(reminded(24, hours(120)), reminded(48, hours(144)))
          .whenNextDeadlinePasses()
          .thenEmits(shipDeadlineMissed(ALL, true));
    }
  }

  @Nested
  class A_reminder {

    @Test
    void is_sent_after_one_day_and_after_two() {
      assertThat(timesOfDeadlines(fulfilment.given(PLACED, OPENED, REQUESTED).state(), REPLY_BY))
          .containsExactly(
              "SellerReminded " + hours(25),
              "SellerReminded " + hours(49),
              "SellerTimedOut " + hours(73));
    }

    @Test
    void is_dropped_where_the_reply_time_is_shorter() {
      var asked = asked(ONE_LAMP, REQUESTED_AT);
      var shorter =
          new RequestNoted(
              fact("CancellationRequested"),
              REQUEST,
              new Request.Asked(
                  asked.units(),
                  asked.wholeOrder(),
                  asked.reason(),
                  asked.comment(),
                  asked.attempt(),
                  REQUESTED_AT,
                  hours(49),
                  asked.refundIfApprovedMinor()));
      assertThat(timesOfDeadlines(fulfilment.given(PLACED, OPENED, shorter).state(), REPLY_BY))
          .containsExactly("SellerReminded " + hours(25), "SellerTimedOut " + hours(49));
    }

    @Test
    void is_not_sent_while_an_offer_is_open() {
      fulfilment
          .given(PLACED, OPENED, REQUESTED, OFFERED)
          .when(new RemindSeller(REQUEST), hours(25))
          .thenNothing();
    }
  }

  @Nested
  class A_ruling_to_stop {
    private final StopFulfilment stop =
        new StopFulfilment(fact("RulingMade"), DISPUTE, ONE_LAMP, Fault.SELLER);

    @Test
    void F19_cancels_its_units_while_all_are_open() {
      fulfilment
          .given(PLACED, OPENED)
          .when(stop, hours(2))
          .thenEmits(
              noted("RulingMade"),
              new FulfilmentStopped(ORDER, DISPUTE, ONE_LAMP, Fault.SELLER, hours(2), null))
          .when(stop, hours(3))
          .thenRefuses(new DuplicateFact());
    }

    @Test
    void F19_overtakes_a_request_that_loses_its_cover() {
      var stopAll = new StopFulfilment(fact("RulingMade"), DISPUTE, ALL, Fault.SELLER);
      fulfilment
          .given(PLACED, OPENED, REQUESTED)
          .when(stopAll, hours(2))
          .thenEmits(
              noted("RulingMade"),
              new FulfilmentStopped(ORDER, DISPUTE, ALL, Fault.SELLER, hours(2), REQUEST));
    }

    @Test
    void F20_is_refused_when_one_of_its_units_is_gone() {
      fulfilment
          .given(PLACED, OPENED, shipped(TWO_LAMPS, hours(1)))
          .when(stop, hours(2))
          .thenEmits(noted("RulingMade"), new FulfilmentStopRefused(ORDER, DISPUTE, hours(2)));
    }

    @Test
    void about_units_of_no_such_line_is_refused_as_a_fact() {
      var foreign = Units.of(new LineId(uuid(99)), 1);
      fulfilment
          .given(PLACED, OPENED)
          .when(new StopFulfilment(fact("RulingMade"), DISPUTE, foreign, Fault.SELLER), hours(2))
          .thenRefuses(new UnknownUnits());
    }
  }

  @Nested
  class A_parcel {
    private final ShipmentDispatched dispatched = shipped(ALL, hours(2));

    @Test
    void F21_is_tracked_to_its_end() {
      fulfilment
          .given(PLACED, OPENED, dispatched)
          .when(report(Tracking.IN_TRANSIT, hours(10)), hours(20))
          .thenEmits(new ParcelInTransit(ORDER, PARCEL, hours(10)))
          .when(report(Tracking.REFUSED, hours(30)), hours(30))
          .thenEmits(new DeliveryRefused(ORDER, PARCEL, hours(30)))
          .when(report(Tracking.RETURNED_TO_SENDER, null), hours(40))
          .thenEmits(new ParcelReturnedToSender(ORDER, PARCEL, hours(40)));
      fulfilment
          .given(PLACED, OPENED, dispatched)
          .when(report(Tracking.DELIVERED, null), hours(40))
          .thenEmits(new ParcelDelivered(ORDER, PARCEL, hours(40)));
      fulfilment
          .given(PLACED, OPENED, dispatched)
          .when(report(Tracking.LOST, null), hours(40))
          .thenEmits(new ParcelLost(ORDER, PARCEL, hours(40)));
    }

    @ParameterizedTest
    @CsvSource({
      "DISPATCHED, IN_TRANSIT, true",
      "DISPATCHED, DELIVERED, true",
      "DISPATCHED, LOST, true",
      "DISPATCHED, REFUSED, true",
      "DISPATCHED, RETURNED_TO_SENDER, true",
      "DISPATCHED, DISPATCHED, false",
      "IN_TRANSIT, DISPATCHED, false",
      "IN_TRANSIT, IN_TRANSIT, false",
      "IN_TRANSIT, DELIVERED, true",
      "IN_TRANSIT, LOST, true",
      "IN_TRANSIT, REFUSED, true",
      "IN_TRANSIT, RETURNED_TO_SENDER, true",
      "REFUSED, RETURNED_TO_SENDER, true",
      "REFUSED, DELIVERED, false",
      "REFUSED, LOST, false",
      "REFUSED, IN_TRANSIT, false",
      "DELIVERED, LOST, false",
      "DELIVERED, REFUSED, false",
      "LOST, DELIVERED, false",
      "LOST, RETURNED_TO_SENDER, false",
      "RETURNED_TO_SENDER, DELIVERED, false"
    })
    void moves_forward_only(Tracking from, Tracking to, boolean allowed) {
      assertThat(from.mayBecome(to)).isEqualTo(allowed);
    }

    @Test
    void is_refused_a_report_out_of_order_from_the_future_or_older_than_the_last() {
      var inTransit = new ParcelInTransit(ORDER, PARCEL, hours(10));
      var given = fulfilment.given(PLACED, OPENED, dispatched, inTransit);
      given.when(report(Tracking.IN_TRANSIT, null), hours(20)).thenRefuses(new TrackingOrder());
      given.when(report(Tracking.DELIVERED, hours(21)), hours(20)).thenRefuses(new TrackingOrder());
      given.when(report(Tracking.DELIVERED, hours(9)), hours(20)).thenRefuses(new TrackingOrder());
    }

    @Test
    void is_unknown_under_another_id() {
      fulfilment
          .given(PLACED, OPENED, dispatched)
          .when(new ReportTracking(new ShipmentId(uuid(99)), Tracking.DELIVERED, null), hours(20))
          .thenRefuses(new UnknownShipment());
    }

    private ReportTracking report(Tracking tracking, @Nullable Instant seenAt) {
      return new ReportTracking(PARCEL, tracking, seenAt);
    }
  }

  @Nested
  class An_agreement_to_a_return {

    @Test
    void F22_is_about_shipped_units() {
      fulfilment
          .given(PLACED, OPENED, shipped(ONE_LAMP, hours(1)))
          .when(new AgreeToReturn(LIN, ONE_LAMP, "send it back"), hours(2))
          .thenEmits(new ReturnAgreed(ORDER, LIN, ONE_LAMP, "send it back", hours(2)));
    }

    @Test
    void is_refused_for_units_that_were_not_shipped() {
      fulfilment
          .given(PLACED, OPENED, shipped(ONE_LAMP, hours(1)))
          .when(new AgreeToReturn(LIN, TWO_LAMPS, null), hours(2))
          .thenRefuses(new NotShipped());
    }
  }

  @Nested
  class Another_seller {

    @Test
    void may_do_nothing_here() {
      var commands =
          List.of(
              new StartProcessing(ANOTHER_SELLER),
              new Approve(ANOTHER_SELLER, REQUEST, null),
              new Decline(ANOTHER_SELLER, REQUEST, "no"),
              new OfferPartialRefund(ANOTHER_SELLER, REQUEST, OFFER, 500, null),
              new Ship(ANOTHER_SELLER, PARCEL, null, "DHL", "TRK-1", false),
              new CancelBySeller(ANOTHER_SELLER, null, SellerCancellationReason.OUT_OF_STOCK, null),
              new AgreeToReturn(ANOTHER_SELLER, ONE_LAMP, null));
      for (var command : commands) {
        fulfilment
            .given(PLACED, OPENED, REQUESTED)
            .when(command, hours(2))
            .thenRefuses(new NotTheSeller());
      }
    }
  }

  @Nested
  class A_deadline_that_the_state_does_not_want {

    @Test
    void changes_nothing() {
      var done = fulfilment.given(PLACED, OPENED, shipped(ALL, hours(1)));
      for (var command :
          List.of(
              new MissShipDeadline(),
              new LetReplyTimePass(REQUEST),
              new RemindSeller(REQUEST),
              new LetOfferLapse(REQUEST))) {
        done.when(command, hours(90)).thenNothing();
      }
      fulfilment
          .given(PLACED, OPENED, REQUESTED)
          .when(new LetOfferLapse(REQUEST), hours(90))
          .thenNothing();
    }
  }

  private static SellerCancelled sellerCancelled(Units units, @Nullable CancellationId closes) {
    return new SellerCancelled(
        ORDER,
        LIN,
        units,
        SellerCancellationReason.OUT_OF_STOCK,
        Fault.SELLER,
        null,
        hours(2),
        closes);
  }

  private static ShipDeadlineMissed shipDeadlineMissed(Units units, boolean closesRequest) {
    return new ShipDeadlineMissed(
        ORDER, LIN, SHIP_BY, units, SHIP_BY, closesRequest ? REQUEST : null);
  }

  private static SellerReminded reminded(int afterHours, Instant at) {
    return new SellerReminded(ORDER, REQUEST, LIN, Duration.ofHours(afterHours), at);
  }

  private static PartialRefundOfferRejected offerRejected() {
    return new PartialRefundOfferRejected(ORDER, REQUEST, OFFER, hours(12), hours(75));
  }

  /// Lets all deadlines up to an instant pass, and says what became of each.
  private static List<String> timesOfDeadlines(Fulfilment start, Instant until) {
    var decider = new FulfilmentDecider();
    List<String> told = new ArrayList<>();
    var state = start;
    for (var due = decider.nextDeadline(state);
        due.isPresent() && !due.get().dueAt().isAfter(until);
        due = decider.nextDeadline(state)) {
      var decision = decider.decide(due.get().command(), state, due.get().dueAt());
      for (var event : ((Accepted<FulfilmentEvent, FulfilmentRejection>) decision).events()) {
        told.add(event.getClass().getSimpleName() + " " + due.get().dueAt());
        state = decider.evolve(state, event);
      }
    }
    assertThat(state).isInstanceOf(Opened.class);
    return told;
  }
}
