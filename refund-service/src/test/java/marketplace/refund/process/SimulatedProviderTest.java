package marketplace.refund.process;

import static marketplace.refund.LedgerFixtures.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import marketplace.eventsourcing.control.BadFaultRuleException;
import marketplace.eventsourcing.control.Chance;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.RefundChannel;
import marketplace.refund.domain.Ledger;
import marketplace.refund.domain.LedgerCommand;
import marketplace.refund.domain.LedgerEvent;
import marketplace.refund.domain.LedgerEvent.PaymentPostponed;
import marketplace.refund.domain.LedgerEvent.PaymentVoided;
import marketplace.refund.domain.LedgerEvent.ProviderAsked;
import marketplace.refund.domain.LedgerEvent.Question;
import marketplace.refund.domain.LedgerEvent.RefundAttemptFailed;
import marketplace.refund.domain.LedgerEvent.RefundIssued;
import marketplace.refund.domain.LedgerEvent.RefundRerouted;
import marketplace.refund.domain.LedgerRejection;
import marketplace.refund.domain.LedgerRejection.OrderIsCancelled;
import marketplace.refund.domain.PromptLedgerDecider;
import marketplace.refund.process.ProviderFault.DelaysCapture;
import marketplace.refund.process.ProviderFault.LosesSettlement;
import marketplace.refund.process.ProviderFault.Refuses;
import marketplace.testkit.DeciderFixture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The ledger together with a provider who answers within the decision.
class SimulatedProviderTest {
  private static final Instant SETTLES = Instant.parse("2026-01-12T10:00:00Z");
  private static final Instant EXPECTED = Instant.parse("2026-02-02T10:00:00Z");

  private static DeciderFixture<LedgerCommand, Ledger, LedgerEvent, LedgerRejection> ledger(
      ProviderFault... faults) {
    return DeciderFixture.of(new PromptLedgerDecider(new SimulatedProvider(() -> List.of(faults))));
  }

  @Test
  void a_card_is_captured_in_the_decision_that_authorises_it() {
    ledger()
        .given(PLACED)
        .when(pay(PaymentMethod.CARD), after(0))
        .thenEmits(
            authorized(PaymentMethod.CARD, after(0), after(0)),
            askedToCapture(1, after(0)),
            captured(PaymentMethod.CARD, after(0)))
        .thenNoDeadline();
  }

  @Test
  void a_refund_is_requested_and_issued_at_the_same_instant_and_settles_by_itself() {
    var given =
        ledger()
            .given(PLACED)
            .when(pay(PaymentMethod.CARD), after(0))
            .after()
            .when(cause(SETTLEMENT, TOTAL), after(1))
            .thenEmits(
                noted(UNITS_CANCELLED),
                requested(SETTLEMENT, TOTAL, TOTAL, RefundChannel.ORIGINAL_METHOD, after(1)),
                askedToRefund(SETTLEMENT, 1, TOTAL, after(1)),
                issued(SETTLEMENT, PaymentMethod.CARD, TOTAL, after(1), EXPECTED, SETTLES));
    given.thenDeadline("settlesAt", SETTLES);
    given
        .whenNextDeadlinePasses()
        .thenEmits(askedToSettle(SETTLEMENT, TOTAL, SETTLES), settled(SETTLEMENT, TOTAL, SETTLES))
        .thenNoDeadline();
  }

  @Test
  void money_that_comes_in_late_goes_back_in_the_same_decision() {
    var events =
        ledger()
            .given(
                PLACED,
                authorized(PaymentMethod.BANK_TRANSFER, after(0), after(24)),
                CANCELLED_UNPAID)
            .whenNextDeadlinePasses()
            .emitted();
    assertThat(events.stream().map(event -> event.getClass().getSimpleName()))
        .containsExactly(
            "ProviderAsked", "PaymentCaptured", "RefundRequested", "RefundIssued", "RefundSettled");
  }

