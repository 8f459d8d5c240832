package marketplace.refund.view;

import java.time.Instant;
import java.util.UUID;
import marketplace.kernel.BusinessDays;
import marketplace.kernel.OrderId;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundChannel;
import marketplace.kernel.RefundId;
import marketplace.refund.domain.Refund;
import marketplace.refund.domain.Terms;
import marketplace.refund.domain.Voucher;
import org.jspecify.annotations.Nullable;

/// One refund, as buyer, seller and platform see it.
///
/// @param amountMinor what is refunded: requested less clipped
/// @param attempts how often the provider was asked
/// @param retryAt only while the provider is to be asked again
/// @param businessDaysLeft until `expectedBy`, only while the money is on its way
/// @param comment the seller's, where he gives it of his own accord
/// @param inquiry the buyer's last one; null where he has never asked
public record RefundView(
    RefundId refundId,
    OrderId orderId,
    RefundCause causeType,
    UUID causeId,
    long requestedMinor,
    long amountMinor,
    long clippedMinor,
    String currency,
    RefundChannel channel,
    Stage stage,
    int attempts,
    Instant requestedAt,
    @Nullable Instant retryAt,
    @Nullable Instant issuedAt,
    @Nullable Instant expectedBy,
    @Nullable Integer businessDaysLeft,
    @Nullable Instant settledAt,
    @Nullable Voucher voucher,
    @Nullable String comment,
    @Nullable InquiryView inquiry) {

  public enum Stage {
    REQUESTED,
    RETRYING,
    SENT,
    ARRIVED
  }

  public static RefundView of(Refund refund, Terms terms, Instant now) {
    var sent = sent(refund.stage());
    var onItsWay = refund.stage() instanceof Refund.Sent;
    return new RefundView(
        refund.refundId(),
        terms.orderId(),
        refund.cause().type(),
        refund.cause().id(),
        refund.requestedMinor(),
        refund.acceptedMinor(),
        refund.clippedMinor(),
        terms.currency(),
        refund.channel(),
        stage(refund.stage()),
        refund.attempts(),
        refund.requestedAt(),
        refund.stage() instanceof Refund.Retrying(var retryAt, _) ? retryAt : null,
        sent == null ? null : sent.issuedAt(),
        sent == null ? null : sent.expectedBy(),
        sent != null && onItsWay ? BusinessDays.between(now, sent.expectedBy()) : null,
        refund.stage() instanceof Refund.Arrived(_, var settledAt) ? settledAt : null,
        sent == null ? null : sent.voucher(),
        refund.comment(),
        refund.inquiries().isEmpty()
            ? null
            : InquiryView.of(refund.inquiries().getLast(), refund, terms));
  }

  private static Refund.@Nullable Sent sent(Refund.Stage stage) {
    return switch (stage) {
      case Refund.Requested(), Refund.Retrying _ -> null;
      case Refund.Sent sent -> sent;
      case Refund.Arrived(var sent, _) -> sent;
    };
  }

  private static Stage stage(Refund.Stage stage) {
    return switch (stage) {
      case Refund.Requested() -> Stage.REQUESTED;
      case Refund.Retrying _ -> Stage.RETRYING;
      case Refund.Sent _ -> Stage.SENT;
      case Refund.Arrived _ -> Stage.ARRIVED;
    };
  }
}
