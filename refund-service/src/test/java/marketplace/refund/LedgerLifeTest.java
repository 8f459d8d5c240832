package marketplace.refund;

import static marketplace.refund.LedgerFixtures.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import marketplace.eventsourcing.Change;
import marketplace.eventsourcing.Decision;
import marketplace.eventsourcing.Decision.Accepted;
import marketplace.eventsourcing.Decision.Rejected;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import marketplace.eventsourcing.ViewRow;
import marketplace.kernel.PaymentId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundSettlement;
import marketplace.refund.domain.Account;
import marketplace.refund.domain.Cause;
import marketplace.refund.domain.Ledger;
import marketplace.refund.domain.Ledger.Open;
import marketplace.refund.domain.LedgerCommand;
import marketplace.refund.domain.LedgerCommand.CancelOrder;
import marketplace.refund.domain.LedgerCommand.CauseRefund;
import marketplace.refund.domain.LedgerCommand.CloseAfterSale;
import marketplace.refund.domain.LedgerCommand.CollectCash;
import marketplace.refund.domain.LedgerCommand.NoteOrder;
import marketplace.refund.domain.LedgerCommand.OpenLedger;
import marketplace.refund.domain.LedgerCommand.Pay;
import marketplace.refund.domain.LedgerEvent;
import marketplace.refund.domain.LedgerEvent.RefundDenied;
import marketplace.refund.domain.LedgerEvent.RefundRequested;
import marketplace.refund.domain.LedgerRejection;
import marketplace.refund.domain.Payment;
import marketplace.refund.domain.Posting;
import marketplace.refund.domain.PromptLedgerDecider;
import marketplace.refund.domain.Refund;
import marketplace.refund.domain.Source;
import marketplace.refund.process.ProviderFault;
import marketplace.refund.process.SimulatedProvider;
import marketplace.refund.view.LedgerProjection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole lives of a ledger, from a seed: payments, cancellations and closings in every order of
/// arrival, with a provider who refuses, delays and loses. The money must come out right in each
/// (X6, X7, X9, X15, X17).
class LedgerLifeTest {
  private static final int LIVES = 500;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void money_in_is_money_out_whatever_comes_first(long seed) {
    for (var life = 0; life < LIVES; life++) {
      var lifeSeed = seed * 1_000_003 + life;
      new Life(lifeSeed).live();
    }
  }

  private static final class Life {
    private final long seed;
    private final Random random;
    private final PromptLedgerDecider decider;
    private final List<StoredEvent<LedgerEvent>> history = new ArrayList<>();
    private final Map<Object, ViewRow> rows = new HashMap<>();
    private Ledger ledger;
    private Instant now = MONDAY_NINE;
    private int orderVersion;

    Life(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      var faults = faults();
      this.decider = new PromptLedgerDecider(new SimulatedProvider(() -> faults));
      this.ledger = decider.initialState();
    }

    void live() {
      var method = oneOf(PaymentMethod.values());
      var terms = terms(method, oneOf(RefundSettlement.values()));
      handle(new OpenLedger(source("OrderPlaced"), terms));
      var order = orderFacts(method);
      var buyer = payments(method);
      var closing = new ArrayDeque<LedgerCommand>();
      if (order.stream().noneMatch(CancelOrder.class::isInstance)) {
        closing.add(new CloseAfterSale(new Source(id(90), "AfterSaleClosed", null), orderVersion));
      }
      while (!(order.isEmpty() && buyer.isEmpty() && closing.isEmpty())) {
        var next = oneOf(List.of(order, buyer, closing)).poll();
        if (next == null) continue;
        now = now.plus(Duration.ofHours(random.nextInt(60)));
        letDeadlinesPass(now);
        handle(next);
        if (random.nextInt(4) == 0) handle(next);
      }
      letDeadlinesPass(Instant.MAX);
      assertSettled();
      assertThat(rebuilt()).as(this::toString).isEqualTo(rows);
    }

    private Queue<LedgerCommand> orderFacts(PaymentMethod method) {
      var facts = new ArrayDeque<LedgerCommand>();
      facts.add(new NoteOrder(source("OrderReadyToShip")));
      for (var settlement = random.nextInt(3); settlement > 0; settlement--) {
        var cause = new Cause(RefundCause.CANCELLATION, id(200 + settlement));
        var amount = 1 + random.nextInt((int) TOTAL);
        facts.add(new CauseRefund(source("OrderUnitsCancelled"), cause, amount));
      }
      switch (random.nextInt(3)) {
        case 0 -> facts.add(new CancelOrder(source("OrderCancelled"), true));
        case 1 -> facts.add(new CancelOrder(source("OrderCancelled"), false));
        default -> {
          var delivered = source("OrderDelivered");
          facts.add(
              method == PaymentMethod.CASH_ON_DELIVERY
                  ? new CollectCash(delivered, 1 + random.nextInt((int) TOTAL))
                  : new NoteOrder(delivered));
        }
      }
      return facts;
    }

    private Queue<LedgerCommand> payments(PaymentMethod method) {
      var payments = new ArrayDeque<LedgerCommand>();
      for (var attempt = 0; attempt < random.nextInt(3); attempt++) {
        var id = new PaymentId(id(300 + attempt));
        payments.add(new Pay(id, ANA, random.nextBoolean() ? method : anyMethod(), TOTAL));
        if (random.nextInt(3) == 0) payments.add(result(id));
      }
      return payments;
    }

    private LedgerCommand result(PaymentId id) {
      return new LedgerCommand.HearCapture(
          id,
          random.nextBoolean()
              ? new LedgerCommand.CaptureAnswer.Captured()
              : new LedgerCommand.CaptureAnswer.Refused("NO_FUNDS"));
    }