  @Test
  void a_refund_to_an_outside_wallet_arrives_in_the_same_decision() {
    var events =
        ledger()
            .given(PLACED)
            .when(pay(PaymentMethod.WALLET), after(0))
            .after()
            .when(cause(SETTLEMENT, TOTAL), after(1))
            .emitted();
    assertThat(events.getLast()).isEqualTo(settled(SETTLEMENT, TOTAL, after(1)));
  }

  @Test
  void a_delayed_capture_can_be_voided_until_it_is_due() {
    var delayed =
        ledger(new DelaysCapture(Duration.ofHours(1), null))
            .given(PLACED)
            .when(pay(PaymentMethod.CARD), after(0))
            .thenEmits(
                authorized(PaymentMethod.CARD, after(0), after(0)),
                askedToCapture(1, after(0)),
                new PaymentPostponed(PAYMENT, after(1)));
    delayed.thenDeadline("captureDueAt", after(1));
    delayed
        .whenNextDeadlinePasses()
        .thenEmits(askedToCapture(2, after(1)), captured(PaymentMethod.CARD, after(1)));
    delayed
        .when(CANCEL_UNPAID, after(0))
        .thenEmits(CANCELLED_UNPAID, new PaymentVoided(PAYMENT, TOTAL, after(0)))
        .when(pay(PaymentMethod.CARD), after(1))
        .thenNothing();
    delayed
        .and(CANCELLED_UNPAID)
        .when(new LedgerCommand.Pay(SECOND_PAYMENT, ANA, PaymentMethod.CARD, TOTAL), after(1))
        .thenRefuses(new OrderIsCancelled());
  }

  @Test
  void a_refusing_provider_is_asked_three_times_and_then_the_wallet_takes_it() {
    var id = SETTLEMENT.refundId();
    var given =
        ledger(new Refuses("EXPIRED_CARD", 3, ORDER))
            .given(PLACED)
            .when(pay(PaymentMethod.CARD), after(0))
            .after()
            .when(cause(SETTLEMENT, TOTAL), after(1))
            .thenEmits(
                noted(UNITS_CANCELLED),
                requested(SETTLEMENT, TOTAL, TOTAL, RefundChannel.ORIGINAL_METHOD, after(1)),
                askedToRefund(SETTLEMENT, 1, TOTAL, after(1)),
                new RefundAttemptFailed(id, 1, "EXPIRED_CARD", after(1), after(25)));
    var last =
        given
            .whenNextDeadlinePasses()
            .thenEmits(
                askedToRefund(SETTLEMENT, 2, TOTAL, after(25)),
                new RefundAttemptFailed(id, 2, "EXPIRED_CARD", after(25), after(49)))
            .whenNextDeadlinePasses()
            .emitted();
    assertThat(last.subList(0, 3))
        .containsExactly(
            askedToRefund(SETTLEMENT, 3, TOTAL, after(49)),
            new RefundAttemptFailed(id, 3, "EXPIRED_CARD", after(49), null),
            new RefundRerouted(
                id, RefundChannel.ORIGINAL_METHOD, RefundChannel.WALLET_CREDIT, after(49)));
    assertThat(last.get(3)).isInstanceOf(RefundIssued.class);
    assertThat(last.get(4)).isEqualTo(settled(SETTLEMENT, TOTAL, after(49)));
  }

  @Test
  void a_fault_of_another_order_is_none_here() {
    var other = new OrderId(id(99));
    var events =
        ledger(new Refuses("EXPIRED_CARD", 3, other), new DelaysCapture(hours(1), other))
            .given(PLACED)
            .when(pay(PaymentMethod.CARD), after(0))
            .after()
            .when(cause(SETTLEMENT, TOTAL), after(1))
            .emitted();
    assertThat(events.getLast()).isInstanceOf(RefundIssued.class);
  }

