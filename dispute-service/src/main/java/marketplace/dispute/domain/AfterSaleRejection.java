package marketplace.dispute.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// All reasons to refuse a fact or a wish.
public sealed interface AfterSaleRejection {

  /// The same fact was taken in before, under another event id.
  record DuplicateFact() implements AfterSaleRejection {}

  /// The fact cannot have happened to this order as it is known here.
  record IllegalTransition() implements AfterSaleRejection {}

  /// The fact speaks of units that are not open.
  record UnknownUnits() implements AfterSaleRejection {}

  /// No order of this id is known here.
  record OrderUnknown() implements AfterSaleRejection {}

  record CaseUnknown() implements AfterSaleRejection {}

  /// The caller has no part in this order.
  record NotAParty() implements AfterSaleRejection {}

  /// @param until null where a cancellation has made the window void
  record WindowClosed(@Nullable Instant until) implements AfterSaleRejection {}

  record CaseOpen() implements AfterSaleRejection {}

  record TooManyDisputes(int disputesMax) implements AfterSaleRejection {}

  record ContactSellerFirst() implements AfterSaleRejection {}

  record TooEarly(Instant from) implements AfterSaleRejection {}

  /// The units are not where the wish needs them, or were given back before.
  record UnitsNotDelivered() implements AfterSaleRejection {}

  record NoDeclinedRequest() implements AfterSaleRejection {}

  /// @param maxMinor the most that can be claimed
  record ClaimTooHigh(long maxMinor) implements AfterSaleRejection {}

  record EvidenceRequired() implements AfterSaleRejection {}

  record CaseClosed() implements AfterSaleRejection {}

  record NotYourTurn() implements AfterSaleRejection {}

  record OfferClosed() implements AfterSaleRejection {}

  record NotUnderReview() implements AfterSaleRejection {}

  record AwardOutOfRange(long minMinor, long maxMinor) implements AfterSaleRejection {}

  record EvidenceLimit() implements AfterSaleRejection {}

  record ReturnNotAvailable() implements AfterSaleRejection {}

  record DeadlinePassed(Instant deadline) implements AfterSaleRejection {}

  /// A carrier's report that cannot follow the last one.
  record TrackingOrder() implements AfterSaleRejection {}

  /// A field whose value does not fit the case.
  record Invalid(String pointer, String why) implements AfterSaleRejection {
    static final Invalid EVIDENCE_USED =
        new Invalid("/evidenceIds", "a piece belongs to one case only");
  }
}
