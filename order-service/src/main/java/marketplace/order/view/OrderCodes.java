package marketplace.order.view;

import marketplace.order.domain.OrderRejection;
import marketplace.order.domain.OrderRejection.AlreadyCancelled;
import marketplace.order.domain.OrderRejection.AlreadyConfirmed;
import marketplace.order.domain.OrderRejection.AlreadyShipped;
import marketplace.order.domain.OrderRejection.AmountMismatch;
import marketplace.order.domain.OrderRejection.CaseOpen;
import marketplace.order.domain.OrderRejection.CommentRequired;
import marketplace.order.domain.OrderRejection.CouponNotUsable;
import marketplace.order.domain.OrderRejection.CurrenciesMixed;
import marketplace.order.domain.OrderRejection.FactContradicts;
import marketplace.order.domain.OrderRejection.FactRepeated;
import marketplace.order.domain.OrderRejection.NotShipped;
import marketplace.order.domain.OrderRejection.NotTheBuyer;
import marketplace.order.domain.OrderRejection.OfferClosed;
import marketplace.order.domain.OrderRejection.OrderUnknown;
import marketplace.order.domain.OrderRejection.PolicyUnknown;
import marketplace.order.domain.OrderRejection.ProductUnknown;
import marketplace.order.domain.OrderRejection.RequestClosed;
import marketplace.order.domain.OrderRejection.RequestPending;
import marketplace.order.domain.OrderRejection.ReviewNotPossible;
import marketplace.order.domain.OrderRejection.SellerNotAccepting;
import marketplace.order.domain.OrderRejection.SellersMixed;
import marketplace.order.domain.OrderRejection.TooManyRequests;
import marketplace.order.domain.OrderRejection.TotalOutOfRange;
import marketplace.order.domain.OrderRejection.UnitsNotOpen;
import marketplace.order.domain.OrderRejection.UnitsUnknown;
import marketplace.order.domain.OrderRejection.WholeOrderOnly;

/// The word by which callers, and readers of refused facts, know each reason to refuse.
public final class OrderCodes {
  private OrderCodes() {}

  public static String of(OrderRejection reason) {
    return switch (reason) {
      case OrderUnknown() -> "NOT_FOUND";
      case NotTheBuyer() -> "FORBIDDEN";
      case ProductUnknown _ -> "UNKNOWN_PRODUCT";
      case SellersMixed _ -> "MIXED_SELLERS";
      case PolicyUnknown() -> "UNKNOWN_POLICY";
      case CouponNotUsable() -> "COUPON_NOT_USABLE";
      case SellerNotAccepting() -> "SELLER_NOT_ACCEPTING";
      case CurrenciesMixed _, TotalOutOfRange() -> "INVALID";
      case WholeOrderOnly() -> "WHOLE_ORDER_ONLY";
      case AlreadyShipped() -> "ALREADY_SHIPPED";
      case AlreadyCancelled() -> "ORDER_CANCELLED";
      case RequestPending _ -> "REQUEST_PENDING";
      case TooManyRequests() -> "TOO_MANY_REQUESTS_FOR_ORDER";
      case UnitsNotOpen() -> "UNITS_NOT_OPEN";
      case CaseOpen() -> "CASE_OPEN";
      case RequestClosed() -> "REQUEST_CLOSED";
      case OfferClosed _ -> "OFFER_CLOSED";
      case CommentRequired() -> "COMMENT_REQUIRED";
      case NotShipped() -> "NOT_SHIPPED";
      case AlreadyConfirmed() -> "ALREADY_CONFIRMED";
      case ReviewNotPossible() -> "REVIEW_NOT_POSSIBLE";
      case FactRepeated() -> "DUPLICATE_FACT";
      case FactContradicts() -> "ILLEGAL_TRANSITION";
      case UnitsUnknown() -> "UNKNOWN_UNITS";
      case AmountMismatch() -> "AMOUNT_MISMATCH";
    };
  }
}
