package marketplace.refund.domain;

import static marketplace.eventsourcing.Decision.accept;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import marketplace.eventsourcing.Decision;
import marketplace.eventsourcing.Ids;
import marketplace.kernel.PaymentId;
import marketplace.kernel.PayoutId;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundChannel;
import marketplace.kernel.RefundId;
import marketplace.refund.domain.Ledger.Cancellation;
import marketplace.refund.domain.Ledger.Open;
import marketplace.refund.domain.LedgerEvent.PaymentVoided;
import marketplace.refund.domain.LedgerEvent.PayoutReleased;
import marketplace.refund.domain.LedgerEvent.ProviderAsked;
import marketplace.refund.domain.LedgerEvent.Question;
import marketplace.refund.domain.LedgerEvent.RefundAttemptFailed;
import marketplace.refund.domain.LedgerEvent.RefundDenied;
import marketplace.refund.domain.LedgerEvent.RefundIssued;
import marketplace.refund.domain.LedgerEvent.RefundReissued;
import marketplace.refund.domain.LedgerEvent.RefundRequested;
import marketplace.refund.domain.LedgerEvent.RefundRerouted;
import marketplace.refund.domain.LedgerEvent.RefundSettled;

/// A decision while it is being written: the events so far, and where they leave the ledger.
final class LedgerDraft {
  private static final int VOUCHER_CODE_CHARS = 12;

  private final Instant at;
  private final List<LedgerEvent> events = new ArrayList<>();
  private Open ledger;

  LedgerDraft(Open ledger, Instant at) {
    this.ledger = ledger;
    this.at = at;
  }

  Instant at() {
    return at;
  }

  LedgerDraft and(LedgerEvent event) {
    events.add(event);
    ledger = LedgerFold.next(ledger, event);
    return this;
  }

  /// Whatever has been decided: money that came in for an order that was cancelled unpaid goes
  /// back, what had to wait for the money waits no more, and what is the seller's is paid out. So
  /// it does not matter in which order the facts came (X6, X7, X9, X17).
  Decision<LedgerEvent, LedgerRejection> accepted() {
    if (ledger.cancellation() == Cancellation.BEFORE_PAYMENT) {
      for (var payment : ledger.payments()) giveBack(payment);
    }
    if (ledger.livePayment().isPresent() || ledger.cashCannotCome()) {
      for (var held : ledger.held()) {
        refund(new Cause(held.causeType(), held.causeId()), held.requestedMinor());
      }
    }
    var why = ledger.payoutCause();
    var rest = ledger.refundableMinor();
    if (why != null && rest > 0) {
      var terms = ledger.terms();
      var name = terms.orderId() + "/" + why + "/" + (ledger.payouts().size() + 1);
      var payoutId = new PayoutId(Ids.nameBased("payout", name));
      and(new PayoutReleased(payoutId, terms.sellerId(), rest, terms.currency(), why, at));
    }
    return accept(events);
  }

  private void giveBack(Payment payment) {
    var cause = new Cause(RefundCause.LATE_CAPTURE, payment.paymentId().value());
    if (payment.voidable()) {
      and(new PaymentVoided(payment.paymentId(), payment.amountMinor(), at));
    } else if (payment.captured()
        && ledger.refund(cause.refundId()).isEmpty()
        && ledger.denial(cause).isEmpty()) {
      refund(cause, payment.amountMinor());
    }
  }

  LedgerDraft askCapture(PaymentId id) {
    return ledger
        .payment(id)
        .filter(payment -> payment.stage() instanceof Payment.Authorized)
        .map(payment ->
            ask(Question.CAPTURE, id.value(), payment.captureAttempts() + 1, payment.amountMinor()))
        .orElse(this);
  }

  LedgerDraft askRefund(RefundId id) {
    return ledger
        .refund(id)
        .filter(refund -> !refund.issued())
        .map(refund ->
            ask(Question.REFUND, id.value(), refund.attempts() + 1, refund.acceptedMinor()))
        .orElse(this);
  }

  LedgerDraft askSettlement(RefundId id) {
    return ledger
        .refund(id)
        .filter(refund -> refund.stage() instanceof Refund.Sent)
        .map(refund -> ask(Question.SETTLEMENT, id.value(), 1, refund.acceptedMinor()))
        .orElse(this);
  }

  private LedgerDraft ask(Question question, UUID subjectId, int attempt, long amountMinor) {
    var key = ProviderAsked.key(question, subjectId, attempt);
    return and(new ProviderAsked(key, question, subjectId, attempt, amountMinor, at));
  }

  /// L7 or L8; what the provider has no part in is sent at once.
  LedgerDraft refund(Cause cause, long requestedMinor) {
    var acceptedMinor = Math.min(requestedMinor, ledger.refundableMinor());
    if (acceptedMinor <= 0) {
      return and(new RefundDenied(cause.type(), cause.id(), requestedMinor, at));
    }
    var id = cause.refundId();
    var channel = ledger.paidWith().channel();
    and(
        new RefundRequested(
            id, cause.type(), cause.id(), requestedMinor, acceptedMinor, channel, at));
    return channel == RefundChannel.ORIGINAL_METHOD ? askRefund(id) : issue(id);
  }

  /// L9; with nothing to wait for, the refund arrives at the same instant.
  LedgerDraft issue(RefundId id) {
    var refund = ledger.refund(id).orElseThrow();
    var terms = ledger.terms();
    var method = ledger.paidWith();
    var settling = Settling.of(refund, method, terms.refundSettlement(), at);
    and(
        new RefundIssued(
            id,
            terms.buyerId(),
            refund.cause().type(),
            refund.cause().id(),
            refund.acceptedMinor(),
            terms.currency(),
            refund.channel(),
            method,
            refund.channel() == RefundChannel.VOUCHER ? voucher(id) : null,
            refund.attempts(),
            at,
            settling.expectedBy(),
            settling.settlesAt(),
            ledger.refundedMinor() + refund.acceptedMinor(),
            ledger.capturedMinor()));
    if (settling.settlesAt().isAfter(at)) return this;
    return refund.channel() == RefundChannel.ORIGINAL_METHOD
        ? askSettlement(id)
        : and(new RefundSettled(id, refund.acceptedMinor(), at));
  }

  /// L10, or L11 after the last attempt.
  LedgerDraft fail(Refund refund, String code) {
    var id = refund.refundId();
    var terms = ledger.terms();
    if (refund.attempts() < terms.refundMaxAttempts()) {
      var retryAt = at.plus(terms.refundRetryEvery());
      return and(new RefundAttemptFailed(id, refund.attempts(), code, at, retryAt));
    }
    return and(new RefundAttemptFailed(id, refund.attempts(), code, at, null))
        .and(new RefundRerouted(id, refund.channel(), RefundChannel.WALLET_CREDIT, at))
        .issue(id);
  }

  /// L14: money that is lost outside is sent once more, and this time it cannot be lost.
  LedgerDraft reissue(Refund refund) {
    var id = refund.refundId();
    var terms = ledger.terms();
    var amountMinor = refund.acceptedMinor();
    return and(new RefundRerouted(id, refund.channel(), RefundChannel.WALLET_CREDIT, at))
        .and(new RefundReissued(id, terms.buyerId(), amountMinor, terms.currency(), at))
        .and(new RefundSettled(id, amountMinor, at));
  }

  private Voucher voucher(RefundId id) {
    var code = id.value().toString().replace("-", "").substring(0, VOUCHER_CODE_CHARS);
    return new Voucher(
        "V-" + code.toUpperCase(Locale.ROOT), at.plus(ledger.terms().voucherValidFor()));
  }
}
