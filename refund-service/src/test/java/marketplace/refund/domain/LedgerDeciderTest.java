package marketplace.refund.domain;

import static marketplace.refund.LedgerFixtures.*;
import static marketplace.refund.LedgerFixtures.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import marketplace.eventsourcing.Ids;
import marketplace.kernel.BusinessDays;
import marketplace.kernel.BuyerId;
import marketplace.kernel.InquiryId;
import marketplace.kernel.InquiryOutcome;
import marketplace.kernel.PaymentId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.PayoutCause;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundChannel;
import marketplace.kernel.RefundId;
import marketplace.kernel.RefundSettlement;
import marketplace.kernel.SellerId;
import marketplace.kernel.ShipmentId;
import marketplace.refund.domain.LedgerCommand.AskRefund;
import marketplace.refund.domain.LedgerCommand.CancelOrder;
import marketplace.refund.domain.LedgerCommand.CaptureAnswer;
import marketplace.refund.domain.LedgerCommand.CauseRefund;
import marketplace.refund.domain.LedgerCommand.CollectCash;
import marketplace.refund.domain.LedgerCommand.GrantGoodwill;
import marketplace.refund.domain.LedgerCommand.HearCapture;
import marketplace.refund.domain.LedgerCommand.HearRefund;
import marketplace.refund.domain.LedgerCommand.HearSettlement;
import marketplace.refund.domain.LedgerCommand.NoteCaseEnd;
import marketplace.refund.domain.LedgerCommand.NoteCaseOpen;
import marketplace.refund.domain.LedgerCommand.NoteOrder;
import marketplace.refund.domain.LedgerCommand.NoteShipment;
import marketplace.refund.domain.LedgerCommand.OpenInquiry;
import marketplace.refund.domain.LedgerCommand.OpenLedger;
import marketplace.refund.domain.LedgerCommand.Pay;
import marketplace.refund.domain.LedgerCommand.RefundAnswer;
import marketplace.refund.domain.LedgerCommand.ResolveInquiry;
import marketplace.refund.domain.LedgerEvent.CaseEndNoted;
import marketplace.refund.domain.LedgerEvent.CaseOpenNoted;
import marketplace.refund.domain.LedgerEvent.GoodwillExplained;
import marketplace.refund.domain.LedgerEvent.PaymentCaptured;
import marketplace.refund.domain.LedgerEvent.PaymentFailed;
import marketplace.refund.domain.LedgerEvent.PaymentPostponed;
import marketplace.refund.domain.LedgerEvent.PaymentVoided;
import marketplace.refund.domain.LedgerEvent.RefundAttemptFailed;
import marketplace.refund.domain.LedgerEvent.RefundDenied;
import marketplace.refund.domain.LedgerEvent.RefundHeld;
import marketplace.refund.domain.LedgerEvent.RefundInquiryOpened;
import marketplace.refund.domain.LedgerEvent.RefundInquiryResolved;
import marketplace.refund.domain.LedgerEvent.RefundIssued;
import marketplace.refund.domain.LedgerEvent.RefundReissued;
import marketplace.refund.domain.LedgerEvent.RefundRerouted;
import marketplace.refund.domain.LedgerEvent.ShipmentNoted;
import marketplace.refund.domain.LedgerRejection.AlreadyPaid;
import marketplace.refund.domain.LedgerRejection.AmountContradicts;
import marketplace.refund.domain.LedgerRejection.CaseIsOpen;
import marketplace.refund.domain.LedgerRejection.DuplicateFact;
import marketplace.refund.domain.LedgerRejection.ExceedsBalance;
import marketplace.refund.domain.LedgerRejection.IllegalTransition;
import marketplace.refund.domain.LedgerRejection.InquiryIsClosed;
import marketplace.refund.domain.LedgerRejection.InquiryIsOpen;
import marketplace.refund.domain.LedgerRejection.InquiryUnknown;
import marketplace.refund.domain.LedgerRejection.MethodNotAllowed;
import marketplace.refund.domain.LedgerRejection.NotShipped;
import marketplace.refund.domain.LedgerRejection.NotTheBuyer;
import marketplace.refund.domain.LedgerRejection.NotTheSeller;
import marketplace.refund.domain.LedgerRejection.OrderIsCancelled;
import marketplace.refund.domain.LedgerRejection.OrderUnknown;
import marketplace.refund.domain.LedgerRejection.PaymentIsFinal;
import marketplace.refund.domain.LedgerRejection.PaymentUnknown;
import marketplace.refund.domain.LedgerRejection.RefundIsSettled;
import marketplace.refund.domain.LedgerRejection.RefundUnknown;
import marketplace.refund.domain.LedgerRejection.TooEarly;
import marketplace.refund.domain.LedgerRejection.WindowIsClosed;
import marketplace.refund.domain.LedgerRejection.WrongAmount;
import marketplace.testkit.DeciderFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Every row of domain, section 8.3, for a ledger whose provider has not answered yet.
class LedgerDeciderTest {
  private static final Cause RETURN_CAUSE = new Cause(RefundCause.RETURN, id(90));
  private static final CauseRefund RETURN_ACCEPTED =
      new CauseRefund(source("ReturnAccepted", null), RETURN_CAUSE, 800);
  private static final RefundHeld HELD =
      new RefundHeld(source("ReturnAccepted", null), RETURN_CAUSE.type(), RETURN_CAUSE.id(), 800);

  private static final ShipmentId SHIPMENT = new ShipmentId(id(80));
  private static final ShipmentNoted SENT =
      new ShipmentNoted(source("ShipmentDispatched", null), SHIPMENT);

  private static final LedgerDecider DECIDER = new LedgerDecider();
  private static final DeciderFixture<LedgerCommand, Ledger, LedgerEvent, LedgerRejection> LEDGER =
      DeciderFixture.of(DECIDER);

  private static final HearCapture CAPTURED_NOW =
      new HearCapture(PAYMENT, new CaptureAnswer.Captured());

  private static DeciderFixture<LedgerCommand, Ledger, LedgerEvent, LedgerRejection>.Given paid(
      PaymentMethod method) {
    return paid(method, RefundSettlement.TYPICAL);
  }

  private static DeciderFixture<LedgerCommand, Ledger, LedgerEvent, LedgerRejection>.Given paid(
      PaymentMethod method, RefundSettlement settlement) {
    return LEDGER.given(
        opened(method, settlement),
        authorized(method, after(0), after(0)),
        askedToCapture(1, after(0)),
        captured(method, after(0)));
  }

