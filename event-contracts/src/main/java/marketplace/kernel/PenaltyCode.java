package marketplace.kernel;

/// What a seller gets points for, and how many (domain, section 11).
public enum PenaltyCode {
  /// He let a request's time pass, whatever came of it.
  REPLY_TIMEOUT(1),
  /// A request that was his fault ended in a cancellation.
  SELLER_FAULT_CANCELLATION(2),
  SELLER_CANCELLED(3),
  SHIP_DEADLINE_MISSED(3),
  DISPUTE_LOST(4);

  private final int points;

  PenaltyCode(int points) {
    this.points = points;
  }

  public int points() {
    return points;
  }
}
