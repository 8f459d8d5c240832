package marketplace.kernel;

/// How long the outside world takes to hand a refund to the buyer.
public enum RefundSettlement {
  TYPICAL,
  SAMPLED
}