  private static DeciderFixture<LedgerCommand, Ledger, LedgerEvent, LedgerRejection>.Given
      paidCash() {
    return LEDGER.given(PLACED_CASH, noted(DELIVERED), cash(TOTAL, after(0)));
  }

  private static PaymentCaptured cash(long amount, Instant at) {
    var paymentId = new PaymentId(Ids.nameBased("payment", ORDER + "/cash"));
    return new PaymentCaptured(paymentId, PaymentMethod.CASH_ON_DELIVERY, amount, "USD", at);
  }

  @Nested
  class A_ledger {

    @Test
    void is_opened_by_the_order() {
      LEDGER
          .given()
          .when(new OpenLedger(PLACED.source(), PLACED.terms()), after(0))
          .thenEmits(PLACED);
    }

    @Test
    void is_not_opened_for_an_order_that_costs_nothing() {
      var free =
          new Terms(
              ORDER,
              ANA,
              LIN,
              "USD",
              0,
              PaymentMethod.CARD,
              3,
              hours(24),
              RefundSettlement.TYPICAL,
              hours(1));
      LEDGER
          .given()
          .when(new OpenLedger(PLACED.source(), free), after(0))
          .thenRefuses(new AmountContradicts());
    }

    @Test
    void is_opened_once() {
      LEDGER
          .given(PLACED)
          .when(new OpenLedger(source("OrderPlaced", null), PLACED.terms()), after(1))
          .thenRefuses(new DuplicateFact());
    }

    @Test
    void knows_nothing_of_an_order_that_it_was_not_told_of() {
      LEDGER.given().when(pay(PaymentMethod.CARD), after(0)).thenRefuses(new OrderUnknown());
      LEDGER.given().when(CANCEL_UNPAID, after(0)).thenRefuses(new OrderUnknown());
    }

    @Test
    void ignores_what_was_stored_before_it_was_opened() {
      assertThat(DECIDER.evolve(DECIDER.initialState(), CANCELLED_PAID))
          .isEqualTo(DECIDER.initialState());
      LEDGER.given().thenNoDeadline();
    }
  }

  @Nested
  class A_buyer_who_pays {

    @ParameterizedTest
    @EnumSource(names = {"CARD", "PAYPAL", "APPLE_PAY", "WALLET"})
    void is_asked_for_the_money_at_once(PaymentMethod method) {
      LEDGER
          .given(PLACED)
          .when(pay(method), after(0))
          .thenEmits(authorized(method, after(0), after(0)), askedToCapture(1, after(0)))
          .thenNoDeadline();
    }

    @ParameterizedTest
    @CsvSource({"CASH, 2", "WESTERN_UNION, 24", "BANK_TRANSFER, 24"})
    void by_a_slow_method_is_asked_later(PaymentMethod method, int hours) {
      var given =
          LEDGER
              .given(PLACED)
              .when(pay(method), after(0))
              .thenEmits(authorized(method, after(0), after(hours)));
      given.thenDeadline("captureDueAt", after(hours));
      given.whenNextDeadlinePasses().thenEmits(askedToCapture(1, after(hours)));
    }

    @Test
    void has_paid_when_the_provider_says_so() {
      LEDGER
          .given(
              PLACED,
              authorized(PaymentMethod.CARD, after(0), after(0)),
              askedToCapture(1, after(0)))
          .when(CAPTURED_NOW, after(0))
          .thenEmits(captured(PaymentMethod.CARD, after(0)))
          .thenNoDeadline();
    }

    @Test
    void is_asked_again_when_the_provider_puts_it_off() {
      var given =
          LEDGER
              .given(
                  PLACED,
                  authorized(PaymentMethod.CARD, after(0), after(0)),
                  askedToCapture(1, after(0)))
              .when(new HearCapture(PAYMENT, new CaptureAnswer.Later(after(1))), after(0))
              .thenEmits(new PaymentPostponed(PAYMENT, after(1)));
      given.thenDeadline("captureDueAt", after(1));
      given.whenNextDeadlinePasses().thenEmits(askedToCapture(2, after(1)));
    }

    @Test
    void may_pay_again_after_a_failure() {
      var failed =
          LEDGER
              .given(PLACED, authorized(PaymentMethod.CASH, after(0), after(2)))
              .when(new HearCapture(PAYMENT, new CaptureAnswer.Refused("NO_FUNDS")), after(1))
              .thenEmits(
                  new PaymentFailed(PAYMENT, PaymentMethod.CASH, TOTAL, "NO_FUNDS", after(1)));
      failed.thenNoDeadline();
      assertThat(
              failed
                  .when(new Pay(SECOND_PAYMENT, ANA, PaymentMethod.CARD, TOTAL), after(2))
                  .emitted())
          .hasSize(2);
    }

    @Test
    void is_refused_what_is_not_his_to_pay() {
      LEDGER
          .given(PLACED)
          .when(new Pay(PAYMENT, new BuyerId(id(9)), PaymentMethod.CARD, TOTAL), after(0))
          .thenRefuses(new NotTheBuyer());
    }

    @Test
    void is_refused_another_amount() {
      LEDGER
          .given(PLACED)
          .when(new Pay(PAYMENT, ANA, PaymentMethod.CARD, TOTAL - 1), after(0))
          .thenRefuses(new WrongAmount(TOTAL));
    }

    @Test
    void is_refused_cash_on_delivery_as_a_way_to_pay_before() {
      LEDGER
          .given(PLACED)
          .when(pay(PaymentMethod.CASH_ON_DELIVERY), after(0))
          .thenRefuses(new MethodNotAllowed());
      LEDGER
          .given(PLACED_CASH)
          .when(pay(PaymentMethod.CARD), after(0))
          .thenRefuses(new MethodNotAllowed());
    }

    @Test
    void pays_once() {
      var second = new Pay(SECOND_PAYMENT, ANA, PaymentMethod.CARD, TOTAL);
      paid(PaymentMethod.CARD).when(second, after(1)).thenRefuses(new AlreadyPaid());
      LEDGER
          .given(PLACED, authorized(PaymentMethod.CASH, after(0), after(2)))
          .when(second, after(1))
          .thenRefuses(new AlreadyPaid());
      paid(PaymentMethod.CARD).when(pay(PaymentMethod.CARD), after(1)).thenNothing();
    }

    @Test
    void is_refused_once_the_order_is_cancelled_whatever_else_is_wrong() {
      LEDGER
          .given(PLACED, CANCELLED_UNPAID)
          .when(new Pay(PAYMENT, ANA, PaymentMethod.CARD, TOTAL - 1), after(1))
          .thenRefuses(new OrderIsCancelled());
    }
  }

