package marketplace.kernel;

/// What approved a return.
public enum ReturnApproval {
  PLATFORM,
  AUTO_FREE,
  AUTO_REVIEW_TIME,
  DISPUTE,
  DELIVERY_REFUSED
}