  @Test
  void a_lost_settlement_is_never_heard_of() {
    ledger(new LosesSettlement(null))
        .given(PLACED)
        .when(pay(PaymentMethod.CARD), after(0))
        .after()
        .when(cause(SETTLEMENT, TOTAL), after(1))
        .after()
        .whenNextDeadlinePasses()
        .thenEmits(askedToSettle(SETTLEMENT, TOTAL, SETTLES))
        .thenNoDeadline();
  }

  @Test
  void a_fault_at_a_rate_is_about_the_same_refunds_at_every_attempt() {
    var chance = new Chance(0.1, 7);
    var provider =
        new SimulatedProvider(() ->
            List.of(
                new Refuses("BUSY", Integer.MAX_VALUE, null, chance),
                new LosesSettlement(null, chance)));
    var refused = new ArrayList<Integer>();
    var lost = new ArrayList<Integer>();
    for (var refund = 0; refund < 1_000; refund++) {
      var answers = new HashSet<Boolean>();
      for (var attempt = 1; attempt <= 3; attempt++) {
        answers.add(isRefused(provider.answer(ORDER, question(Question.REFUND, refund, attempt))));
      }
      assertThat(answers).hasSize(1);
      if (answers.contains(true)) refused.add(refund);
      if (provider.answer(ORDER, question(Question.SETTLEMENT, refund, 1)).isEmpty()) {
        lost.add(refund);
      }
    }
    assertThat(refused).hasSizeBetween(60, 140).isNotEqualTo(lost);
    assertThat(lost).hasSizeBetween(60, 140);
  }

  private static boolean isRefused(Optional<LedgerCommand> answer) {
    return answer.orElseThrow() instanceof LedgerCommand.HearRefund heard
        && heard.answer() instanceof LedgerCommand.RefundAnswer.Refused;
  }

  private static ProviderAsked question(Question question, int subject, int attempt) {
    var id = id(subject);
    return new ProviderAsked(
        ProviderAsked.key(question, id, attempt), question, id, attempt, TOTAL, after(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"kind": "PROVIDER_REFUSES"}                                    | /rules/0/code
          {"kind": "PROVIDER_REFUSES", "code": "BUSY", "every": 2}        | /rules/0/every
          {"kind": "PROVIDER_REFUSES", "code": "BUSY", "rate": 2}         | /rules/0/rate
          {"kind": "PROVIDER_REFUSES", "code": "BUSY", "times": 0}        | /rules/0/times
          {"kind": "PROVIDER_DELAYS_CAPTURE"}                             | /rules/0/seconds
          {"kind": "SETTLEMENT_LOST", "orderId": "my order"}              | /rules/0/orderId
          """)
  void a_script_that_he_could_not_follow_is_refused(String rule, String pointer) {
    assertThatThrownBy(() -> script(rule))
        .asInstanceOf(InstanceOfAssertFactories.type(BadFaultRuleException.class))
        .returns(pointer, BadFaultRuleException::pointer);
  }

  @Test
  void a_script_names_the_rate_of_each_fault() throws JsonProcessingException {
    var script =
        script(
            """
            {"kind": "PROVIDER_REFUSES", "code": "BUSY", "times": 2, "rate": 0.1, "seed": 7},
            {"kind": "PROVIDER_DELAYS_CAPTURE", "seconds": 3600, "rate": 0.2},
            {"kind": "SETTLEMENT_LOST"}
            """);
    assertThat(script.get())
        .containsExactly(
            new Refuses("BUSY", 2, null, new Chance(0.1, 7)),
            new DelaysCapture(hours(1), null, new Chance(0.2, 0)),
            new LosesSettlement(null));
  }

  private static ProviderScript script(String rules) throws JsonProcessingException {
    var faults = ProviderScript.newRules();
    faults.replace("test", new ObjectMapper().readTree("{\"rules\": [" + rules + "]}"));
    return new ProviderScript(faults);
  }
}
