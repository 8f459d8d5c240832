package marketplace.refund.domain;

import java.time.Instant;
import marketplace.kernel.RefundChannel;
import marketplace.kernel.RefundId;
import org.jspecify.annotations.Nullable;

/// Money on its way back to the buyer.
///
/// @param attempts how often the provider was asked to send it
public record Refund(
    RefundId refundId,
    Cause cause,
    long requestedMinor,
    long acceptedMinor,
    RefundChannel channel,
    Instant requestedAt,
    int attempts,
    Stage stage) {

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

  /// The difference that the ledger could not cover.
  public long clippedMinor() {
    return requestedMinor - acceptedMinor;
  }

  public boolean issued() {
    return stage instanceof Sent || stage instanceof Arrived;
  }

  Refund in(Stage next) {
    return new Refund(
        refundId, cause, requestedMinor, acceptedMinor, channel, requestedAt, attempts, next);
  }

  Refund asked() {
    return new Refund(
        refundId,
        cause,
        requestedMinor,
        acceptedMinor,
        channel,
        requestedAt,
        attempts + 1,
        new Requested());
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

  Refund through(RefundChannel other) {
    return new Refund(
        refundId,
        cause,
        requestedMinor,
        acceptedMinor,
        other,
        requestedAt,
        attempts,
        new Requested());
  }
}
