package marketplace.refund.domain;

import marketplace.kernel.PaymentId;
import marketplace.kernel.RefundId;
import marketplace.refund.domain.Ledger.Cancellation;
import marketplace.refund.domain.Ledger.Open;
import marketplace.refund.domain.Ledger.WindowClosing;
import marketplace.refund.domain.LedgerEvent.CancellationNoted;
import marketplace.refund.domain.LedgerEvent.ClosingNoted;
import marketplace.refund.domain.LedgerEvent.LedgerOpened;
import marketplace.refund.domain.LedgerEvent.OrderNoted;
import marketplace.refund.domain.LedgerEvent.PaymentAuthorized;
import marketplace.refund.domain.LedgerEvent.PaymentCaptured;
import marketplace.refund.domain.LedgerEvent.PaymentFailed;
import marketplace.refund.domain.LedgerEvent.PaymentPostponed;
import marketplace.refund.domain.LedgerEvent.PaymentVoided;
import marketplace.refund.domain.LedgerEvent.PayoutReleased;
import marketplace.refund.domain.LedgerEvent.ProviderAsked;
import marketplace.refund.domain.LedgerEvent.RefundAttemptFailed;
import marketplace.refund.domain.LedgerEvent.RefundDenied;
import marketplace.refund.domain.LedgerEvent.RefundHeld;
import marketplace.refund.domain.LedgerEvent.RefundIssued;
import marketplace.refund.domain.LedgerEvent.RefundRequested;
import marketplace.refund.domain.LedgerEvent.RefundRerouted;
import marketplace.refund.domain.LedgerEvent.RefundSettled;

/// Where each event leaves an open ledger. It judges nothing: what was stored has happened.
final class LedgerFold {
  private LedgerFold() {}

  static Open next(Open ledger, LedgerEvent event) {
    var posted = ledger.posted(event);
    return switch (event) {
      case LedgerOpened(var source, _) -> posted.read(source);
      case OrderNoted(var source) -> posted.read(source);
      case CancellationNoted(var source, var refundAllCaptures) ->
          posted.read(source).with(Cancellation.of(refundAllCaptures));
      case ClosingNoted(var source, var afterOrderVersion) ->
          posted.read(source).with(new WindowClosing(afterOrderVersion));
      case RefundHeld e -> posted.read(e.source()).hold(e);
      case PaymentAuthorized e ->
          posted.with(
              new Payment(
                  e.paymentId(),
                  e.method(),
                  e.amountMinor(),
                  0,
                  new Payment.Authorized(e.captureDueAt())));
      case ProviderAsked e ->
          switch (e.question()) {
            case CAPTURE -> posted.changePayment(new PaymentId(e.subjectId()), Payment::asked);
            case REFUND -> posted.changeRefund(new RefundId(e.subjectId()), Refund::asked);
            case SETTLEMENT ->
                posted.changeRefund(new RefundId(e.subjectId()), Refund::askedToSettle);
          };
      case PaymentCaptured e -> posted.with(captured(ledger, e));
      case PaymentPostponed(var id, var captureDueAt) ->
          posted.changePayment(id, payment -> payment.in(new Payment.Authorized(captureDueAt)));
      case PaymentFailed e ->
          posted.changePayment(e.paymentId(), payment -> payment.in(new Payment.Failed(e.code())));
      case PaymentVoided e ->
          posted.changePayment(e.paymentId(), payment -> payment.in(new Payment.Voided()));
      case RefundRequested e ->
          posted
              .release(e.causeType(), e.causeId())
              .with(
                  new Refund(
                      e.refundId(),
                      new Cause(e.causeType(), e.causeId()),
                      e.requestedMinor(),
                      e.acceptedMinor(),
                      e.channel(),
                      e.requestedAt(),
                      0,
                      new Refund.Requested()));
      case RefundAttemptFailed e -> {
        var retryAt = e.retryAt();
        yield retryAt == null
            ? posted
            : posted.changeRefund(
                e.refundId(), refund -> refund.in(new Refund.Retrying(retryAt, e.code())));
      }
      case RefundRerouted e ->
          posted.changeRefund(e.refundId(), refund -> refund.through(e.toChannel()));
      case RefundIssued e ->
          posted.changeRefund(
              e.refundId(),
              refund ->
                  refund.in(
                      new Refund.Sent(e.issuedAt(), e.expectedBy(), e.settlesAt(), e.voucher())));
      case RefundSettled e ->
          posted.changeRefund(e.refundId(), refund -> refund.arrived(e.settledAt()));
      case RefundDenied e -> posted.release(e.causeType(), e.causeId()).with(e);
      case PayoutReleased e -> posted.with(e);
    };
  }

  /// Cash on delivery is captured without having been authorised.
  private static Payment captured(Open ledger, PaymentCaptured e) {
    return ledger
        .payment(e.paymentId())
        .orElseGet(() ->
            new Payment(e.paymentId(), e.method(), e.amountMinor(), 0, new Payment.Captured()))
        .in(new Payment.Captured());
  }
}
