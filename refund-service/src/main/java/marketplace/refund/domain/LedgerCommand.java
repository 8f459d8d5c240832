package marketplace.refund.domain;

import java.time.Instant;
import java.util.UUID;
import marketplace.kernel.BuyerId;
import marketplace.kernel.InquiryId;
import marketplace.kernel.InquiryOutcome;
import marketplace.kernel.PaymentId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.RefundId;
import marketplace.kernel.SellerId;
import marketplace.kernel.ShipmentId;
import org.jspecify.annotations.Nullable;

/// All that can be asked of the ledger of one order.
public sealed interface LedgerCommand {

  record OpenLedger(Source source, Terms terms) implements LedgerCommand {}

  record Pay(PaymentId paymentId, BuyerId buyerId, PaymentMethod method, long amountMinor)
      implements LedgerCommand {}

  /// A record of the order's stream that asks nothing of the ledger, but was read.
  record NoteOrder(Source source) implements LedgerCommand {}

  /// A cause of domain, section 4.4, that a fact brings.
  record CauseRefund(Source source, Cause cause, long amountMinor) implements LedgerCommand {}

  /// A parcel has left.
  record NoteShipment(Source source, ShipmentId shipmentId) implements LedgerCommand {}

  /// A dispute or a return was opened.
  record NoteCaseOpen(Source source, UUID caseId) implements LedgerCommand {}

  /// It has ended, and no money follows from it.
  record NoteCaseEnd(Source source, UUID caseId) implements LedgerCommand {}

  record CancelOrder(Source source, boolean refundAllCaptures) implements LedgerCommand {}

  /// The carrier has handed the order over and collected cash.
  record CollectCash(Source source, long dueMinor) implements LedgerCommand {}

  record CloseAfterSale(Source source, int afterOrderVersion) implements LedgerCommand {}

  /// The seller gives money back of his own accord.
  record GrantGoodwill(
      UUID goodwillId, SellerId sellerId, long amountMinor, @Nullable String comment)
      implements LedgerCommand {}

  /// The buyer misses a refund.
  record OpenInquiry(InquiryId inquiryId, BuyerId buyerId, RefundId refundId, String text)
      implements LedgerCommand {}

  /// The platform has looked for it.
  record ResolveInquiry(InquiryId inquiryId, InquiryOutcome outcome) implements LedgerCommand {}

  /// D16: the money of an authorised payment is asked for.
  record AskCapture(PaymentId paymentId) implements LedgerCommand {}

  /// D14: a refused refund is tried again.
  record AskRefund(RefundId refundId) implements LedgerCommand {}

  /// D15: the refund should have arrived.
  record AskSettlement(RefundId refundId) implements LedgerCommand {}

  /// The provider, or somebody in his place, says what became of a payment.
  record HearCapture(PaymentId paymentId, CaptureAnswer answer) implements LedgerCommand {}

  /// The provider says what became of an attempt to refund.
  record HearRefund(RefundId refundId, int attempt, RefundAnswer answer) implements LedgerCommand {}

  /// The provider says that the buyer has the money.
  record HearSettlement(RefundId refundId) implements LedgerCommand {}

  sealed interface CaptureAnswer {
    record Captured() implements CaptureAnswer {}

    record Refused(String code) implements CaptureAnswer {}

    record Later(Instant askAgainAt) implements CaptureAnswer {}
  }

  sealed interface RefundAnswer {
    record Sent() implements RefundAnswer {}

    record Refused(String code) implements RefundAnswer {}
  }
}
