package marketplace.kernel;

/// What entitles a buyer to a refund; unique together with its id.
public enum RefundCause {
  CANCELLATION,
  LATE_CAPTURE,
  DISPUTE,
  RETURN,
  GOODWILL
}