  @Nested
  class A_result_of_the_provider {

    @Test
    void overrides_a_payment_that_is_still_authorised() {
      LEDGER
          .given(PLACED, authorized(PaymentMethod.BANK_TRANSFER, after(0), after(24)))
          .when(CAPTURED_NOW, after(1))
          .thenEmits(captured(PaymentMethod.BANK_TRANSFER, after(1)))
          .thenNoDeadline();
    }

    @Test
    void changes_no_payment_that_has_its_result() {
      paid(PaymentMethod.CARD).when(CAPTURED_NOW, after(1)).thenRefuses(new PaymentIsFinal());
    }

    @Test
    void is_refused_for_an_unknown_payment() {
      LEDGER.given(PLACED).when(CAPTURED_NOW, after(1)).thenRefuses(new PaymentUnknown());
    }

    @Test
    void is_heard_once_for_each_attempt_to_refund() {
      var asked = paid(PaymentMethod.CARD).when(cause(SETTLEMENT, TOTAL), after(1)).after();
      var answer = new HearRefund(SETTLEMENT.refundId(), 1, new RefundAnswer.Sent());
      var again = asked.when(answer, after(1)).after();
      again.when(answer, after(2)).thenNothing();
      asked
          .when(new HearRefund(SETTLEMENT.refundId(), 2, new RefundAnswer.Sent()), after(1))
          .thenNothing();
      again
          .when(new HearSettlement(SETTLEMENT.refundId()), after(3))
          .thenEmits(settled(SETTLEMENT, TOTAL, after(3)))
          .when(new HearSettlement(SETTLEMENT.refundId()), after(4))
          .thenNothing();
    }
  }

  @Nested
  class An_order_cancelled_before_payment {

    @Test
    void has_nothing_to_give_back() {
      LEDGER
          .given(PLACED)
          .when(CANCEL_UNPAID, after(1))
          .thenEmits(CANCELLED_UNPAID)
          .thenNoDeadline();
    }

    @Test
    void voids_a_payment_that_can_be_voided() {
      LEDGER
          .given(
              PLACED,
              authorized(PaymentMethod.CARD, after(0), after(0)),
              askedToCapture(1, after(0)),
              new PaymentPostponed(PAYMENT, after(1)))
          .when(CANCEL_UNPAID, after(1))
          .thenEmits(CANCELLED_UNPAID, new PaymentVoided(PAYMENT, TOTAL, after(1)))
          .thenNoDeadline();
    }

    @Test
    void waits_for_the_answer_when_the_provider_is_being_asked() {
      LEDGER
          .given(
              PLACED,
              authorized(PaymentMethod.CARD, after(0), after(0)),
              askedToCapture(1, after(0)))
          .when(CANCEL_UNPAID, after(1))
          .thenEmits(CANCELLED_UNPAID)
          .when(CAPTURED_NOW, after(1))
          .thenEmits(
              captured(PaymentMethod.CARD, after(1)),
              requested(LATE, TOTAL, TOTAL, RefundChannel.ORIGINAL_METHOD, after(1)),
              askedToRefund(LATE, 1, TOTAL, after(1)));
    }

    @Test
    void lets_money_on_its_way_come_in_and_sends_it_back() {
      var given =
          LEDGER
              .given(PLACED, authorized(PaymentMethod.BANK_TRANSFER, after(0), after(24)))
              .when(CANCEL_UNPAID, after(1))
              .thenEmits(CANCELLED_UNPAID);
      given.thenDeadline("captureDueAt", after(24));
      given
          .whenNextDeadlinePasses()
          .thenEmits(askedToCapture(1, after(24)))
          .when(CAPTURED_NOW, after(24))
          .thenEmits(
              captured(PaymentMethod.BANK_TRANSFER, after(24)),
              requested(LATE, TOTAL, TOTAL, RefundChannel.WALLET_CREDIT, after(24)),
              new RefundIssued(
                  LATE.refundId(),
                  ANA,
                  LATE.type(),
                  LATE.id(),
                  TOTAL,
                  "USD",
                  RefundChannel.WALLET_CREDIT,
                  PaymentMethod.BANK_TRANSFER,
                  null,
                  0,
                  after(24),
                  after(24),
                  after(24),
                  TOTAL,
                  TOTAL),
              settled(LATE, TOTAL, after(24)))
          .thenNoDeadline();
    }

    @Test
    void sends_back_what_has_come_in_before() {
      paid(PaymentMethod.CARD)
          .when(CANCEL_UNPAID, after(1))
          .thenEmits(
              CANCELLED_UNPAID,
              requested(LATE, TOTAL, TOTAL, RefundChannel.ORIGINAL_METHOD, after(1)),
              askedToRefund(LATE, 1, TOTAL, after(1)));
    }

    @Test
    void may_still_see_the_payment_fail() {
      LEDGER
          .given(PLACED, authorized(PaymentMethod.CASH, after(0), after(2)), CANCELLED_UNPAID)
          .when(new HearCapture(PAYMENT, new CaptureAnswer.Refused("NO_FUNDS")), after(2))
          .thenEmits(new PaymentFailed(PAYMENT, PaymentMethod.CASH, TOTAL, "NO_FUNDS", after(2)));
    }

    @Test
    void is_cancelled_once() {
      LEDGER
          .given(PLACED, CANCELLED_UNPAID)
          .when(new CancelOrder(source("OrderCancelled", null), true), after(2))
          .thenRefuses(new DuplicateFact());
      LEDGER
          .given(PLACED, CANCELLED_UNPAID)
          .when(CANCEL_PAID, after(2))
          .thenRefuses(new IllegalTransition());
    }
  }

  @Nested
  class A_refund {

    @Test
    void is_accepted_and_asked_of_the_provider() {
      paid(PaymentMethod.CARD)
          .when(cause(SETTLEMENT, 800), after(1))
          .thenEmits(
              noted(UNITS_CANCELLED),
              requested(SETTLEMENT, 800, 800, RefundChannel.ORIGINAL_METHOD, after(1)),
              askedToRefund(SETTLEMENT, 1, 800, after(1)))
          .thenNoDeadline();
    }

