package marketplace.refund.view;

import java.time.Instant;
import marketplace.kernel.InquiryId;
import marketplace.kernel.OrderId;
import marketplace.kernel.RefundId;
import marketplace.refund.domain.Inquiry;
import marketplace.refund.domain.Refund;
import marketplace.refund.domain.Terms;
import org.jspecify.annotations.Nullable;

/// A buyer asking for a refund, as he and the platform see it.
///
/// @param closedAt null as long as it is open
public record InquiryView(
    InquiryId inquiryId,
    RefundId refundId,
    OrderId orderId,
    String text,
    State state,
    Instant openedAt,
    @Nullable Instant closedAt) {

  public enum State {
    OPEN,
    CONFIRMED_SENT,
    REISSUED_TO_WALLET,
    /// The money came before the platform had answered.
    ARRIVED
  }

  public static InquiryView of(Inquiry inquiry, Refund refund, Terms terms) {
    return new InquiryView(
        inquiry.inquiryId(),
        refund.refundId(),
        terms.orderId(),
        inquiry.text(),
        state(inquiry, refund),
        inquiry.openedAt(),
        closedAt(inquiry, refund));
  }

  private static State state(Inquiry inquiry, Refund refund) {
    var resolution = inquiry.resolution();
    if (resolution == null) return refund.isOpen(inquiry) ? State.OPEN : State.ARRIVED;
    return switch (resolution.outcome()) {
      case CONFIRMED_SENT -> State.CONFIRMED_SENT;
      case REISSUED_TO_WALLET -> State.REISSUED_TO_WALLET;
    };
  }

  private static @Nullable Instant closedAt(Inquiry inquiry, Refund refund) {
    var resolution = inquiry.resolution();
    if (resolution != null) return resolution.resolvedAt();
    return refund.stage() instanceof Refund.Arrived(_, var settledAt) ? settledAt : null;
  }
}
