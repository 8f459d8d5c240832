package marketplace.simulation.journal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import marketplace.contracts.RefundMessage;
import marketplace.contracts.RefundMessage.RefundInquiryOpened;
import marketplace.contracts.RefundMessage.RefundInquiryResolved;
import marketplace.contracts.RefundMessage.RefundIssued;
import marketplace.contracts.RefundMessage.RefundRequested;
import marketplace.contracts.RefundMessage.RefundSettled;
import marketplace.kernel.InquiryId;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundId;

/// The way of an order's refunds to the buyer (domain, section 8.3), over their events alone: each
/// arrives once, and is asked for once at a time.
final class RefundAccount {
  private final BiConsumer<String, String> report;
  private final Set<RefundId> issued = new HashSet<>();
  private final Set<RefundId> settled = new HashSet<>();
  private final Map<InquiryId, RefundId> open = new HashMap<>();
  private boolean goodwill;

  /// @param report of what is broken: the row, and what was seen
  RefundAccount(BiConsumer<String, String> report) {
    this.report = report;
  }

  /// Has the seller ever given of his own accord?
  boolean goodwill() {
    return goodwill;
  }

  void watch(RefundMessage message) {
    switch (message) {
      case RefundRequested event -> goodwill |= event.causeType() == RefundCause.GOODWILL;
      case RefundIssued event -> issued.add(event.refundId());
      case RefundSettled event -> settle(event.refundId());
      case RefundInquiryOpened event -> {
        if (settled.contains(event.refundId()) || open.containsValue(event.refundId())) {
          report.accept("L13", "inquiry %s was opened in vain".formatted(event.inquiryId()));
        }
        open.put(event.inquiryId(), event.refundId());
      }
      case RefundInquiryResolved event -> {
        if (open.remove(event.inquiryId()) == null) {
          report.accept("L14", "inquiry %s, which is not open".formatted(event.inquiryId()));
        }
      }
      case RefundMessage.PaymentAuthorized _,
          RefundMessage.PaymentCaptured _,
          RefundMessage.PaymentFailed _,
          RefundMessage.PaymentVoided _,
          RefundMessage.RefundAttemptFailed _,
          RefundMessage.RefundRerouted _,
          RefundMessage.RefundDenied _,
          RefundMessage.PayoutReleased _ -> {}
    }
  }

  /// Whoever has asked for it has his answer now.
  private void settle(RefundId id) {
    if (!issued.contains(id)) report.accept("L12", "refund %s came unsent".formatted(id));
    if (!settled.add(id)) report.accept("L12", "refund %s came twice".formatted(id));
    open.values().removeIf(id::equals);
  }
}
