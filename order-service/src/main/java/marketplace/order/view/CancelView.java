package marketplace.order.view;

import java.time.Instant;
import marketplace.kernel.CancellationId;
import marketplace.kernel.CancellationReason;
import marketplace.kernel.OfferId;
import marketplace.kernel.Units;
import marketplace.order.domain.Request;
import org.jspecify.annotations.Nullable;

/// One cancellation request as buyer and platform see it.
///
/// @param comment null unless the buyer has said more
/// @param secondsLeft until the seller has answered at the latest; 0 once closed
/// @param offer null unless one stands
/// @param outcome null until closed, like the two that follow
public record CancelView(
    CancellationId cancellationId,
    State state,
    Units units,
    boolean wholeOrder,
    CancellationReason reason,
    @Nullable String comment,
    int attempt,
    Instant requestedAt,
    Instant replyBy,
    long secondsLeft,
    long refundIfApprovedMinor,
    @Nullable Offer offer,
    Request.@Nullable Outcome outcome,
    @Nullable Instant decidedAt,
    @Nullable Long refundMinor) {

  public enum State {
    PENDING,
    OFFERED,
    WITHDRAWAL_ASKED,
    CLOSED
  }

  /// @param comment null unless the seller has said more
  public record Offer(
      OfferId offerId, long refundMinor, @Nullable String comment, Instant answerBy) {}

  public static CancelView of(Request request, Instant now) {
    return switch (request.stage()) {
      case Request.Pending() -> open(request, State.PENDING, null, now);
      case Request.Offered(var offerId, var refundMinor, var comment, var answerBy) ->
          open(request, State.OFFERED, new Offer(offerId, refundMinor, comment, answerBy), now);
      case Request.WithdrawalAsked() -> open(request, State.WITHDRAWAL_ASKED, null, now);
      case Request.Closed closed -> of(request, State.CLOSED, null, 0, closed);
    };
  }

  private static CancelView open(Request request, State state, @Nullable Offer offer, Instant now) {
    return of(request, state, offer, Countdown.secondsBetween(now, request.replyBy()), null);
  }

  private static CancelView of(
      Request request,
      State state,
      @Nullable Offer offer,
      long secondsLeft,
      Request.@Nullable Closed closed) {
    var sent = request.sent();
    return new CancelView(
        sent.cancellationId(),
        state,
        sent.units(),
        sent.wholeOrder(),
        sent.reason(),
        sent.comment(),
        sent.attempt(),
        sent.requestedAt(),
        request.replyBy(),
        secondsLeft,
        sent.refundIfApprovedMinor(),
        offer,
        closed == null ? null : closed.outcome(),
        closed == null ? null : closed.decidedAt(),
        closed == null ? null : closed.refundMinor());
  }
}