    @Test
    void is_clipped_to_what_is_there() {
      var first =
          paid(PaymentMethod.CARD)
              .when(cause(SETTLEMENT, 1000), after(1))
              .after()
              .when(new HearRefund(SETTLEMENT.refundId(), 1, new RefundAnswer.Sent()), after(1))
              .after();
      first
          .when(cause(SECOND_SETTLEMENT, 800), after(2))
          .thenEmits(
              noted(UNITS_CANCELLED),
              requested(SECOND_SETTLEMENT, 800, 234, RefundChannel.ORIGINAL_METHOD, after(2)),
              askedToRefund(SECOND_SETTLEMENT, 1, 234, after(2)));
    }

    @Test
    void is_denied_when_nothing_is_there() {
      var denied =
          LEDGER
              .given(PLACED)
              .when(cause(SETTLEMENT, 800), after(1))
              .thenEmits(
                  noted(UNITS_CANCELLED),
                  new RefundDenied(SETTLEMENT.type(), SETTLEMENT.id(), 800, after(1)));
      denied.when(cause(SETTLEMENT, 800), after(2)).thenRefuses(new DuplicateFact());
      denied.when(cause(SETTLEMENT, 801), after(2)).thenRefuses(new AmountContradicts());
    }

    @Test
    void has_one_cause_and_each_cause_one_refund() {
      var given = paid(PaymentMethod.CARD).when(cause(SETTLEMENT, 800), after(1)).after();
      given.when(cause(SETTLEMENT, 800), after(2)).thenRefuses(new DuplicateFact());
      given.when(cause(SETTLEMENT, 900), after(2)).thenRefuses(new AmountContradicts());
    }

    @Test
    void is_never_negative() {
      paid(PaymentMethod.CARD)
          .when(cause(SETTLEMENT, -1), after(1))
          .thenRefuses(new AmountContradicts());
    }

    /// Issued on Monday 5 January: five business days are Monday the 12th, three are Thursday the
    /// 8th, twenty are Monday 2 February.
    @ParameterizedTest
    @CsvSource({
      "CARD, 2026-01-12T10:00:00Z, 2026-02-02T10:00:00Z",
      "PAYPAL, 2026-01-08T10:00:00Z, 2026-02-02T10:00:00Z",
      "APPLE_PAY, 2026-01-12T10:00:00Z, 2026-02-02T10:00:00Z"
    })
    void over_the_original_method_takes_business_days(
        PaymentMethod method, Instant settles, Instant expected) {
      var given =
          paid(method)
              .when(cause(SETTLEMENT, TOTAL), after(1))
              .after()
              .when(new HearRefund(SETTLEMENT.refundId(), 1, new RefundAnswer.Sent()), after(1))
              .thenEmits(issued(SETTLEMENT, method, TOTAL, after(1), expected, settles));
      given.thenDeadline("settlesAt", settles);
      given
          .whenNextDeadlinePasses()
          .thenEmits(askedToSettle(SETTLEMENT, TOTAL, settles))
          .when(new HearSettlement(SETTLEMENT.refundId()), settles)
          .thenEmits(settled(SETTLEMENT, TOTAL, settles))
          .thenNoDeadline();
    }

    @Test
    void to_an_outside_wallet_arrives_at_once() {
      paid(PaymentMethod.WALLET)
          .when(cause(SETTLEMENT, TOTAL), after(1))
          .after()
          .when(new HearRefund(SETTLEMENT.refundId(), 1, new RefundAnswer.Sent()), after(1))
          .thenEmits(
              issued(SETTLEMENT, PaymentMethod.WALLET, TOTAL, after(1), after(1), after(1)),
              askedToSettle(SETTLEMENT, TOTAL, after(1)));
    }

    @ParameterizedTest
    @EnumSource(names = {"CASH", "WESTERN_UNION", "BANK_TRANSFER"})
    void of_a_payment_that_cannot_go_back_is_wallet_credit(PaymentMethod method) {
      paid(method)
          .when(cause(SETTLEMENT, TOTAL), after(1))
          .thenEmits(
              noted(UNITS_CANCELLED),
              requested(SETTLEMENT, TOTAL, TOTAL, RefundChannel.WALLET_CREDIT, after(1)),
              inHouse(RefundChannel.WALLET_CREDIT, method, null, 0, after(1)),
              settled(SETTLEMENT, TOTAL, after(1)))
          .thenNoDeadline();
    }

    @Test
    void of_cash_on_delivery_is_a_voucher_for_sixty_days() {
      var voucher =
          new Voucher(
              "V-"
                  + SETTLEMENT
                      .refundId()
                      .toString()
                      .replace("-", "")
                      .substring(0, 12)
                      .toUpperCase(Locale.ROOT),
              after(1 + 60 * 24));
      paidCash()
          .when(cause(SETTLEMENT, TOTAL), after(1))
          .thenEmits(
              noted(UNITS_CANCELLED),
              requested(SETTLEMENT, TOTAL, TOTAL, RefundChannel.VOUCHER, after(1)),
              inHouse(RefundChannel.VOUCHER, PaymentMethod.CASH_ON_DELIVERY, voucher, 0, after(1)),
              settled(SETTLEMENT, TOTAL, after(1)));
    }

    @Test
    void follows_the_method_paid_with_not_the_one_named_with_the_order() {
      LEDGER
          .given(
              PLACED,
              authorized(PaymentMethod.CASH, after(0), after(2)),
              askedToCapture(1, after(2)),
              captured(PaymentMethod.CASH, after(2)))
          .when(cause(SETTLEMENT, TOTAL), after(3))
          .thenEmits(
              noted(UNITS_CANCELLED),
              requested(SETTLEMENT, TOTAL, TOTAL, RefundChannel.WALLET_CREDIT, after(3)),
              inHouse(RefundChannel.WALLET_CREDIT, PaymentMethod.CASH, null, 0, after(3)),
              settled(SETTLEMENT, TOTAL, after(3)));
    }

    @Test
    void that_is_refused_is_tried_again_a_day_later_and_goes_to_the_wallet_in_the_end() {
      var refused = new RefundAnswer.Refused("EXPIRED_CARD");
      var id = SETTLEMENT.refundId();
      var first =
          paid(PaymentMethod.CARD)
              .when(cause(SETTLEMENT, TOTAL), after(1))
              .after()
              .when(new HearRefund(id, 1, refused), after(1))
              .thenEmits(new RefundAttemptFailed(id, 1, "EXPIRED_CARD", after(1), after(25)));
      first.thenDeadline("retryAt", after(25));
      first
          .whenNextDeadlinePasses()
          .thenEmits(askedToRefund(SETTLEMENT, 2, TOTAL, after(25)))
          .when(new HearRefund(id, 2, refused), after(25))
          .thenEmits(new RefundAttemptFailed(id, 2, "EXPIRED_CARD", after(25), after(49)))
          .whenNextDeadlinePasses()
          .after()
          .when(new HearRefund(id, 3, refused), after(49))
          .thenEmits(
              new RefundAttemptFailed(id, 3, "EXPIRED_CARD", after(49), null),
              new RefundRerouted(
                  id, RefundChannel.ORIGINAL_METHOD, RefundChannel.WALLET_CREDIT, after(49)),
              inHouse(RefundChannel.WALLET_CREDIT, PaymentMethod.CARD, null, 3, after(49)),
              settled(SETTLEMENT, TOTAL, after(49)))
          .thenNoDeadline();
    }

