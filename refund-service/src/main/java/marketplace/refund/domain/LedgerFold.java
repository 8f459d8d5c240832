package marketplace.refund.domain;

import java.util.UUID;
import marketplace.kernel.PaymentId;
import marketplace.kernel.RefundId;
import marketplace.refund.domain.Ledger.Cancellation;
import marketplace.refund.domain.Ledger.Open;
import marketplace.refund.domain.Ledger.WindowClosing;
import marketplace.refund.domain.LedgerEvent.CancellationNoted;
import marketplace.refund.domain.LedgerEvent.CaseEndNoted;
import marketplace.refund.domain.LedgerEvent.CaseOpenNoted;
import marketplace.refund.domain.LedgerEvent.ClosingNoted;
import marketplace.refund.domain.LedgerEvent.GoodwillExplained;
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
import marketplace.refund.domain.LedgerEvent.RefundInquiryOpened;
import marketplace.refund.domain.LedgerEvent.RefundInquiryResolved;
import marketplace.refund.domain.LedgerEvent.RefundIssued;
import marketplace.refund.domain.LedgerEvent.RefundReissued;
import marketplace.refund.domain.LedgerEvent.RefundRequested;
import marketplace.refund.domain.LedgerEvent.RefundRerouted;
import marketplace.refund.domain.LedgerEvent.RefundSettled;
import marketplace.refund.domain.LedgerEvent.ShipmentNoted;

/// Where each event leaves an open ledger. It judges nothing: what was stored has happened.
final class LedgerFold {
  private LedgerFold() {}

  static Open next(Open ledger, LedgerEvent event) {
    var posted = ledger.posted(event);
    return switch (event) {
      case LedgerOpened(var source, _) -> posted.read(source);
      case OrderNoted(var source) -> posted.read(source);
      case CancellationNoted(var source, var refundAllCaptures) ->
          posted.with(posted.order().read(source).with(Cancellation.of(refundAllCaptures)));
      case ClosingNoted(var source, var afterOrderVersion) ->
          posted.with(posted.order().read(source).with(new WindowClosing(afterOrderVersion)));
      case ShipmentNoted(var source, var shipmentId) ->
          posted.with(posted.order().read(source).sent(shipmentId));
      case CaseOpenNoted(var source, var caseId) ->
          posted.with(posted.order().read(source).opened(caseId));
      case CaseEndNoted(var source, var caseId) -> ended(posted, source, caseId);
      case RefundHeld e -> ended(posted, e.source(), e.causeId()).hold(e);
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
                  Refund.requested(
                      e.refundId(),
                      new Cause(e.causeType(), e.causeId()),
                      e.requestedMinor(),
                      e.acceptedMinor(),
                      e.channel(),
                      e.requestedAt()));
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
      case GoodwillExplained(var id, var comment) ->
          posted.changeRefund(id, refund -> refund.explained(comment));
      case RefundInquiryOpened e ->
          posted.changeRefund(
              e.refundId(),
              refund -> refund.inquired(new Inquiry(e.inquiryId(), e.text(), e.openedAt(), null)));
      case RefundInquiryResolved e ->
          posted.changeRefund(
              e.refundId(),
              refund ->
                  refund.changeInquiry(
                      e.inquiryId(), inquiry -> inquiry.resolved(e.outcome(), e.resolvedAt())));
      case RefundReissued _ -> posted;
      case RefundDenied e -> posted.release(e.causeType(), e.causeId()).with(e);
      case PayoutReleased e -> posted.with(e);
    };
  }

  private static Open ended(Open ledger, Source source, UUID caseId) {
    return ledger.with(ledger.order().read(source).ended(caseId, source.eventType()));
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
