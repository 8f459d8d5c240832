package marketplace.seller.view;

import java.time.Duration;
import java.time.Instant;
import marketplace.kernel.CancellationId;
import marketplace.kernel.CancellationReason;
import marketplace.kernel.OfferId;
import marketplace.kernel.OrderId;
import marketplace.kernel.Units;
import marketplace.seller.domain.fulfilment.Outcome;
import marketplace.seller.domain.fulfilment.Request;
import marketplace.seller.domain.fulfilment.Request.Closed;
import marketplace.seller.domain.fulfilment.Request.Offered;
import marketplace.seller.domain.fulfilment.Request.Pending;
import marketplace.seller.domain.fulfilment.Terms;
import org.jspecify.annotations.Nullable;

/// A cancellation request as the seller sees it: his task while it is pending, a record afterwards.
///
/// @param secondsLeft of the clock that runs: the seller's, or while an offer is open the buyer's;
///   null once the request is closed
/// @param offer the open one, else null
/// @param outcome null until closed, as is `decidedAt`
/// @param refundMinor null until order-service has worked it out
public record CancelView(
    CancellationId cancellationId,
    OrderId orderId,
    State state,
    Units units,
    boolean wholeOrder,
    CancellationReason reason,
    @Nullable String comment,
    int attempt,
    Instant requestedAt,
    Instant replyBy,
    @Nullable Long secondsLeft,
    String currency,
    long refundIfApprovedMinor,
    @Nullable OfferView offer,
    @Nullable Outcome outcome,
    @Nullable Instant decidedAt,
    @Nullable Long refundMinor) {

  public enum State {
    PENDING,
    OFFERED,
    CLOSED
  }

  public record OfferView(
      OfferId offerId, long refundMinor, @Nullable String comment, Instant answerBy) {}

  /// Without `secondsLeft`, which is for the moment of looking.
  static CancelView of(Terms terms, Request request) {
    return switch (request.stage()) {
      case Pending _ -> of(terms, request, State.PENDING, null, null);
      case Offered(var offer) ->
          of(
              terms,
              request,
              State.OFFERED,
              new OfferView(
                  offer.offerId(), offer.refundMinor(), offer.comment(), offer.answerBy()),
              null);
      case Closed closed -> of(terms, request, State.CLOSED, null, closed);
    };
  }

  public static CancelView of(Terms terms, Request request, Instant now) {
    return of(terms, request).at(now);
  }

  /// As it looks at this instant.
  public CancelView at(Instant now) {
    var until = dueAt();
    return new CancelView(
        cancellationId,
        orderId,
        state,
        units,
        wholeOrder,
        reason,
        comment,
        attempt,
        requestedAt,
        replyBy,
        until == null ? null : Math.max(0, Duration.between(now, until).toSeconds()),
        currency,
        refundIfApprovedMinor,
        offer,
        outcome,
        decidedAt,
        refundMinor);
  }

  /// When the clock that runs ends; null once the request is closed.
  @Nullable Instant dueAt() {
    return switch (state) {
      case PENDING -> replyBy;
      case OFFERED -> offer == null ? null : offer.answerBy();
      case CLOSED -> null;
    };
  }

  private static CancelView of(
      Terms terms,
      Request request,
      State state,
      @Nullable OfferView offer,
      @Nullable Closed closed) {
    var asked = request.asked();
    return new CancelView(
        request.id(),
        terms.orderId(),
        state,
        asked.units(),
        asked.wholeOrder(),
        asked.reason(),
        asked.comment(),
        asked.attempt(),
        asked.requestedAt(),
        request.clock().replyBy(),
        null,
        terms.currency(),
        asked.refundIfApprovedMinor(),
        offer,
        closed == null ? null : closed.outcome(),
        closed == null ? null : closed.at(),
        request.refundMinor());
  }
}
