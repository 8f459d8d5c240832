package marketplace.dispute.request;

import java.time.Instant;
import java.util.List;
import marketplace.dispute.domain.AfterSaleRejection;
import marketplace.dispute.domain.AfterSaleRejection.AwardOutOfRange;
import marketplace.dispute.domain.AfterSaleRejection.CaseClosed;
import marketplace.dispute.domain.AfterSaleRejection.CaseOpen;
import marketplace.dispute.domain.AfterSaleRejection.CaseUnknown;
import marketplace.dispute.domain.AfterSaleRejection.ClaimTooHigh;
import marketplace.dispute.domain.AfterSaleRejection.ContactSellerFirst;
import marketplace.dispute.domain.AfterSaleRejection.DeadlinePassed;
import marketplace.dispute.domain.AfterSaleRejection.DuplicateFact;
import marketplace.dispute.domain.AfterSaleRejection.EvidenceLimit;
import marketplace.dispute.domain.AfterSaleRejection.EvidenceRequired;
import marketplace.dispute.domain.AfterSaleRejection.IllegalTransition;
import marketplace.dispute.domain.AfterSaleRejection.Invalid;
import marketplace.dispute.domain.AfterSaleRejection.NoDeclinedRequest;
import marketplace.dispute.domain.AfterSaleRejection.NotAParty;
import marketplace.dispute.domain.AfterSaleRejection.NotUnderReview;
import marketplace.dispute.domain.AfterSaleRejection.NotYourTurn;
import marketplace.dispute.domain.AfterSaleRejection.OfferClosed;
import marketplace.dispute.domain.AfterSaleRejection.OrderUnknown;
import marketplace.dispute.domain.AfterSaleRejection.ReturnNotAvailable;
import marketplace.dispute.domain.AfterSaleRejection.TooEarly;
import marketplace.dispute.domain.AfterSaleRejection.TooManyDisputes;
import marketplace.dispute.domain.AfterSaleRejection.TrackingOrder;
import marketplace.dispute.domain.AfterSaleRejection.UnitsNotDelivered;
import marketplace.dispute.domain.AfterSaleRejection.UnknownUnits;
import marketplace.dispute.domain.AfterSaleRejection.WindowClosed;
import marketplace.dispute.domain.Evidence;
import marketplace.dispute.view.Codes;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.Problem.FieldError;
import org.jspecify.annotations.Nullable;

/// Every reason to refuse, in the words of a problem document.
final class Refusals {
  private Refusals() {}

  static Problem notFound(String what, @Nullable Instant now) {
    return Problem.of(404, "NOT_FOUND", "there is no such " + what, now);
  }

  static Problem problem(AfterSaleRejection reason, Instant now) {
    return switch (reason) {
      case OrderUnknown() -> notFound("order", now);
      case CaseUnknown() -> notFound("case", now);
      case NotAParty() -> problem(403, reason, "this order belongs to others", now);
      case WindowClosed(var until) ->
          problem(409, reason, "the time for disputes and returns is over", now)
              .withDeadline(until);
      case CaseOpen() -> problem(409, reason, "another case of this order is still open", now);
      case TooManyDisputes(var max) ->
          problem(409, reason, "disputes of one order are limited to " + max, now);
      case ContactSellerFirst() -> problem(409, reason, "write to the seller first", now);
      case TooEarly(var from) ->
          problem(409, reason, "this is possible from " + from, now).withDeadline(from);
      case UnitsNotDelivered() ->
          problem(409, reason, "not all of these units are where this needs them", now);
      case NoDeclinedRequest() ->
          problem(409, reason, "no request to cancel was refused last", now);
      case ClaimTooHigh(var max) -> problem(422, reason, "the most is " + max, now);
      case EvidenceRequired() -> problem(422, reason, "at least one piece of evidence", now);
      case CaseClosed() -> problem(409, reason, "the case is over", now);
      case NotYourTurn() -> problem(409, reason, "somebody else has to act first", now);
      case OfferClosed() -> problem(409, reason, "this offer does not stand any more", now);
      case NotUnderReview() -> problem(409, reason, "the platform has nothing to decide now", now);
      case AwardOutOfRange(var min, var max) ->
          problem(422, reason, "the amount must be " + min + " to " + max, now);
      case EvidenceLimit() ->
          problem(409, reason, "evidence is limited to " + Evidence.PIECES_MAX + " pieces", now);
      case ReturnNotAvailable() ->
          problem(409, reason, "the seller does not take these units back", now);
      case DeadlinePassed(var deadline) ->
          problem(409, reason, "the time for this ended at " + deadline, now)
              .withDeadline(deadline);
      case TrackingOrder() -> problem(409, reason, "a parcel's reports only go forward", now);
      case Invalid(var pointer, var why) ->
          problem(422, reason, pointer + " " + why, now)
              .withErrors(List.of(new FieldError(pointer, "INVALID")));
      case DuplicateFact(), IllegalTransition(), UnknownUnits() ->
          throw new IllegalStateException("only a fact is refused so: " + reason);
    };
  }

  private static Problem problem(
      int status, AfterSaleRejection reason, String detail, Instant now) {
    return Problem.of(status, Codes.of(reason), detail, now);
  }
}
