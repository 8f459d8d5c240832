package marketplace.order.request;

import java.time.Instant;
import java.util.List;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.Problem.FieldError;
import marketplace.order.domain.Order;
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
import marketplace.order.view.BuyerAction;
import marketplace.order.view.OrderCodes;

/// Every reason to refuse, as the caller is told it.
final class OrderProblems {
  private OrderProblems() {}

  static Problem of(OrderRejection reason, Order state, Instant now) {
    return switch (reason) {
      case OrderUnknown() -> problem(404, reason, "there is no such order", now);
      case NotTheBuyer() -> problem(403, reason, "the order is somebody else's", now);
      case ProductUnknown(var line) ->
          wrongLine(reason, line, "UNKNOWN_PRODUCT", "there is no such product", now);
      case SellersMixed(var line) ->
          wrongLine(reason, line, "MIXED_SELLERS", "an order has one seller", now);
      case CurrenciesMixed(var line) ->
          wrongLine(reason, line, "MIXED_CURRENCIES", "an order has one currency", now);
      case PolicyUnknown() ->
          problem(422, reason, "there is no such policy set", now)
              .withErrors(List.of(new FieldError("/policyId", "UNKNOWN_POLICY")));
      case TotalOutOfRange() ->
          problem(422, reason, "the total is too small or too large", now)
              .withErrors(List.of(new FieldError("/lines", "TOTAL_OUT_OF_RANGE")));
      case WholeOrderOnly() ->
          refused(422, reason, "an unpaid order is cancelled as a whole", state, now);
      case AlreadyShipped() ->
          refused(409, reason, "the order has been shipped; ask the seller", state, now);
      case AlreadyCancelled() -> refused(409, reason, "the order is cancelled", state, now);
      case RequestPending(var replyBy) ->
          refused(409, reason, "the seller is still to answer a request", state, now)
              .withDeadline(replyBy);
      case TooManyRequests() ->
          refused(409, reason, "no further request may be sent for this order", state, now);
      case UnitsNotOpen() ->
          refused(409, reason, "not so many units are still to be shipped", state, now);
      case CaseOpen() ->
          refused(409, reason, "a dispute about a refused request is still open", state, now);
      case RequestClosed() -> refused(409, reason, "the request is not open", state, now);
      case OfferClosed(var answerBy) ->
          refused(409, reason, "the offer does not stand", state, now).withDeadline(answerBy);
      case CommentRequired() ->
          problem(422, reason, "this reason needs a comment", now)
              .withErrors(List.of(new FieldError("/comment", "REQUIRED")));
      case NotShipped() -> refused(409, reason, "not everything has been shipped", state, now);
      case AlreadyConfirmed() ->
          refused(409, reason, "the receipt needs no further word", state, now);
      case ReviewNotPossible() ->
          refused(
              409,
              reason,
              "an order is reviewed once, after its delivery, unless all money has gone back",
              state,
              now);
      case CouponNotUsable() ->
          problem(422, reason, "no coupon of this code can be used for this order", now)
              .withErrors(List.of(new FieldError("/couponCode", "COUPON_NOT_USABLE")));
      case SellerNotAccepting() ->
          problem(409, reason, "the seller takes no new orders at present", now);
      // Answers to other services' facts; no caller sees them.
      case FactRepeated(), FactContradicts(), UnitsUnknown(), AmountMismatch() ->
          refused(409, reason, "the fact does not fit the order", state, now);
    };
  }

  static Problem refused(
      int status, OrderRejection reason, String detail, Order state, Instant now) {
    var problem = problem(status, reason, detail, now);
    return state instanceof Order.Placed order
        ? problem.withAllowedActions(BuyerAction.allowedNames(order, now))
        : problem;
  }

  private static Problem wrongLine(
      OrderRejection reason, int line, String code, String detail, Instant now) {
    return problem(422, reason, detail, now)
        .withErrors(List.of(new FieldError("/lines/" + line + "/productId", code)));
  }

  private static Problem problem(int status, OrderRejection reason, String detail, Instant now) {
    return Problem.of(status, OrderCodes.of(reason), detail, now);
  }
}
