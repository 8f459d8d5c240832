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
import marketplace.eventsourcing.Ids;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import marketplace.eventsourcing.ViewRow;
import marketplace.kernel.InquiryId;
import marketplace.kernel.InquiryOutcome;
import marketplace.kernel.PaymentId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.PayoutCause;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundSettlement;
import marketplace.kernel.ShipmentId;
import marketplace.refund.domain.Account;
import marketplace.refund.domain.Cause;
import marketplace.refund.domain.Ledger;
import marketplace.refund.domain.Ledger.Open;
import marketplace.refund.domain.LedgerCommand;
import marketplace.refund.domain.LedgerCommand.CancelOrder;
import marketplace.refund.domain.LedgerCommand.CauseRefund;
import marketplace.refund.domain.LedgerCommand.CloseAfterSale;
import marketplace.refund.domain.LedgerCommand.CollectCash;
import marketplace.refund.domain.LedgerCommand.GrantGoodwill;
import marketplace.refund.domain.LedgerCommand.NoteCaseEnd;
import marketplace.refund.domain.LedgerCommand.NoteCaseOpen;
import marketplace.refund.domain.LedgerCommand.NoteOrder;
import marketplace.refund.domain.LedgerCommand.NoteShipment;
import marketplace.refund.domain.LedgerCommand.OpenInquiry;
import marketplace.refund.domain.LedgerCommand.OpenLedger;
import marketplace.refund.domain.LedgerCommand.Pay;
import marketplace.refund.domain.LedgerCommand.ResolveInquiry;
import marketplace.refund.domain.LedgerEvent;
import marketplace.refund.domain.LedgerEvent.PayoutReleased;
import marketplace.refund.domain.LedgerEvent.RefundDenied;
import marketplace.refund.domain.LedgerEvent.RefundRequested;
import marketplace.refund.domain.LedgerRejection;
import marketplace.refund.domain.Payment;
import marketplace.refund.domain.Posting;
import marketplace.refund.domain.PromptLedgerDecider;
import marketplace.refund.domain.Refund;
import marketplace.refund.domain.Source;
import marketplace.refund.domain.wallet.WalletCommand;
import marketplace.refund.domain.wallet.WalletDecider;
import marketplace.refund.domain.wallet.WalletEvent;
import marketplace.refund.domain.wallet.WalletEvent.CreditKept;
import marketplace.refund.domain.wallet.WalletEvent.VoucherKept;
import marketplace.refund.process.ProviderFault;
import marketplace.refund.process.SimulatedProvider;
import marketplace.refund.process.WalletConsequences;
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
      var aftersales = aftersales();
      aftersales.addAll(closing);
      while (!(order.isEmpty() && buyer.isEmpty() && aftersales.isEmpty())) {
        var next = oneOf(List.of(order, buyer, aftersales)).poll();
        if (next == null) continue;
        now = now.plus(Duration.ofHours(random.nextInt(60)));
        letDeadlinesPass(now);
        handle(next);
        if (random.nextInt(4) == 0) handle(next);
      }
      letDeadlinesPass(Instant.MAX);
      askForWhatIsLost();
      assertSettled();
      assertWalletAgrees();
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

    /// Cases come and go before the window closes, and the seller gives when he feels like it.
    private Queue<LedgerCommand> aftersales() {
      var facts = new ArrayDeque<LedgerCommand>();
      facts.add(
          new NoteShipment(new Source(id(91), "ShipmentDispatched", null), new ShipmentId(id(92))));
      for (var number = 0; number < random.nextInt(3); number++) {
        var caseId = id(500 + number);
        if (random.nextBoolean()) facts.add(goodwill(600 + number));
        facts.add(new NoteCaseOpen(new Source(id(510 + number), "DisputeOpened", null), caseId));
        if (random.nextBoolean()) facts.add(goodwill(610 + number));
        facts.add(
            random.nextBoolean()
                ? new NoteCaseEnd(new Source(id(520 + number), "DisputeWithdrawn", null), caseId)
                : new CauseRefund(
                    new Source(id(520 + number), "DisputeResolved", null),
                    new Cause(RefundCause.DISPUTE, caseId),
                    1 + random.nextInt((int) TOTAL)));
      }
      return facts;
    }

    private LedgerCommand goodwill(int number) {
      return new GrantGoodwill(id(number), LIN, 1 + random.nextInt((int) TOTAL), null);
    }

    /// Long after everything, the buyer asks for each refund that has not come, and the platform
    /// answers once in one way and then in the other.
    private void askForWhatIsLost() {
      now = now.plus(Duration.ofDays(60));
      for (var refund : open().refunds()) {
        for (var outcome : InquiryOutcome.values()) {
          var inquiryId =
              new InquiryId(Ids.nameBased("inquiry", refund.refundId() + "/" + outcome));
          handle(new OpenInquiry(inquiryId, ANA, refund.refundId(), "Where is it?"));
          handle(new ResolveInquiry(inquiryId, outcome));
        }
      }
      assertThat(open().refunds()).allMatch(refund -> refund.stage() instanceof Refund.Arrived);
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
            if (event instanceof RefundDenied denied) assertNotOvertaken(denied);
            if (event instanceof PayoutReleased payout) assertNoCaseOpen(payout);
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

    /// X17: no refund of cancelled units finds that the seller was paid before it arrived.
    private void assertNotOvertaken(RefundDenied denied) {
      if (denied.causeType() == RefundCause.DISPUTE) return;
      assertThat(open().paidOutMinor()).as(this::toString).isZero();
    }

    /// M7.
    private void assertNoCaseOpen(PayoutReleased payout) {
      if (payout.why() != PayoutCause.AFTER_SALE_CLOSED) return;
      assertThat(open().order().cases().open()).as(this::toString).isEmpty();
    }

    /// What the ledger has sent there is in the wallet, each refund once.
    private void assertWalletAgrees() {
      var wallets = new WalletDecider();
      var wallet = wallets.initialState();
      for (var stored : history) {
        for (var step : new WalletConsequences().of(stored.event())) {
          var decided = wallets.decide((WalletCommand) step.command(), wallet, stored.time());
          assertThat(decided).isInstanceOf(Accepted.class);
          if (decided instanceof Accepted<WalletEvent, Void>(var events)) {
            assertThat(events).as(this::toString).hasSize(1);
            for (var event : events) wallet = wallets.evolve(wallet, event);
          }
        }
      }
      var accounts = open().accounts();
      assertThat(wallet.credits().stream().mapToLong(CreditKept::amountMinor).sum())
          .as(this::toString)
          .isEqualTo(accounts.balance(Account.BUYER_WALLET));
      assertThat(wallet.vouchers().stream().mapToLong(VoucherKept::amountMinor).sum())
          .as(this::toString)
          .isEqualTo(accounts.balance(Account.VOUCHERS));
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
