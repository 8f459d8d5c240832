package marketplace.seller.domain.fulfilment;

import java.time.Instant;

/// The fact that is in the way.
public sealed interface FulfilmentRejection {

  /// Nothing is to be shipped (yet).
  record NotOpened() implements FulfilmentRejection {}

  record NotTheSeller() implements FulfilmentRejection {}

  record UnknownRequest() implements FulfilmentRejection {}

  record UnknownShipment() implements FulfilmentRejection {}

  record DeadlinePassed(Instant deadline) implements FulfilmentRejection {}

  record RequestClosed() implements FulfilmentRejection {}

  record UnitsNotOpen() implements FulfilmentRejection {}

  record NothingCaptured() implements FulfilmentRejection {}

  record OfferLimit(int offersMax) implements FulfilmentRejection {}

  record OfferOutOfRange(long refundMinorMax) implements FulfilmentRejection {}

  record NoRequest() implements FulfilmentRejection {}

  record CommentRequired() implements FulfilmentRejection {}

  record AlreadyProcessing() implements FulfilmentRejection {}

  record TrackingNumberUsed() implements FulfilmentRejection {}

  record OneParcelOnly() implements FulfilmentRejection {}

  record NotShipped() implements FulfilmentRejection {}

  record TrackingOrder() implements FulfilmentRejection {}

  /// The fact has been handled before, under another id.
  record DuplicateFact() implements FulfilmentRejection {}

  /// The fact cannot follow from what happened here.
  record ImpossibleFact() implements FulfilmentRejection {}

  /// The fact names units that the order does not have.
  record UnknownUnits() implements FulfilmentRejection {}
}
