package marketplace.kernel;

/// What pays for a resolved dispute. Only an award is refunded for the dispute itself.
public enum DisputeSettlement {
  AWARD,
  RETURN,
  CANCELLATION,
  NOTHING
}
