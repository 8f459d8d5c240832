package marketplace.kernel;

/// What settled that returned units are accepted.
public enum ReturnAcceptance {
  SELLER_CONFIRMED,
  SELLER_SILENT,
  RULING
}
