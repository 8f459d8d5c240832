package marketplace.seller.domain.fulfilment;

/// How a cancellation request ended.
public enum Outcome {
  APPROVED,
  DECLINED,
  TIMED_OUT,
  WITHDRAWN,
  LAPSED,
  /// A shipment took its units.
  SHIPPED,
  /// Its units were cancelled by something else.
  OVERTAKEN
}
