package marketplace.kernel;

/// What made units, or a whole order, leave by cancellation.
public enum CancellationCause {
  BUYER_BEFORE_PAYMENT,
  PAYMENT_DEADLINE_MISSED,
  SELLER_APPROVED,
  AUTO_APPROVED,
  OFFER_ACCEPTED,
  SELLER_TIMED_OUT,
  SELLER_CANCELLED,
  SHIP_DEADLINE_MISSED,
  RULING
}