    @Test
    void may_be_accepted_at_a_later_attempt() {
      var id = SETTLEMENT.refundId();
      var events =
          paid(PaymentMethod.CARD)
              .when(cause(SETTLEMENT, TOTAL), after(1))
              .after()
              .when(new HearRefund(id, 1, new RefundAnswer.Refused("BUSY")), after(1))
              .after()
              .when(new AskRefund(id), after(25))
              .after()
              .when(new HearRefund(id, 2, new RefundAnswer.Sent()), after(25))
              .emitted();
      assertThat(events).hasSize(1);
      assertThat(events.getFirst())
          .isInstanceOfSatisfying(
              RefundIssued.class, issued -> assertThat(issued.attempts()).isEqualTo(2));
    }

    private RefundIssued inHouse(
        RefundChannel channel,
        PaymentMethod method,
        @Nullable Voucher voucher,
        int attempts,
        Instant at) {
      return new RefundIssued(
          SETTLEMENT.refundId(),
          ANA,
          SETTLEMENT.type(),
          SETTLEMENT.id(),
          TOTAL,
          "USD",
          channel,
          method,
          voucher,
          attempts,
          at,
          at,
          at,
          TOTAL,
          TOTAL);
    }
  }

  @Nested
  class Cash_on_delivery {

    @Test
    void is_captured_when_it_is_delivered() {
      LEDGER
          .given(PLACED_CASH)
          .when(new CollectCash(DELIVERED, 1000), after(9))
          .thenEmits(noted(DELIVERED), cash(1000, after(9)));
    }

    @Test
    void is_collected_once_and_never_more_than_the_order_costs() {
      paidCash().when(new CollectCash(DELIVERED, TOTAL), after(9)).thenRefuses(new DuplicateFact());
      paidCash()
          .when(new CollectCash(DELIVERED, TOTAL - 1), after(9))
          .thenRefuses(new AmountContradicts());
      LEDGER
          .given(PLACED_CASH)
          .when(new CollectCash(DELIVERED, TOTAL + 1), after(9))
          .thenRefuses(new AmountContradicts());
    }

    @Test
    void is_not_due_for_an_order_that_is_paid_before() {
      paid(PaymentMethod.CARD)
          .when(new CollectCash(DELIVERED, TOTAL), after(9))
          .thenRefuses(new AmountContradicts());
    }

    /// L8: a parcel that was refused at the door is a return before anything was paid.
    @Test
    void lets_a_settled_case_wait_for_the_money() {
      var held = LEDGER.given(PLACED_CASH).when(RETURN_ACCEPTED, after(20)).thenEmits(HELD);
      held.when(RETURN_ACCEPTED, after(21)).thenRefuses(new DuplicateFact());
      var emitted = held.when(new CollectCash(DELIVERED, TOTAL), after(22)).emitted();
      assertThat(emitted)
          .contains(requested(RETURN_CAUSE, 800, 800, RefundChannel.VOUCHER, after(22)));
    }

    @Test
    void denies_what_has_waited_until_the_window_closed() {
      LEDGER
          .given(PLACED_CASH, HELD)
          .when(close(1), after(360))
          .thenEmits(
              closing(1),
              new RefundDenied(RETURN_CAUSE.type(), RETURN_CAUSE.id(), 800, after(360)));
      LEDGER
          .given(PLACED_CASH, closing(1))
          .when(RETURN_ACCEPTED, after(361))
          .thenEmits(
              new CaseEndNoted(source("ReturnAccepted", null), RETURN_CAUSE.id()),
              new RefundDenied(RETURN_CAUSE.type(), RETURN_CAUSE.id(), 800, after(361)));
    }

    @Test
    void denies_what_has_waited_until_the_order_was_cancelled() {
      var denied = new RefundDenied(RETURN_CAUSE.type(), RETURN_CAUSE.id(), 800, after(30));
      LEDGER
          .given(PLACED_CASH, HELD)
          .when(CANCEL_PAID, after(30))
          .thenEmits(CANCELLED_PAID, denied);
      LEDGER
          .given(PLACED_CASH, CANCELLED_PAID)
          .when(RETURN_ACCEPTED, after(30))
          .thenEmits(new CaseEndNoted(source("ReturnAccepted", null), RETURN_CAUSE.id()), denied);
    }
  }

  @Nested
  class The_seller {

    @Test
    void is_paid_what_a_cancellation_leaves() {
      var refunded =
          paid(PaymentMethod.CARD)
              .when(cause(SETTLEMENT, 1000), after(1))
              .after()
              .when(new HearRefund(SETTLEMENT.refundId(), 1, new RefundAnswer.Sent()), after(1))
              .after();
      refunded
          .when(CANCEL_PAID, after(1))
          .thenEmits(CANCELLED_PAID, paidOut(234, PayoutCause.CANCELLATION_KEPT_SHARE, after(1)));
    }

    @Test
    void is_paid_nothing_where_nothing_is_left() {
      paid(PaymentMethod.CARD)
          .when(cause(SETTLEMENT, TOTAL), after(1))
          .after()
          .when(new HearRefund(SETTLEMENT.refundId(), 1, new RefundAnswer.Sent()), after(1))
          .after()
          .when(CANCEL_PAID, after(1))
          .thenEmits(CANCELLED_PAID);
      LEDGER.given(PLACED_CASH).when(CANCEL_PAID, after(1)).thenEmits(CANCELLED_PAID);
    }

    @Test
    void waits_for_an_attempt_that_the_provider_has_not_answered() {
      var asked =
          paid(PaymentMethod.CARD)
              .when(cause(SETTLEMENT, 1000), after(1))
              .after()
              .when(CANCEL_PAID, after(1))
              .thenEmits(CANCELLED_PAID);
      assertThat(
              asked
                  .when(new HearRefund(SETTLEMENT.refundId(), 1, new RefundAnswer.Sent()), after(1))
                  .emitted()
                  .getLast())
          .isEqualTo(paidOut(234, PayoutCause.CANCELLATION_KEPT_SHARE, after(1)));
    }

