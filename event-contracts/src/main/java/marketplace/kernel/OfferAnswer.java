package marketplace.kernel;

/// What a buyer says to a partial refund.
public enum OfferAnswer {
  ACCEPTED,
  REJECTED
}
