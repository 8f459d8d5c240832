package marketplace.dispute.view;

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

/// Every reason to refuse, by the code that callers know it by.
public final class Codes {
  private Codes() {}

  public static String of(AfterSaleRejection reason) {
    return switch (reason) {
      case DuplicateFact() -> "DUPLICATE_FACT";
      case IllegalTransition() -> "ILLEGAL_TRANSITION";
      case UnknownUnits() -> "UNKNOWN_UNITS";
      case OrderUnknown(), CaseUnknown() -> "NOT_FOUND";
      case NotAParty() -> "FORBIDDEN";
      case WindowClosed _ -> "WINDOW_CLOSED";
      case CaseOpen() -> "CASE_OPEN";
      case TooManyDisputes _ -> "TOO_MANY_DISPUTES";
      case ContactSellerFirst() -> "CONTACT_SELLER_FIRST";
      case TooEarly _ -> "TOO_EARLY";
      case UnitsNotDelivered() -> "UNITS_NOT_DELIVERED";
      case NoDeclinedRequest() -> "NO_DECLINED_REQUEST";
      case ClaimTooHigh _ -> "CLAIM_TOO_HIGH";
      case EvidenceRequired() -> "EVIDENCE_REQUIRED";
      case CaseClosed() -> "CASE_CLOSED";
      case NotYourTurn() -> "NOT_YOUR_TURN";
      case OfferClosed() -> "OFFER_CLOSED";
      case NotUnderReview() -> "NOT_UNDER_REVIEW";
      case AwardOutOfRange _ -> "AWARD_OUT_OF_RANGE";
      case EvidenceLimit() -> "EVIDENCE_LIMIT";
      case ReturnNotAvailable() -> "RETURN_NOT_AVAILABLE";
      case DeadlinePassed _ -> "DEADLINE_PASSED";
      case TrackingOrder() -> "TRACKING_ORDER";
      case Invalid _ -> "INVALID";
    };
  }
}
