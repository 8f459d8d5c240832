package marketplace.refund.view;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import marketplace.eventsourcing.Change;
import marketplace.eventsourcing.Projection;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.ViewRow;
import marketplace.refund.domain.Account;
import marketplace.refund.domain.Ledger;
import marketplace.refund.domain.Ledger.Open;
import marketplace.refund.domain.Ledger.Unopened;
import marketplace.refund.domain.LedgerEvent;
import marketplace.refund.domain.LedgerEvent.CaseEndNoted;
import marketplace.refund.domain.LedgerEvent.CaseOpenNoted;
import marketplace.refund.domain.LedgerEvent.PayoutReleased;
import marketplace.refund.domain.LedgerEvent.RefundHeld;
import marketplace.refund.domain.Payment;
import marketplace.refund.domain.Posting;
import marketplace.refund.domain.Refund;
import marketplace.refund.domain.Terms;
import org.jspecify.annotations.Nullable;

/// What a change of a ledger leaves in the service's tables.
public final class LedgerProjection implements Projection<Ledger, LedgerEvent> {

  @Override
  public List<ViewRow> rowsFor(Change<Ledger, LedgerEvent> change) {
    if (!(change.after() instanceof Open after)) return List.of();
    var rows = new ArrayList<ViewRow>();
    rows.add(ledger(after, change));
    for (var stored : change.events()) rows.addAll(moved(after.terms(), stored));
    var paymentsBefore = payments(change.before());
    for (var payment : after.payments()) {
      if (!paymentsBefore.contains(payment)) rows.add(payment(after.terms(), payment));
    }
    var refundsBefore = refunds(change.before());
    for (var refund : after.refunds()) {
      if (!refundsBefore.contains(refund)) rows.add(refund(after.terms(), refund));
    }
    var inquiriesBefore = inquiries(change.before());
    for (var inquiry : inquiries(after)) {
      if (!inquiriesBefore.contains(inquiry)) rows.add(inquiry(inquiry));
    }
    rows.addAll(ProviderBooks.rowsFor(after, change.events()));
    return rows;
  }

  private static List<Payment> payments(Ledger ledger) {
    return switch (ledger) {
      case Unopened() -> List.of();
      case Open open -> open.payments();
    };
  }

  private static List<Refund> refunds(Ledger ledger) {
    return switch (ledger) {
      case Unopened() -> List.of();
      case Open open -> open.refunds();
    };
  }

  private static List<InquiryView> inquiries(Ledger ledger) {
    return switch (ledger) {
      case Unopened() -> List.of();
      case Open open ->
          open.refunds().stream()
              .flatMap(refund ->
                  refund.inquiries().stream()
                      .map(inquiry -> InquiryView.of(inquiry, refund, open.terms())))
              .toList();
    };
  }

  private static ViewRow ledger(Open ledger, Change<Ledger, LedgerEvent> change) {
    var terms = ledger.terms();
    var accounts = ledger.accounts();
    return ViewRow.of(
        LedgerTables.LEDGERS,
        terms.orderId().value(),
        terms.buyerId().value(),
        terms.sellerId().value(),
        terms.currency(),
        terms.totalMinor(),
        ledger.cancellation().name(),
        ledger.afterSaleClosed(),
        ledger.capturedMinor(),
        ledger.refundedMinor(),
        ledger.paidOutMinor(),
        accounts.balance(Account.OUTSIDE),
        accounts.balance(Account.ESCROW),
        accounts.balance(Account.ESCROW_RESERVED),
        accounts.balance(Account.BUYER_WALLET),
        accounts.balance(Account.VOUCHERS),
        accounts.balance(Account.SELLER),
        change.version(),
        change.publishedVersion(),
        change.time());
  }

  private static List<ViewRow> moved(Terms terms, StoredEvent<LedgerEvent> stored) {
    return Stream.concat(
            Posting.of(stored.event()).stream()
                .flatMap(posting ->
                    Stream.of(
                        entry(terms, stored, posting.debit(), -posting.amountMinor()),
                        entry(terms, stored, posting.credit(), posting.amountMinor()))),
            Stream.ofNullable(other(terms, stored)))
        .toList();
  }

  private static @Nullable ViewRow other(Terms terms, StoredEvent<LedgerEvent> stored) {
    return switch (stored.event()) {
      case PayoutReleased e -> payout(terms, e, stored.version());
      case CaseOpenNoted e -> caseNote(terms, stored, e.caseId(), true);
      case CaseEndNoted e -> caseNote(terms, stored, e.caseId(), false);
      case RefundHeld e -> caseNote(terms, stored, e.causeId(), false);
      default -> null; // nothing else has a row for each event
    };
  }

  private static ViewRow caseNote(
      Terms terms, StoredEvent<LedgerEvent> stored, UUID caseId, boolean opened) {
    return ViewRow.of(
        LedgerTables.CASE_NOTES, terms.orderId().value(), stored.version(), caseId, opened);
  }

  private static ViewRow entry(
      Terms terms, StoredEvent<LedgerEvent> stored, Account account, long amountMinor) {
    return ViewRow.of(
        LedgerTables.POSTINGS,
        terms.orderId().value(),
        stored.version(),
        account.name(),
        amountMinor,
        stored.time());
  }

  private static ViewRow payment(Terms terms, Payment payment) {
    var view = PaymentView.of(payment, terms);
    return ViewRow.of(
        LedgerTables.PAYMENTS,
        view.paymentId().value(),
        terms.orderId().value(),
        view.method().name(),
        view.amountMinor(),
        view.currency(),
        view.state().name());
  }

  private static ViewRow refund(Terms terms, Refund refund) {
    // Days left belong to the moment of reading, so any moment serves for writing.
    var view = RefundView.of(refund, terms, refund.requestedAt());
    var voucher = view.voucher();
    return ViewRow.of(
        LedgerTables.REFUNDS,
        view.refundId().value(),
        terms.orderId().value(),
        terms.buyerId().value(),
        terms.sellerId().value(),
        view.causeType().name(),
        view.causeId(),
        view.requestedMinor(),
        view.amountMinor(),
        view.currency(),
        view.channel().name(),
        view.stage().name(),
        view.attempts(),
        view.requestedAt(),
        view.retryAt(),
        view.issuedAt(),
        view.expectedBy(),
        view.settledAt(),
        voucher == null ? null : voucher.code(),
        voucher == null ? null : voucher.expiresAt(),
        view.comment());
  }

  private static ViewRow inquiry(InquiryView view) {
    return ViewRow.of(
        LedgerTables.INQUIRIES,
        view.inquiryId().value(),
        view.orderId().value(),
        view.refundId().value(),
        view.text(),
        view.state().name(),
        view.openedAt(),
        view.closedAt());
  }

  private static ViewRow payout(Terms terms, PayoutReleased payout, int streamVersion) {
    return ViewRow.of(
        LedgerTables.PAYOUTS,
        payout.payoutId().value(),
        terms.orderId().value(),
        terms.sellerId().value(),
        payout.amountMinor(),
        payout.currency(),
        payout.why().name(),
        payout.releasedAt(),
        streamVersion);
  }
}
