package marketplace.refund.domain;

/// Where money can be, seen from one order (domain, section 4.3).
public enum Account {
  /// Everything beyond the platform: cards, banks, the carrier's till. Negative while money of the
  /// order is here.
  OUTSIDE,
  /// Kept until it is refunded or paid out.
  ESCROW,
  /// Promised to the buyer, not sent yet.
  ESCROW_RESERVED,
  BUYER_WALLET,
  VOUCHERS,
  SELLER
}
