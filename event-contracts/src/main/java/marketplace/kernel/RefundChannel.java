package marketplace.kernel;

/// The way a refund reaches the buyer.
public enum RefundChannel {
  ORIGINAL_METHOD,
  WALLET_CREDIT,
  VOUCHER
}
