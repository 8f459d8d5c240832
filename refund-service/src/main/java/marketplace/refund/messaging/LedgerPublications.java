package marketplace.refund.messaging;

import java.util.Optional;
import marketplace.contracts.MessageFamily;
import marketplace.contracts.RefundMessage;
import marketplace.contracts.RefundMessage.WhyDenied;
import marketplace.eventsourcing.Message;
import marketplace.eventsourcing.Publications;
import marketplace.eventsourcing.StoredEvent;
import marketplace.kernel.OrderId;
import marketplace.refund.domain.LedgerEvent;
import marketplace.refund.domain.LedgerEvent.GoodwillExplained;
import marketplace.refund.domain.LedgerEvent.Noted;
import marketplace.refund.domain.LedgerEvent.PaymentAuthorized;
import marketplace.refund.domain.LedgerEvent.PaymentCaptured;
import marketplace.refund.domain.LedgerEvent.PaymentFailed;
import marketplace.refund.domain.LedgerEvent.PaymentPostponed;
import marketplace.refund.domain.LedgerEvent.PaymentVoided;
import marketplace.refund.domain.LedgerEvent.PayoutReleased;
import marketplace.refund.domain.LedgerEvent.ProviderAsked;
import marketplace.refund.domain.LedgerEvent.RefundAttemptFailed;
import marketplace.refund.domain.LedgerEvent.RefundDenied;
import marketplace.refund.domain.LedgerEvent.RefundInquiryOpened;
import marketplace.refund.domain.LedgerEvent.RefundInquiryResolved;
import marketplace.refund.domain.LedgerEvent.RefundIssued;
import marketplace.refund.domain.LedgerEvent.RefundReissued;
import marketplace.refund.domain.LedgerEvent.RefundRequested;
import marketplace.refund.domain.LedgerEvent.RefundRerouted;
import marketplace.refund.domain.LedgerEvent.RefundSettled;
import marketplace.refund.domain.Voucher;
import org.jspecify.annotations.Nullable;

/// What the others are told of the money of an order. What passes between ledger and provider, and
/// what was noted of others' facts, stays here.
public final class LedgerPublications implements Publications<LedgerEvent> {

  @Override
  public Optional<Message> messageFor(StoredEvent<? extends LedgerEvent> stored) {
    var orderId = new OrderId(stored.stream().id());
    return Optional.ofNullable(message(orderId, stored.event())).map(LedgerPublications::envelope);
  }

  /// Null for a private event.
  private static @Nullable RefundMessage message(OrderId orderId, LedgerEvent event) {
    return switch (event) {
      case Noted _, ProviderAsked _, PaymentPostponed _, GoodwillExplained _, RefundReissued _ ->
          null;
      case PaymentAuthorized e ->
          new RefundMessage.PaymentAuthorized(
              orderId, e.paymentId(), e.method(), e.amountMinor(), e.currency(), e.authorizedAt());
      case PaymentCaptured e ->
          new RefundMessage.PaymentCaptured(
              orderId, e.paymentId(), e.method(), e.amountMinor(), e.currency(), e.capturedAt());
      case PaymentFailed e ->
          new RefundMessage.PaymentFailed(
              orderId, e.paymentId(), e.method(), e.amountMinor(), e.code(), e.failedAt());
      case PaymentVoided e ->
          new RefundMessage.PaymentVoided(orderId, e.paymentId(), e.amountMinor(), e.voidedAt());
      case RefundRequested e ->
          new RefundMessage.RefundRequested(
              orderId,
              e.refundId(),
              e.causeType(),
              e.causeId(),
              e.requestedMinor(),
              e.acceptedMinor(),
              e.requestedMinor() - e.acceptedMinor(),
              e.channel(),
              e.requestedAt());
      case RefundIssued e ->
          new RefundMessage.RefundIssued(
              orderId,
              e.refundId(),
              e.buyerId(),
              e.causeType(),
              e.causeId(),
              e.amountMinor(),
              e.currency(),
              e.channel(),
              e.method(),
              voucher(e.voucher()),
              e.attempts(),
              e.issuedAt(),
              e.expectedBy(),
              e.totalRefundedMinor(),
              e.capturedMinor(),
              e.totalRefundedMinor() == e.capturedMinor());
      case RefundAttemptFailed e ->
          new RefundMessage.RefundAttemptFailed(
              orderId, e.refundId(), e.attempt(), e.code(), e.failedAt(), e.retryAt());
      case RefundRerouted e ->
          new RefundMessage.RefundRerouted(
              orderId, e.refundId(), e.fromChannel(), e.toChannel(), e.reroutedAt());
      case RefundSettled e ->
          new RefundMessage.RefundSettled(orderId, e.refundId(), e.amountMinor(), e.settledAt());
      case RefundDenied e ->
          new RefundMessage.RefundDenied(
              orderId,
              e.causeType(),
              e.causeId(),
              e.requestedMinor(),
              WhyDenied.NOTHING_REFUNDABLE,
              e.deniedAt());
      case RefundInquiryOpened e ->
          new RefundMessage.RefundInquiryOpened(
              orderId, e.inquiryId(), e.refundId(), e.text(), e.openedAt());
      case RefundInquiryResolved e ->
          new RefundMessage.RefundInquiryResolved(
              orderId, e.inquiryId(), e.refundId(), e.outcome(), e.resolvedAt());
      case PayoutReleased e ->
          new RefundMessage.PayoutReleased(
              orderId,
              e.payoutId(),
              e.sellerId(),
              e.amountMinor(),
              e.currency(),
              e.why(),
              e.releasedAt());
    };
  }

  private static RefundMessage.@Nullable Voucher voucher(@Nullable Voucher voucher) {
    return voucher == null ? null : new RefundMessage.Voucher(voucher.code(), voucher.expiresAt());
  }

  private static Message envelope(RefundMessage message) {
    var type = message.getClass().getSimpleName();
    return Message.of(
        MessageFamily.REFUND.topic(),
        message.key().toString(),
        type,
        MessageFamily.dataSchema(type),
        message,
        MessageFamily.REFUND::write);
  }
}
