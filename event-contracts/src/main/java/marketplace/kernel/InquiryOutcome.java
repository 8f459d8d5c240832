package marketplace.kernel;

/// What the platform found out about a refund that a buyer misses.
public enum InquiryOutcome {
  /// The money has left, and the buyer's bank has to find it.
  CONFIRMED_SENT,
  /// It is lost on its way, and was sent again to the buyer's wallet.
  REISSUED_TO_WALLET
}
