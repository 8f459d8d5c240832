package marketplace.contracts;

import java.time.Instant;
import java.util.UUID;
import marketplace.kernel.BuyerId;
import marketplace.kernel.InquiryId;
import marketplace.kernel.InquiryOutcome;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.PayoutCause;
import marketplace.kernel.PayoutId;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundChannel;
import marketplace.kernel.RefundId;
import marketplace.kernel.SellerId;
import org.jspecify.annotations.Nullable;

/// What refund-service tells about the money of one order, on `refund.events.v1`, key = order id
/// (domain, section 7.4).
public sealed interface RefundMessage extends Message {
  OrderId orderId();

  @Override
  default UUID key() {
    return orderId().value();
  }

  record Voucher(String code, Instant expiresAt) {}

  enum WhyDenied {
    NOTHING_REFUNDABLE
  }

  record PaymentAuthorized(
      OrderId orderId,
      PaymentId paymentId,
      PaymentMethod method,
      long amountMinor,
      String currency,
      Instant authorizedAt)
      implements RefundMessage {}

  record PaymentCaptured(
      OrderId orderId,
      PaymentId paymentId,
      PaymentMethod method,
      long amountMinor,
      String currency,
      Instant capturedAt)
      implements RefundMessage {}

  record PaymentFailed(
      OrderId orderId,
      PaymentId paymentId,
      PaymentMethod method,
      long amountMinor,
      String code,
      Instant failedAt)
      implements RefundMessage {}

  record PaymentVoided(OrderId orderId, PaymentId paymentId, long amountMinor, Instant voidedAt)
      implements RefundMessage {}

  record RefundRequested(
      OrderId orderId,
      RefundId refundId,
      RefundCause causeType,
      UUID causeId,
      long requestedMinor,
      long acceptedMinor,
      long clippedMinor,
      RefundChannel channel,
      Instant requestedAt)
      implements RefundMessage {}

  /// The platform has sent the money. `attempts` counts tries at the provider. A milestone.
  record RefundIssued(
      OrderId orderId,
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
      long totalRefundedMinor,
      long capturedMinor,
      boolean fullyRefunded)
      implements RefundMessage {}

  /// `retryAt` is null after the last attempt.
  record RefundAttemptFailed(
      OrderId orderId,
      RefundId refundId,
      int attempt,
      String code,
      Instant failedAt,
      @Nullable Instant retryAt)
      implements RefundMessage {}

  record RefundRerouted(
      OrderId orderId,
      RefundId refundId,
      RefundChannel fromChannel,
      RefundChannel toChannel,
      Instant reroutedAt)
      implements RefundMessage {}

  record RefundSettled(OrderId orderId, RefundId refundId, long amountMinor, Instant settledAt)
      implements RefundMessage {}

  record RefundDenied(
      OrderId orderId,
      RefundCause causeType,
      UUID causeId,
      long requestedMinor,
      WhyDenied why,
      Instant deniedAt)
      implements RefundMessage {}

  /// The buyer misses a refund that should have arrived.
  record RefundInquiryOpened(
      OrderId orderId, InquiryId inquiryId, RefundId refundId, String text, Instant at)
      implements RefundMessage {}

  record RefundInquiryResolved(
      OrderId orderId, InquiryId inquiryId, RefundId refundId, InquiryOutcome outcome, Instant at)
      implements RefundMessage {}

  record PayoutReleased(
      OrderId orderId,
      PayoutId payoutId,
      SellerId sellerId,
      long amountMinor,
      String currency,
      PayoutCause why,
      Instant releasedAt)
      implements RefundMessage {}
}
