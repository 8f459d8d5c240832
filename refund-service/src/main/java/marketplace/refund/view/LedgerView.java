package marketplace.refund.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import marketplace.eventsourcing.History;
import marketplace.kernel.OrderId;
import marketplace.refund.domain.Account;
import marketplace.refund.domain.Ledger.Open;
import marketplace.refund.domain.LedgerEvent;
import marketplace.refund.domain.Posting;

/// The books of one order: balances, and every posting that made them.
///
/// @param sumMinor over all accounts; anything but 0 is a fault
public record LedgerView(
    OrderId orderId,
    String currency,
    Map<Account, Long> accounts,
    List<PostingView> postings,
    long sumMinor,
    Sums sums,
    int version,
    int publishedVersion) {

  /// @param streamVersion of the event that moved the money
  public record PostingView(
      int streamVersion, Account debit, Account credit, long amountMinor, Instant at) {}

  public record Sums(long capturedMinor, long refundedMinor, long paidOutMinor) {}

  public static LedgerView of(Open ledger, History<LedgerEvent> history) {
    var balances = ledger.accounts().balances();
    return new LedgerView(
        ledger.terms().orderId(),
        ledger.terms().currency(),
        balances,
        history.events().stream()
            .flatMap(stored ->
                Posting.of(stored.event()).stream()
                    .map(posting ->
                        new PostingView(
                            stored.version(),
                            posting.debit(),
                            posting.credit(),
                            posting.amountMinor(),
                            stored.time())))
            .toList(),
        balances.values().stream().mapToLong(Long::longValue).sum(),
        new Sums(ledger.capturedMinor(), ledger.refundedMinor(), ledger.paidOutMinor()),
        history.version(),
        history.publishedVersion());
  }
}
