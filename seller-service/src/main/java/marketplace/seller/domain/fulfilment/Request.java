package marketplace.seller.domain.fulfilment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import marketplace.kernel.CancellationId;
import marketplace.kernel.CancellationReason;
import marketplace.kernel.OfferId;
import marketplace.kernel.Units;
import org.jspecify.annotations.Nullable;

/// One cancellation request, from its arrival to its end and after.
///
/// @param clock of the reply time; it stands still while an offer is open
/// @param answeredOffers those that the buyer has rejected
/// @param refundMinor what the buyer gets, null until order-service has said so
public record Request(
    CancellationId id,
    Asked asked,
    Clock clock,
    List<OfferId> answeredOffers,
    Stage stage,
    @Nullable Long refundMinor) {

  public Request {
    answeredOffers = List.copyOf(answeredOffers);
  }

  /// What the buyer asked for, as it came.
  public record Asked(
      Units units,
      boolean wholeOrder,
      CancellationReason reason,
      @Nullable String comment,
      int attempt,
      Instant requestedAt,
      Instant replyBy,
      long refundIfApprovedMinor) {
    /// How long the seller has, of the time in which the clock runs.
    public Duration replyWithin() {
      return Duration.between(requestedAt, replyBy);
    }
  }

  /// @param replyBy moves with every rejected offer
  /// @param stoodStill how far it has moved
  /// @param reminded how many reminders have been sent
  public record Clock(Instant replyBy, Duration stoodStill, int reminded) {
    Clock movedTo(Instant newReplyBy) {
      return new Clock(
          newReplyBy, stoodStill.plus(Duration.between(replyBy, newReplyBy)), reminded);
    }

    Clock remindedOnceMore() {
      return new Clock(replyBy, stoodStill, reminded + 1);
    }
  }

  public record Offer(
      OfferId offerId,
      long refundMinor,
      @Nullable String comment,
      Instant offeredAt,
      Instant answerBy) {}

  public sealed interface Stage {}

  /// The seller has to answer.
  public record Pending() implements Stage {}

  /// The buyer has to answer.
  public record Offered(Offer offer) implements Stage {}

  public sealed interface Closed extends Stage {
    Outcome outcome();

    Instant at();
  }

  /// Ended because nobody answered until `deadline`.
  public record Expired(Outcome outcome, Instant deadline, Instant at) implements Closed {}

  /// Ended because somebody did something.
  public record Ended(Outcome outcome, Instant at) implements Closed {}

  static Request pending(CancellationId id, Asked asked) {
    return new Request(
        id, asked, new Clock(asked.replyBy(), Duration.ZERO, 0), List.of(), new Pending(), null);
  }

  public boolean isClosed() {
    return stage instanceof Closed;
  }

  int offersMade() {
    return answeredOffers.size() + (stage instanceof Offered ? 1 : 0);
  }

  /// The next reminder of these: a reminder at the end of the reply time, or later, is none.
  Optional<Duration> nextReminder(List<Duration> reminders) {
    return reminders.stream()
        .filter(after -> after.compareTo(asked.replyWithin()) < 0)
        .skip(clock.reminded())
        .findFirst();
  }

  Instant dueAt(Duration reminder) {
    return asked.requestedAt().plus(clock.stoodStill()).plus(reminder);
  }

  Request in(Stage next) {
    return new Request(id, asked, clock, answeredOffers, next, refundMinor);
  }

  Request withClock(Clock next) {
    return new Request(id, asked, next, answeredOffers, stage, refundMinor);
  }

  Request withAnswered(OfferId offerId) {
    var answered = new ArrayList<>(answeredOffers);
    answered.add(offerId);
    return new Request(id, asked, clock, answered, stage, refundMinor);
  }

  Request withRefund(long minor) {
    return new Request(id, asked, clock, answeredOffers, stage, minor);
  }
}
