package marketplace.kernel;

/// How a dispute was resolved.
public enum DisputeEnd {
  SELLER_ACCEPTED,
  OFFER_ACCEPTED,
  SELLER_SILENT,
  RULING,
  /// Its units were cancelled by something else.
  MOOT
}
