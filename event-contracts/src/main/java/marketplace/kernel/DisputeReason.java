package marketplace.kernel;

/// What a buyer complains about (domain, section 8.4).
public enum DisputeReason {
  NOT_RECEIVED,
  DAMAGED,
  NOT_AS_DESCRIBED,
  INCOMPLETE,
  WRONG_ITEM,
  CANCELLATION_REFUSED;

  /// Is it about what came out of the parcel? Then the units must be delivered, and there must be
  /// something to see.
  public boolean aboutDelivered() {
    return switch (this) {
      case DAMAGED, NOT_AS_DESCRIBED, INCOMPLETE, WRONG_ITEM -> true;
      case NOT_RECEIVED, CANCELLATION_REFUSED -> false;
    };
  }
}
