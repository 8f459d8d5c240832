package marketplace.kernel;

/// What a party to a dispute wants to happen.
public enum Remedy {
  REFUND_ONLY,
  RETURN_AND_REFUND
}
