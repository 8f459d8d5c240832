package marketplace.seller.request;

import java.time.Instant;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.Outcome;
import marketplace.eventsourcing.Problem;
import marketplace.seller.domain.fulfilment.Fulfilment;
import marketplace.seller.domain.fulfilment.Fulfilment.Opened;
import marketplace.seller.domain.fulfilment.FulfilmentRejection;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.AlreadyProcessing;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.CommentRequired;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.DeadlinePassed;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.DuplicateFact;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.ImpossibleFact;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.NoRequest;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.NotOpened;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.NotShipped;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.NotTheSeller;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.NothingCaptured;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.OfferLimit;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.OfferOutOfRange;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.OneParcelOnly;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.RequestClosed;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.TrackingNumberUsed;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.TrackingOrder;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.UnitsNotOpen;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.UnknownRequest;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.UnknownShipment;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.UnknownUnits;
import marketplace.seller.view.SellerAction;
import org.jspecify.annotations.Nullable;

/// Every reason to refuse, in the words of a problem document.
final class Refusals {
  private Refusals() {}

  static Answer toAnswer(Outcome.Refused<Fulfilment, ?, FulfilmentRejection> refused) {
    var problem = problem(refused.reason(), refused.at());
    // A stranger is not told what he might do if the order were his.
    var told =
        refused.state() instanceof Opened o && problem.status() != 403
            ? problem.withAllowedActions(SellerAction.allowed(o))
            : problem;
    return told.toAnswer();
  }

  static Answer versionMismatch(int version, Instant now) {
    return Problem.of(412, "VERSION_MISMATCH", "expected another version, it is at " + version, now)
        .toAnswer();
  }

  static Problem notFound(String what, @Nullable Instant now) {
    return Problem.of(404, "NOT_FOUND", "there is no such " + what, now);
  }

  private static Problem problem(FulfilmentRejection reason, Instant now) {
    return switch (reason) {
      case NotOpened() -> Problem.of(404, "NOT_FOUND", "there is no such order to ship", now);
      case UnknownRequest() -> Problem.of(404, "NOT_FOUND", "there is no such request", now);
      case UnknownShipment() -> Problem.of(404, "NOT_FOUND", "there is no such shipment", now);
      case NotTheSeller() ->
          Problem.of(403, "FORBIDDEN", "this order belongs to another seller", now);
      case DeadlinePassed(var deadline) ->
          Problem.of(409, "DEADLINE_PASSED", "the time to answer ended at " + deadline, now)
              .withDeadline(deadline);
      case RequestClosed() ->
          Problem.of(409, "REQUEST_CLOSED", "the request has ended already", now);
      case UnitsNotOpen() ->
          Problem.of(409, "UNITS_NOT_OPEN", "not all of these units are still to be shipped", now);
      case NothingCaptured() ->
          Problem.of(409, "NOTHING_CAPTURED", "no money has been received for this order yet", now);
      case OfferLimit(var offersMax) ->
          Problem.of(409, "OFFER_LIMIT", "offers for one request are limited to " + offersMax, now);
      case OfferOutOfRange(var max) ->
          Problem.of(422, "OFFER_OUT_OF_RANGE", "refundMinor must be 1 to " + max, now);
      case NoRequest() ->
          Problem.of(409, "NO_REQUEST", "no request is pending for exactly these units", now);
      case CommentRequired() -> Problem.of(422, "COMMENT_REQUIRED", "say why in a comment", now);
      case AlreadyProcessing() ->
          Problem.of(409, "ALREADY_PROCESSING", "processing has been started before", now);
      case TrackingNumberUsed() ->
          Problem.of(422, "TRACKING_NUMBER_USED", "another shipment has this tracking number", now);
      case OneParcelOnly() ->
          Problem.of(
              422, "ONE_PARCEL_ONLY", "cash on delivery is shipped in one parcel, all of it", now);
      case NotShipped() -> Problem.of(409, "NOT_SHIPPED", "these units have not been shipped", now);
      case TrackingOrder() ->
          Problem.of(409, "TRACKING_ORDER", "a parcel's reports only go forward", now);
      case DuplicateFact(), ImpossibleFact(), UnknownUnits() ->
          throw new IllegalStateException("only a fact is refused so: " + reason);
    };
  }
}