    @Test
    void is_paid_when_the_after_sale_window_closes() {
      paid(PaymentMethod.CARD)
          .and(noted(source("OrderReadyToShip", 3)), noted(DELIVERED))
          .when(close(7), after(360))
          .thenEmits(closing(7), paidOut(TOTAL, PayoutCause.AFTER_SALE_CLOSED, after(360)));
    }

    /// X17: the refund of a late cancellation goes first.
    @Test
    void waits_until_the_orders_stream_is_read_far_enough() {
      var closed =
          paid(PaymentMethod.CARD)
              .and(noted(source("OrderReadyToShip", 3)))
              .when(close(5), after(360))
              .thenEmits(closing(5));
      closed
          .when(cause(SETTLEMENT, 1000), after(361))
          .after()
          .when(new HearRefund(SETTLEMENT.refundId(), 1, new RefundAnswer.Sent()), after(361))
          .thenEmits(
              issued(
                  SETTLEMENT,
                  PaymentMethod.CARD,
                  1000,
                  after(361),
                  Instant.parse("2026-02-17T10:00:00Z"),
                  Instant.parse("2026-01-27T10:00:00Z")),
              paidOut(234, PayoutCause.AFTER_SALE_CLOSED, after(361)));
    }

    @Test
    void waits_for_any_record_of_the_orders_stream_also_for_one_that_asks_nothing() {
      var closed = paid(PaymentMethod.CARD).when(close(5), after(360)).thenEmits(closing(5));
      closed
          .when(new NoteOrder(source("OrderCompleted", 4)), after(361))
          .thenEmits(noted(source("OrderCompleted", 4)));
      closed
          .when(new NoteOrder(source("OrderCompleted", null)), after(361))
          .thenEmits(noted(source("OrderCompleted", null)));
      closed
          .when(new NoteOrder(source("OrderCompleted", 6)), after(361))
          .thenEmits(
              noted(source("OrderCompleted", 6)),
              paidOut(TOTAL, PayoutCause.AFTER_SALE_CLOSED, after(361)));
    }

    @Test
    void is_paid_at_once_what_is_collected_after_the_window_has_closed() {
      LEDGER
          .given(PLACED_CASH, closing(1))
          .when(new CollectCash(DELIVERED, TOTAL), after(9))
          .thenEmits(
              noted(DELIVERED),
              cash(TOTAL, after(9)),
              paidOut(TOTAL, PayoutCause.AFTER_SALE_CLOSED, after(9)));
    }

    @Test
    void is_paid_once() {
      var closed = paid(PaymentMethod.CARD).when(close(1), after(360)).after();
      closed.when(close(1), after(361)).thenRefuses(new DuplicateFact());
      closed
          .when(new NoteOrder(source("OrderCompleted", 9)), after(362))
          .thenEmits(noted(source("OrderCompleted", 9)));
      closed
          .when(cause(SETTLEMENT, 1), after(363))
          .thenEmits(
              noted(UNITS_CANCELLED),
              new RefundDenied(SETTLEMENT.type(), SETTLEMENT.id(), 1, after(363)));
    }
  }

  @Nested
  class A_sampled_settlement {

    /// The formula of domain, section 4.2, worked out by hand: `left` is what the first eight bytes
    /// of the SHA-256 of the refund's id, as a number without a sign, leave modulo 18, and the
    /// refund takes 3 + `left` business days from Monday at ten.
    @ParameterizedTest
    @CsvSource({
      "6, c034ff48-4109-58c3-a935-d6629bb851e2, 1, 2026-01-09T10:00:00Z",
      "7, 00b682c1-7861-59f8-aa8a-02d87eaf687b, 0, 2026-01-08T10:00:00Z",
      "11, db37aeed-607d-53f9-a88c-fa03089ce9f5, 3, 2026-01-13T10:00:00Z",
      "12, 08812bc2-46ee-5cb6-aabe-2c99c1db2194, 6, 2026-01-16T10:00:00Z",
      "13, 45d88121-8854-58e2-ba3c-8435a24ca44a, 14, 2026-01-28T10:00:00Z"
    })
    void takes_as_long_as_the_refunds_id_says(
        int causeId, String refundId, int left, Instant settlesAt) {
      var cause = new Cause(RefundCause.CANCELLATION, id(causeId));
      assertThat(cause.refundId()).hasToString(refundId);
      assertThat(BusinessDays.after(after(1), 3 + left)).isEqualTo(settlesAt);
      paid(PaymentMethod.CARD, RefundSettlement.SAMPLED)
          .when(cause(cause, TOTAL), after(1))
          .after()
          .when(new HearRefund(cause.refundId(), 1, new RefundAnswer.Sent()), after(1))
          .thenEmits(
              issued(
                  cause,
                  PaymentMethod.CARD,
                  TOTAL,
                  after(1),
                  Instant.parse("2026-02-02T10:00:00Z"),
                  settlesAt))
          .thenDeadline("settlesAt", settlesAt);
    }

    @Test
    void takes_no_time_where_there_is_none_to_choose() {
      paid(PaymentMethod.WALLET, RefundSettlement.SAMPLED)
          .when(cause(SETTLEMENT, TOTAL), after(1))
          .after()
          .when(new HearRefund(SETTLEMENT.refundId(), 1, new RefundAnswer.Sent()), after(1))
          .thenEmits(
              issued(SETTLEMENT, PaymentMethod.WALLET, TOTAL, after(1), after(1), after(1)),
              askedToSettle(SETTLEMENT, TOTAL, after(1)));
    }
  }

  @Nested
  class A_parcel {

    @Test
    void is_noted_once() {
      LEDGER
          .given(PLACED)
          .when(new NoteShipment(SENT.source(), SHIPMENT), after(5))
          .thenEmits(SENT)
          .when(new NoteShipment(source("ShipmentDispatched", null), SHIPMENT), after(6))
          .thenRefuses(new DuplicateFact());
    }

    @Test
    void may_be_followed_by_another_one() {
      var second = new ShipmentId(id(81));
      LEDGER
          .given(PLACED, SENT)
          .when(new NoteShipment(SENT.source(), second), after(6))
          .thenEmits(new ShipmentNoted(SENT.source(), second));
    }
  }

