package marketplace.order.domain;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import marketplace.kernel.CancellationId;
import marketplace.kernel.OfferId;
import org.jspecify.annotations.Nullable;

/// One cancellation request of the buyer, as far as this side knows it: the seller's side decides.
///
/// @param replyBy moves when an offer is rejected
/// @param offers every offer that was made, also those that do not stand any more
/// @param rejected those of them that the seller's side knows to be rejected
public record Request(
    OrderEvent.CancellationRequested sent,
    Instant replyBy,
    Set<OfferId> offers,
    Set<OfferId> rejected,
    Request.Stage stage) {
  public Request {
    offers = Set.copyOf(offers);
    rejected = Set.copyOf(rejected);
  }

  static Request of(OrderEvent.CancellationRequested sent) {
    return new Request(sent, sent.replyBy(), Set.of(), Set.of(), new Pending());
  }

  public sealed interface Stage {}

  public record Pending() implements Stage {}

  /// @param comment null unless the seller says more
  public record Offered(
      OfferId offerId, long refundMinor, @Nullable String comment, Instant answerBy)
      implements Stage {}

  /// Whether it comes in time is the seller's side to say. An offer does not matter any more.
  public record WithdrawalAsked() implements Stage {}

  public record Closed(Outcome outcome, Instant decidedAt, long refundMinor) implements Stage {}

  public enum Outcome {
    APPROVED,
    DECLINED,
    TIMED_OUT,
    WITHDRAWN,
    LAPSED,
    SHIPPED,
    OVERTAKEN
  }

  public CancellationId id() {
    return sent.cancellationId();
  }

  public boolean isOpen() {
    return !(stage instanceof Closed);
  }

  Request withoutWords() {
    return new Request(sent.withoutWords(), replyBy, offers, rejected, stage);
  }

  Request at(Stage next) {
    return new Request(sent, replyBy, offers, rejected, next);
  }

  /// An offer stands, unless the buyer has asked to withdraw.
  Request offered(Effect.OfferMade offer) {
    var all = new HashSet<>(offers);
    all.add(offer.offerId());
    var next =
        stage instanceof WithdrawalAsked
            ? stage
            : new Offered(offer.offerId(), offer.refundMinor(), offer.comment(), offer.answerBy());
    return new Request(sent, replyBy, all, rejected, next);
  }

  /// The seller's time runs again, and ends later by as long as the offer stood.
  Request resumed(Effect.OfferRejected rejection) {
    var all = new HashSet<>(rejected);
    all.add(rejection.offerId());
    return new Request(
        sent,
        rejection.replyBy(),
        offers,
        all,
        stage instanceof WithdrawalAsked ? stage : new Pending());
  }
}
