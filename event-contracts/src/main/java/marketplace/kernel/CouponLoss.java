package marketplace.kernel;

/// Why a coupon is not given back (domain, section 4.6).
public enum CouponLoss {
  SELLER_COUPON,
  EXPIRED,
  PARTLY_USED
}