  @Nested
  class A_case {
    private static final Source REQUESTED = source("ReturnRequested", null);
    private static final Source CLOSED_CASE = source("ReturnClosed", null);
    private static final UUID CASE = RETURN_CAUSE.id();
    private static final CaseOpenNoted OPENED = new CaseOpenNoted(REQUESTED, CASE);
    private static final CaseEndNoted ENDED = new CaseEndNoted(CLOSED_CASE, CASE);

    @Test
    void is_opened_and_ends_once() {
      var opened =
          LEDGER.given(PLACED).when(new NoteCaseOpen(REQUESTED, CASE), after(5)).thenEmits(OPENED);
      opened.when(new NoteCaseOpen(REQUESTED, CASE), after(6)).thenRefuses(new DuplicateFact());
      var ended = opened.when(new NoteCaseEnd(CLOSED_CASE, CASE), after(7)).thenEmits(ENDED);
      ended.when(new NoteCaseEnd(CLOSED_CASE, CASE), after(8)).thenRefuses(new DuplicateFact());
      ended.when(new NoteCaseOpen(REQUESTED, CASE), after(8)).thenRefuses(new DuplicateFact());
      ended
          .when(new NoteCaseEnd(source("ReturnRejected", null), CASE), after(8))
          .thenRefuses(new IllegalTransition());
    }

    @Test
    void ends_with_the_money_that_it_brings() {
      paid(PaymentMethod.CARD)
          .and(OPENED)
          .when(RETURN_ACCEPTED, after(9))
          .thenEmits(
              new CaseEndNoted(RETURN_ACCEPTED.source(), CASE),
              requested(RETURN_CAUSE, 800, 800, RefundChannel.ORIGINAL_METHOD, after(9)),
              askedToRefund(RETURN_CAUSE, 1, 800, after(9)));
    }

    @Test
    void brings_no_money_after_another_end() {
      paid(PaymentMethod.CARD)
          .and(OPENED, ENDED)
          .when(RETURN_ACCEPTED, after(9))
          .thenRefuses(new IllegalTransition());
    }

    @Test
    void that_waits_for_cash_has_ended_too() {
      LEDGER
          .given(PLACED_CASH, OPENED, HELD)
          .when(new NoteCaseEnd(CLOSED_CASE, CASE), after(9))
          .thenRefuses(new IllegalTransition());
    }

    @Test
    void may_end_here_without_having_been_opened_here() {
      LEDGER.given(PLACED).when(new NoteCaseEnd(CLOSED_CASE, CASE), after(5)).thenEmits(ENDED);
    }

    /// M7.
    @Test
    void keeps_the_window_open_and_the_seller_waiting() {
      paid(PaymentMethod.CARD)
          .and(OPENED)
          .when(close(1), after(360))
          .thenRefuses(new IllegalTransition());
      paid(PaymentMethod.CARD)
          .and(OPENED, ENDED)
          .when(close(1), after(360))
          .thenEmits(closing(1), paidOut(TOTAL, PayoutCause.AFTER_SALE_CLOSED, after(360)));
    }

    @Test
    void is_not_opened_once_the_window_has_closed() {
      paid(PaymentMethod.CARD)
          .and(closing(9))
          .when(new NoteCaseOpen(REQUESTED, CASE), after(361))
          .thenRefuses(new IllegalTransition());
    }
  }

  @Nested
  class Goodwill {
    private static final Cause GOODWILL = new Cause(RefundCause.GOODWILL, id(82));
    private static final CaseOpenNoted CASE =
        new CaseOpenNoted(source("DisputeOpened", null), id(83));

    @Test
    void is_a_refund_like_any_other() {
      paid(PaymentMethod.CARD)
          .and(SENT)
          .when(goodwill(500, null), after(9))
          .thenEmits(
              requested(GOODWILL, 500, 500, RefundChannel.ORIGINAL_METHOD, after(9)),
              askedToRefund(GOODWILL, 1, 500, after(9)))
          .when(goodwill(500, null), after(10))
          .thenNothing();
    }

    @Test
    void may_come_with_a_word_and_be_all_there_is() {
      paid(PaymentMethod.CARD)
          .and(SENT)
          .when(goodwill(TOTAL, "Sorry for the scratch."), after(9))
          .thenEmits(
              requested(GOODWILL, TOTAL, TOTAL, RefundChannel.ORIGINAL_METHOD, after(9)),
              askedToRefund(GOODWILL, 1, TOTAL, after(9)),
              new GoodwillExplained(GOODWILL.refundId(), "Sorry for the scratch."));
    }

    @Test
    void is_the_sellers_to_give() {
      paid(PaymentMethod.CARD)
          .and(SENT)
          .when(new GrantGoodwill(GOODWILL.id(), new SellerId(id(9)), 500, null), after(9))
          .thenRefuses(new NotTheSeller());
      LEDGER.given().when(goodwill(500, null), after(0)).thenRefuses(new OrderUnknown());
    }

    /// The first reason is told, in the order of domain, section 8.3.
    @Test
    void is_refused_for_the_first_of_all_reasons() {
      var tooMuch = goodwill(TOTAL + 1, null);
      var unsent = paid(PaymentMethod.CARD);
      unsent.and(CASE, closing(9)).when(tooMuch, after(9)).thenRefuses(new WindowIsClosed());
      unsent.and(CASE).when(tooMuch, after(9)).thenRefuses(new CaseIsOpen());
      unsent.when(tooMuch, after(9)).thenRefuses(new NotShipped());
      unsent.and(SENT).when(tooMuch, after(9)).thenRefuses(new ExceedsBalance(TOTAL));
      unsent
          .and(SENT, CASE, new CaseEndNoted(source("DisputeWithdrawn", null), id(83)))
          .when(goodwill(1, null), after(9))
          .thenEmits(
              requested(GOODWILL, 1, 1, RefundChannel.ORIGINAL_METHOD, after(9)),
              askedToRefund(GOODWILL, 1, 1, after(9)));
    }

    @Test
    void is_refused_before_the_cash_has_come() {
      LEDGER
          .given(PLACED_CASH, SENT)
          .when(goodwill(1, null), after(9))
          .thenRefuses(new ExceedsBalance(0));
    }

    /// X14: it stands, and the award that was on its way gets the rest.
    @Test
    void given_just_before_an_award_leaves_it_the_rest() {
      var award = new Cause(RefundCause.DISPUTE, id(83));
      var resolved = source("DisputeResolved", null);
      paid(PaymentMethod.CARD)
          .and(SENT)
          .when(goodwill(1000, null), after(9))
          .after()
          .and(CASE)
          .when(new CauseRefund(resolved, award, 800), after(10))
          .thenEmits(
              new CaseEndNoted(resolved, award.id()),
              requested(award, 800, 234, RefundChannel.ORIGINAL_METHOD, after(10)),
              askedToRefund(award, 1, 234, after(10)));
    }

