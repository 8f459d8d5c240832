package marketplace.kernel;

/// Why a seller is paid.
public enum PayoutCause {
  CANCELLATION_KEPT_SHARE,
  AFTER_SALE_CLOSED
}
