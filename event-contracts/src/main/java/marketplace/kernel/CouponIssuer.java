package marketplace.kernel;

/// Who has granted a coupon, and bears what it takes off.
public enum CouponIssuer {
  PLATFORM,
  SELLER
}
