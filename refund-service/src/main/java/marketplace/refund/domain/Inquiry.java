package marketplace.refund.domain;

import java.time.Instant;
import marketplace.kernel.InquiryId;
import marketplace.kernel.InquiryOutcome;
import org.jspecify.annotations.Nullable;

/// A buyer asking for a refund that should have arrived.
///
/// @param resolution null as long as the platform has not answered
public record Inquiry(
    InquiryId inquiryId, String text, Instant openedAt, @Nullable Resolution resolution) {

  public record Resolution(InquiryOutcome outcome, Instant resolvedAt) {}

  Inquiry resolved(InquiryOutcome outcome, Instant at) {
    return new Inquiry(inquiryId, text, openedAt, new Resolution(outcome, at));
  }
}
