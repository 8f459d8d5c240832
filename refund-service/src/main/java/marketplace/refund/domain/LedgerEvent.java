package marketplace.refund.domain;

import java.time.Instant;
import java.util.UUID;
import marketplace.kernel.BuyerId;
import marketplace.kernel.InquiryId;
import marketplace.kernel.InquiryOutcome;
import marketplace.kernel.PaymentId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.PayoutCause;
import marketplace.kernel.PayoutId;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundChannel;
import marketplace.kernel.RefundId;
import marketplace.kernel.SellerId;
import marketplace.kernel.ShipmentId;
import org.jspecify.annotations.Nullable;

/// All that can have happened to the money of one order. The stream's name is the order's id.
public sealed interface LedgerEvent {

  /// What was taken from another service's fact. Private, and always in front of what follows from
  /// it.
  sealed interface Noted extends LedgerEvent {
    Source source();
  }

  /// The order was placed.
  record LedgerOpened(Source source, Terms terms) implements Noted {}

  /// The order went on; all that matters is how far its stream has been read, and what may follow
  /// in the same decision.
  record OrderNoted(Source source) implements Noted {}

  /// With `refundAllCaptures`, whatever was or will be captured goes back to the buyer; without,
  /// what the refunds leave is the seller's.
  record CancellationNoted(Source source, boolean refundAllCaptures) implements Noted {}

  /// The rest is the seller's once the order's stream has been read up to `afterOrderVersion`.
  record ClosingNoted(Source source, int afterOrderVersion) implements Noted {}

  /// A cause that waits for the money of an order that is paid on delivery (L8).
  record RefundHeld(Source source, RefundCause causeType, UUID causeId, long requestedMinor)
      implements Noted {}

  /// A parcel has left: from now on the seller may give money back of his own accord.
  record ShipmentNoted(Source source, ShipmentId shipmentId) implements Noted {}

  /// A dispute or a return was opened. Until it ends, whatever the buyer gets comes from it.
  record CaseOpenNoted(Source source, UUID caseId) implements Noted {}

  record CaseEndNoted(Source source, UUID caseId) implements Noted {}

  record PaymentAuthorized(
      PaymentId paymentId,
      PaymentMethod method,
      long amountMinor,
      String currency,
      Instant authorizedAt,
      Instant captureDueAt)
      implements LedgerEvent {}

  enum Question {
    CAPTURE,
    REFUND,
    SETTLEMENT
  }

  /// The provider is to be asked. Stored before anybody asks, so that a crash can only repeat the
  /// question, under the same key. Private.
  ///
  /// @param idempotencyKey makes a repeated question the same question
  /// @param subjectId of the payment or refund
  /// @param attempt 1 for the first
  record ProviderAsked(
      String idempotencyKey,
      Question question,
      UUID subjectId,
      int attempt,
      long amountMinor,
      Instant askedAt)
      implements LedgerEvent {
    public static String key(Question question, UUID subjectId, int attempt) {
      return question + "/" + subjectId + "/" + attempt;
    }
  }

  record PaymentCaptured(
      PaymentId paymentId,
      PaymentMethod method,
      long amountMinor,
      String currency,
      Instant capturedAt)
      implements LedgerEvent {}

  /// The provider has not the money yet and is asked again at `captureDueAt`. Private.
  record PaymentPostponed(PaymentId paymentId, Instant captureDueAt) implements LedgerEvent {}

  record PaymentFailed(
      PaymentId paymentId, PaymentMethod method, long amountMinor, String code, Instant failedAt)
      implements LedgerEvent {}

  record PaymentVoided(PaymentId paymentId, long amountMinor, Instant voidedAt)
      implements LedgerEvent {}

  record RefundRequested(
      RefundId refundId,
      RefundCause causeType,
      UUID causeId,
      long requestedMinor,
      long acceptedMinor,
      RefundChannel channel,
      Instant requestedAt)
      implements LedgerEvent {}

  record RefundAttemptFailed(
      RefundId refundId, int attempt, String code, Instant failedAt, @Nullable Instant retryAt)
      implements LedgerEvent {}

  record RefundRerouted(
      RefundId refundId, RefundChannel fromChannel, RefundChannel toChannel, Instant reroutedAt)
      implements LedgerEvent {}

  /// @param settlesAt when it will have arrived; fixed now, whatever a policy says later
  /// @param totalRefundedMinor of the order, this one included
  record RefundIssued(
      RefundId refundId,
      BuyerId buyerId,
      RefundCause causeType,
      UUID causeId,
      long amountMinor,
      String currency,
      RefundChannel channel,
      PaymentMethod method,
      @Nullable Voucher voucher,
      int attempts,
      Instant issuedAt,
      Instant expectedBy,
      Instant settlesAt,
      long totalRefundedMinor,
      long capturedMinor)
      implements LedgerEvent {}

  record RefundSettled(RefundId refundId, long amountMinor, Instant settledAt)
      implements LedgerEvent {}

  /// The seller's words to a refund that he gives of his own accord. Private.
  record GoodwillExplained(RefundId refundId, String comment) implements LedgerEvent {}

  record RefundInquiryOpened(InquiryId inquiryId, RefundId refundId, String text, Instant openedAt)
      implements LedgerEvent {}

  record RefundInquiryResolved(
      InquiryId inquiryId, RefundId refundId, InquiryOutcome outcome, Instant resolvedAt)
      implements LedgerEvent {}

  /// Money that is lost outside was sent again, to the buyer's wallet. Private: the world hears of
  /// it as `RefundRerouted` and `RefundSettled`.
  record RefundReissued(
      RefundId refundId, BuyerId buyerId, long amountMinor, String currency, Instant reissuedAt)
      implements LedgerEvent {}

  /// There was nothing left to refund.
  record RefundDenied(RefundCause causeType, UUID causeId, long requestedMinor, Instant deniedAt)
      implements LedgerEvent {}

  record PayoutReleased(
      PayoutId payoutId,
      SellerId sellerId,
      long amountMinor,
      String currency,
      PayoutCause why,
      Instant releasedAt)
      implements LedgerEvent {}
}