    private List<ProviderFault> faults() {
      return switch (random.nextInt(4)) {
        case 0 -> List.of(new ProviderFault.Refuses("BUSY", 1 + random.nextInt(4), null));
        case 1 -> List.of(new ProviderFault.DelaysCapture(hours(random.nextInt(100)), ORDER));
        case 2 -> List.of(new ProviderFault.LosesSettlement(null));
        default -> List.of();
      };
    }

    private Source source(String type) {
      orderVersion++;
      return new Source(id(400 + orderVersion), type, orderVersion);
    }

    private void letDeadlinesPass(Instant limit) {
      for (var due = decider.nextDeadline(ledger);
          due.isPresent() && !due.get().dueAt().isAfter(limit);
          due = decider.nextDeadline(ledger)) {
        var at = due.get().dueAt();
        store(decider.decide(due.get().command(), ledger, at.isAfter(now) ? at : now));
        if (at.isAfter(now)) now = at;
        assertThat(decider.nextDeadline(ledger)).as(this::toString).isNotEqualTo(due);
      }
    }

    private void handle(LedgerCommand command) {
      store(decider.decide(command, ledger, now));
    }

    private void store(Decision<LedgerEvent, LedgerRejection> decision) {
      switch (decision) {
        case Rejected<LedgerEvent, LedgerRejection> _ -> {}
        case Accepted<LedgerEvent, LedgerRejection>(var events) -> {
          if (events.isEmpty()) return;
          var before = ledger;
          var stored = new ArrayList<StoredEvent<LedgerEvent>>();
          for (var event : events) {
            stored.add(stored(event, history.size() + stored.size() + 1));
            ledger = decider.evolve(ledger, event);
            assertSound();
            if (event instanceof RefundDenied) assertNotOvertaken();
          }
          history.addAll(stored);
          project(before, ledger, stored, rows);
          assertThat(books()).as(this::toString).isEqualTo(open().accounts().balances());
        }
      }
    }

    /// M1 and M2, at every instant.
    private void assertSound() {
      var open = open();
      var accounts = open.accounts();
      var balances = accounts.balances().values();
      assertThat(balances.stream().mapToLong(Long::longValue).sum()).as(this::toString).isZero();
      assertThat(accounts.balance(Account.ESCROW)).as(this::toString).isNotNegative();
      assertThat(accounts.balance(Account.ESCROW_RESERVED)).as(this::toString).isNotNegative();
      assertThat(open.capturedMinor())
          .as(this::toString)
          .isEqualTo(
              accounts.balance(Account.ESCROW)
                  + accounts.balance(Account.ESCROW_RESERVED)
                  + open.refundedMinor()
                  + open.paidOutMinor());
    }

    /// X17: no refund finds that the seller was paid before it arrived.
    private void assertNotOvertaken() {
      assertThat(open().paidOutMinor()).as(this::toString).isZero();
    }

    /// M3 to M6, and nothing is left waiting.
    private void assertSettled() {
      var open = open();
      assertThat(open.payments().stream().filter(Payment::authorized)).as(this::toString).isEmpty();
      assertThat(open.refunds()).as(this::toString).allMatch(Refund::issued);
      var requested =
          history.stream()
              .map(StoredEvent::event)
              .filter(RefundRequested.class::isInstance)
              .toList();
      assertThat(requested).as(this::toString).hasSameSizeAs(open.refunds());
      var back = open.refundedMinor();
      var paidOut = open.paidOutMinor();
      assertThat(back + paidOut).as(this::toString).isEqualTo(open.capturedMinor());
      if (open.cancellation() == Ledger.Cancellation.BEFORE_PAYMENT) {
        assertThat(paidOut).as(this::toString).isZero();
      }
    }

    private Map<Account, Long> books() {
      var books = new HashMap<Account, Long>();
      for (var account : Account.values()) books.put(account, 0L);
      for (var stored : history) {
        Posting.of(stored.event())
            .ifPresent(posting -> {
              books.merge(posting.debit(), -posting.amountMinor(), Long::sum);
              books.merge(posting.credit(), posting.amountMinor(), Long::sum);
            });
      }
      return books;
    }

    /// Folding all events in one change gives the rows that many small changes gave.
    private Map<Object, ViewRow> rebuilt() {
      var result = new HashMap<Object, ViewRow>();
      project(decider.initialState(), ledger, history, result);
      return result;
    }

    private static void project(
        Ledger before,
        Ledger after,
        List<StoredEvent<LedgerEvent>> events,
        Map<Object, ViewRow> into) {
      var last = events.getLast();
      var stream = last.stream();
      var change =
          new Change<>(stream, before, after, events, last.version(), last.version(), last.time());
      for (var row : new LedgerProjection().rowsFor(change)) {
        into.put(List.of(row.table().name(), row.key()), row);
      }
    }

    private StoredEvent<LedgerEvent> stored(LedgerEvent event, int version) {
      var stream = new StreamId("ledger", ORDER.value());
      return new StoredEvent<>(
          version,
          StoredEvent.eventId(stream, version),
          stream,
          version,
          version - 1,
          true,
          "",
          event,
          new Trace(id(1), id(1), "HARNESS", Origin.SERVICE, null, null),
          now,
          now);
    }

    private Open open() {
      return (Open) ledger;
    }

    private PaymentMethod anyMethod() {
      return oneOf(PaymentMethod.values());
    }

    @SafeVarargs
    private <T> T oneOf(T... values) {
      return values[random.nextInt(values.length)];
    }

    private <T> T oneOf(List<T> values) {
      return values.get(random.nextInt(values.size()));
    }

    @Override
    public String toString() {
      return "seed " + seed + ": " + history.stream().map(StoredEvent::event).toList();
    }
  }
}
