package marketplace.order.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// All reasons to refuse, in the order in which they go before one another (domain, section 8.1).
public sealed interface OrderRejection {

  record OrderUnknown() implements OrderRejection {}

  record NotTheBuyer() implements OrderRejection {}

  /// @param line index of the line that names it
  record ProductUnknown(int line) implements OrderRejection {}

  /// @param line index of the first line whose product somebody else sells
  record SellersMixed(int line) implements OrderRejection {}

  record PolicyUnknown() implements OrderRejection {}

  /// Unknown, used, expired, for another seller or currency, or for nothing, or too little, of this
  /// order.
  record CouponNotUsable() implements OrderRejection {}

  /// The seller's standing does not let him take new orders, now or at all.
  record SellerNotAccepting() implements OrderRejection {}

  /// @param line index of the first line in another currency than the first one
  record CurrenciesMixed(int line) implements OrderRejection {}

  /// The total is below one minor unit or above what an order may cost.
  record TotalOutOfRange() implements OrderRejection {}

  /// Nothing is paid, so all is cancelled or nothing.
  record WholeOrderOnly() implements OrderRejection {}

  record AlreadyShipped() implements OrderRejection {}

  record AlreadyCancelled() implements OrderRejection {}

  /// @param replyBy when the seller has answered at the latest, unless he makes an offer
  record RequestPending(Instant replyBy) implements OrderRejection {}

  record TooManyRequests() implements OrderRejection {}

  record UnitsNotOpen() implements OrderRejection {}

  record CaseOpen() implements OrderRejection {}

  record RequestClosed() implements OrderRejection {}

  /// @param answerBy when the offer lapsed; null where there was none
  record OfferClosed(@Nullable Instant answerBy) implements OrderRejection {}

  record CommentRequired() implements OrderRejection {}

  record NotShipped() implements OrderRejection {}

  record AlreadyConfirmed() implements OrderRejection {}

  /// Nothing has arrived, all money has gone back, or there is a review.
  record ReviewNotPossible() implements OrderRejection {}

  /// The fact was handled before, under another event id.
  record FactRepeated() implements OrderRejection {}

  /// The fact contradicts what has happened.
  record FactContradicts() implements OrderRejection {}

  /// The fact names units that the order does not have, or no longer.
  record UnitsUnknown() implements OrderRejection {}

  record AmountMismatch() implements OrderRejection {}
}