    private static GrantGoodwill goodwill(long amountMinor, @Nullable String comment) {
      return new GrantGoodwill(GOODWILL.id(), LIN, amountMinor, comment);
    }
  }

  @Nested
  class An_inquiry {
    private static final Instant EXPECTED = Instant.parse("2026-02-02T10:00:00Z");
    private static final Instant SETTLES = Instant.parse("2026-01-12T10:00:00Z");
    private static final Instant LATER = EXPECTED.plusMillis(1);
    private static final RefundId REFUND = SETTLEMENT.refundId();
    private static final InquiryId INQUIRY = new InquiryId(id(84));
    private static final OpenInquiry ASK = ask(INQUIRY);
    private static final RefundInquiryOpened ASKED =
        new RefundInquiryOpened(INQUIRY, REFUND, "Where is it?", LATER);
    private static final RefundInquiryResolved CONFIRMED =
        new RefundInquiryResolved(INQUIRY, REFUND, InquiryOutcome.CONFIRMED_SENT, LATER);

    @Test
    void may_be_opened_when_the_money_should_have_come() {
      lost().when(ASK, EXPECTED).thenRefuses(new TooEarly(EXPECTED));
      lost().when(ASK, LATER).thenEmits(ASKED).when(ASK, LATER).thenNothing();
    }

    @Test
    void is_too_early_before_the_money_has_left() {
      var asked = paid(PaymentMethod.CARD).when(cause(SETTLEMENT, TOTAL), after(1)).after();
      asked.when(ASK, LATER).thenRefuses(new TooEarly(null));
      asked
          .when(new HearRefund(REFUND, 1, new RefundAnswer.Refused("BUSY")), after(1))
          .after()
          .when(ASK, LATER)
          .thenRefuses(new TooEarly(null));
    }

    @Test
    void is_about_a_refund_that_has_not_come() {
      lost()
          .and(settled(SETTLEMENT, TOTAL, SETTLES))
          .when(ASK, LATER)
          .thenRefuses(new RefundIsSettled());
      paid(PaymentMethod.CARD).when(ASK, LATER).thenRefuses(new RefundUnknown());
      LEDGER.given().when(ASK, LATER).thenRefuses(new OrderUnknown());
    }

    @Test
    void is_the_buyers() {
      lost()
          .when(new OpenInquiry(INQUIRY, new BuyerId(id(9)), REFUND, "Mine?"), LATER)
          .thenRefuses(new NotTheBuyer());
    }

    @Test
    void is_one_at_a_time() {
      var second = new InquiryId(id(85));
      lost().and(ASKED).when(ask(second), LATER).thenRefuses(new InquiryIsOpen());
      lost()
          .and(ASKED, CONFIRMED)
          .when(ask(second), LATER)
          .thenEmits(new RefundInquiryOpened(second, REFUND, "Where is it?", LATER));
    }

    @Test
    void is_answered_that_the_money_has_left() {
      lost()
          .and(ASKED)
          .when(new ResolveInquiry(INQUIRY, InquiryOutcome.CONFIRMED_SENT), LATER)
          .thenEmits(CONFIRMED)
          .when(new ResolveInquiry(INQUIRY, InquiryOutcome.REISSUED_TO_WALLET), LATER)
          .thenRefuses(new InquiryIsClosed());
    }

    @Test
    void is_answered_by_sending_the_money_again_to_the_wallet() {
      var reissued =
          lost()
              .and(ASKED)
              .when(new ResolveInquiry(INQUIRY, InquiryOutcome.REISSUED_TO_WALLET), LATER)
              .thenEmits(
                  new RefundInquiryResolved(
                      INQUIRY, REFUND, InquiryOutcome.REISSUED_TO_WALLET, LATER),
                  new RefundRerouted(
                      REFUND, RefundChannel.ORIGINAL_METHOD, RefundChannel.WALLET_CREDIT, LATER),
                  new RefundReissued(REFUND, ANA, TOTAL, "USD", LATER),
                  settled(SETTLEMENT, TOTAL, LATER));
      var ledger = (Ledger.Open) reissued.state();
      assertThat(ledger.accounts().balance(Account.OUTSIDE)).isEqualTo(-TOTAL);
      assertThat(ledger.accounts().balance(Account.BUYER_WALLET)).isEqualTo(TOTAL);
      assertThat(ledger.refundedMinor()).isEqualTo(TOTAL);
      reissued.when(new HearSettlement(REFUND), LATER).thenNothing();
      reissued.when(ask(new InquiryId(id(85))), LATER).thenRefuses(new RefundIsSettled());
      reissued
          .when(new ResolveInquiry(INQUIRY, InquiryOutcome.REISSUED_TO_WALLET), LATER)
          .thenRefuses(new InquiryIsClosed());
    }

    @Test
    void is_answered_by_the_money_itself() {
      lost()
          .and(ASKED)
          .when(new HearSettlement(REFUND), LATER)
          .thenEmits(settled(SETTLEMENT, TOTAL, LATER))
          .when(new ResolveInquiry(INQUIRY, InquiryOutcome.REISSUED_TO_WALLET), LATER)
          .thenRefuses(new InquiryIsClosed());
    }

    @Test
    void that_nobody_has_opened_cannot_be_answered() {
      lost()
          .when(new ResolveInquiry(INQUIRY, InquiryOutcome.CONFIRMED_SENT), LATER)
          .thenRefuses(new InquiryUnknown());
    }

    private static OpenInquiry ask(InquiryId id) {
      return new OpenInquiry(id, ANA, REFUND, "Where is it?");
    }

    /// Sent, and the provider has never said that it has arrived.
    private static DeciderFixture<LedgerCommand, Ledger, LedgerEvent, LedgerRejection>.Given
        lost() {
      return paid(PaymentMethod.CARD)
          .and(
              noted(UNITS_CANCELLED),
              requested(SETTLEMENT, TOTAL, TOTAL, RefundChannel.ORIGINAL_METHOD, after(1)),
              askedToRefund(SETTLEMENT, 1, TOTAL, after(1)),
              issued(SETTLEMENT, PaymentMethod.CARD, TOTAL, after(1), EXPECTED, SETTLES),
              askedToSettle(SETTLEMENT, TOTAL, SETTLES));
    }
  }
}
