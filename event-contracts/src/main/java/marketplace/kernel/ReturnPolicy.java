package marketplace.kernel;

/// Whether a line may be returned for a change of mind, and who pays the way back.
public enum ReturnPolicy {
  NONE,
  BUYER_PAYS,
  FREE
}
