package marketplace.refund.view;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.ViewRow;
import marketplace.eventsourcing.ViewTable;
import marketplace.kernel.RefundChannel;
import marketplace.kernel.RefundId;
import marketplace.refund.domain.Ledger.Open;
import marketplace.refund.domain.LedgerEvent;
import marketplace.refund.domain.LedgerEvent.PaymentAuthorized;
import marketplace.refund.domain.LedgerEvent.PaymentCaptured;
import marketplace.refund.domain.LedgerEvent.PaymentFailed;
import marketplace.refund.domain.LedgerEvent.PaymentVoided;
import marketplace.refund.domain.LedgerEvent.ProviderAsked;
import marketplace.refund.domain.LedgerEvent.Question;
import marketplace.refund.domain.LedgerEvent.RefundAttemptFailed;
import marketplace.refund.domain.LedgerEvent.RefundIssued;
import marketplace.refund.domain.LedgerEvent.RefundSettled;
import org.jspecify.annotations.Nullable;

/// The simulated provider's own ledger, in tables of its own. They stand in the service's database,
/// so that what he did and what the platform knows of it are committed together; a real provider
/// keeps such books himself, under the same keys.
public final class ProviderBooks {
  public static final ViewTable PAYMENTS =
      LedgerTables.table(
          "provider_payments",
          1,
          "payment_id uuid",
          "order_id uuid",
          "amount_minor bigint",
          "currency text",
          "state text",
          "code text");

  /// One row for each attempt: a repeated question has the same key and finds its row.
  public static final ViewTable REFUNDS =
      LedgerTables.table(
          "provider_refunds",
          1,
          "idempotency_key text",
          "refund_id uuid",
          "order_id uuid",
          "attempt int",
          "amount_minor bigint",
          "currency text",
          "state text",
          "code text");

  private final Open ledger;
  private final Map<Object, ViewRow> rows = new LinkedHashMap<>();

  private ProviderBooks(Open ledger) {
    this.ledger = ledger;
  }

  /// The rows as they are after these events, each once.
  static Collection<ViewRow> rowsFor(Open ledger, List<StoredEvent<LedgerEvent>> events) {
    var books = new ProviderBooks(ledger);
    for (var stored : events) books.enter(stored.event());
    return books.rows.values();
  }

  private void enter(LedgerEvent event) {
    switch (event) {
      case PaymentAuthorized e ->
          payment(e.paymentId().value(), e.amountMinor(), "AUTHORIZED", null);
      case PaymentCaptured e when e.method().prepaid() ->
          payment(e.paymentId().value(), e.amountMinor(), "CAPTURED", null);
      case PaymentFailed e -> payment(e.paymentId().value(), e.amountMinor(), "FAILED", e.code());
      case PaymentVoided e -> payment(e.paymentId().value(), e.amountMinor(), "VOIDED", null);
      case ProviderAsked e when e.question() == Question.REFUND ->
          refund(new RefundId(e.subjectId()), e.attempt(), e.amountMinor(), "ASKED", null);
      case RefundAttemptFailed e -> attempt(e.refundId(), e.attempt(), "REFUSED", e.code());
      case RefundIssued e when e.channel() == RefundChannel.ORIGINAL_METHOD ->
          refund(e.refundId(), e.attempts(), e.amountMinor(), "SENT", null);
      case RefundSettled e ->
          ledger
              .refund(e.refundId())
              .filter(refund -> refund.channel() == RefundChannel.ORIGINAL_METHOD)
              .ifPresent(refund ->
                  refund(e.refundId(), refund.attempts(), e.amountMinor(), "ARRIVED", null));
      default -> {} // the rest is the platform's own business
    }
  }

  private void payment(UUID paymentId, long amountMinor, String state, @Nullable String code) {
    var terms = ledger.terms();
    rows.put(
        paymentId,
        ViewRow.of(
            PAYMENTS,
            paymentId,
            terms.orderId().value(),
            amountMinor,
            terms.currency(),
            state,
            code));
  }

  private void attempt(RefundId id, int attempt, String state, String code) {
    ledger.refund(id).ifPresent(refund -> refund(id, attempt, refund.acceptedMinor(), state, code));
  }

  private void refund(
      RefundId id, int attempt, long amountMinor, String state, @Nullable String code) {
    var key = ProviderAsked.key(Question.REFUND, id.value(), attempt);
    rows.put(
        key,
        ViewRow.of(
            REFUNDS,
            key,
            id.value(),
            ledger.terms().orderId().value(),
            attempt,
            amountMinor,
            ledger.terms().currency(),
            state,
            code));
  }
}
