package marketplace.refund.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import marketplace.kernel.InquiryId;
import marketplace.kernel.RefundChannel;
import marketplace.kernel.RefundId;
import org.jspecify.annotations.Nullable;

/// Money on its way back to the buyer.
///
/// @param attempts how often the provider was asked to send it
/// @param comment the seller's, where he gives it of his own accord
/// @param inquiries of the buyer, the oldest first
public record Refund(
    RefundId refundId,
    Cause cause,
    long requestedMinor,
    long acceptedMinor,
    RefundChannel channel,
    Instant requestedAt,
    int attempts,
    Stage stage,
    @Nullable String comment,
    List<Inquiry> inquiries) {
  public Refund {
    inquiries = List.copyOf(inquiries);
  }

  public sealed interface Stage {}

  /// Accepted; where a provider is needed, he has not answered yet.
  public record Requested() implements Stage {}

  /// The provider refused and is asked again at `retryAt`.
  public record Retrying(Instant retryAt, String code) implements Stage {}

  /// The platform has sent the money.
  ///
  /// @param settlesAt null once the provider was asked whether it has arrived
  /// @param voucher only where the refund is one
  public record Sent(
      Instant issuedAt, Instant expectedBy, @Nullable Instant settlesAt, @Nullable Voucher voucher)
      implements Stage {}

  /// The buyer has it.
  public record Arrived(Sent sent, Instant settledAt) implements Stage {}

  static Refund requested(
      RefundId refundId,
      Cause cause,
      long requestedMinor,
      long acceptedMinor,
      RefundChannel channel,
      Instant requestedAt) {
    return new Refund(
        refundId,
        cause,
        requestedMinor,
        acceptedMinor,
        channel,
        requestedAt,
        0,
        new Requested(),
        null,
        List.of());
  }

  /// The difference that the ledger could not cover.
  public long clippedMinor() {
    return requestedMinor - acceptedMinor;
  }

  public boolean issued() {
    return stage instanceof Sent || stage instanceof Arrived;
  }

  public Optional<Inquiry> inquiry(InquiryId id) {
    return inquiries.stream().filter(inquiry -> inquiry.inquiryId().equals(id)).findFirst();
  }

  /// Money that arrives answers whoever has asked for it.
  public boolean isOpen(Inquiry inquiry) {
    return stage instanceof Sent && inquiry.resolution() == null;
  }

  Refund in(Stage next) {
    return with(channel, attempts, next);
  }

  Refund asked() {
    return with(channel, attempts + 1, new Requested());
  }

  /// There is nothing to wait for any more: either an answer comes, or nobody knows where it is.
  Refund askedToSettle() {
    return stage instanceof Sent(var issuedAt, var expectedBy, _, var voucher)
        ? in(new Sent(issuedAt, expectedBy, null, voucher))
        : this;
  }

  Refund arrived(Instant settledAt) {
    return stage instanceof Sent sent ? in(new Arrived(sent, settledAt)) : this;
  }

  /// What was sent already stays sent: only the way that it takes is another one.
  Refund through(RefundChannel other) {
    return with(other, attempts, issued() ? stage : new Requested());
  }

  Refund explained(String words) {
    return new Refund(
        refundId,
        cause,
        requestedMinor,
        acceptedMinor,
        channel,
        requestedAt,
        attempts,
        stage,
        words,
        inquiries);
  }

  Refund inquired(Inquiry inquiry) {
    var more = new ArrayList<>(inquiries);
    more.add(inquiry);
    return with(more);
  }

  Refund changeInquiry(InquiryId id, UnaryOperator<Inquiry> change) {
    return with(
        inquiries.stream()
            .map(inquiry -> inquiry.inquiryId().equals(id) ? change.apply(inquiry) : inquiry)
            .toList());
  }

  private Refund with(RefundChannel nextChannel, int nextAttempts, Stage nextStage) {
    return new Refund(
        refundId,
        cause,
        requestedMinor,
        acceptedMinor,
        nextChannel,
        requestedAt,
        nextAttempts,
        nextStage,
        comment,
        inquiries);
  }

  private Refund with(List<Inquiry> next) {
    return new Refund(
        refundId,
        cause,
        requestedMinor,
        acceptedMinor,
        channel,
        requestedAt,
        attempts,
        stage,
        comment,
        next);
  }
}
