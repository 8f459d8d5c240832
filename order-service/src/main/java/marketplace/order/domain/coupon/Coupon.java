package marketplace.order.domain.coupon;

import java.time.Instant;
import java.util.List;
import marketplace.kernel.CouponId;
import marketplace.kernel.CouponIssuer;
import marketplace.kernel.ProductId;
import marketplace.kernel.SellerId;
import org.jspecify.annotations.Nullable;

/// A coupon as it was granted (domain, section 4.6).
///
/// @param sellerId whose orders it is for; null for one of the platform, which is for all
/// @param currency of its amounts, and of the orders that it is for
/// @param minSpendMinor least gross amount of the lines that it covers
/// @param appliesTo products whose lines it covers; empty for all
public record Coupon(
    CouponId couponId,
    String code,
    CouponIssuer issuer,
    @Nullable SellerId sellerId,
    String currency,
    long discountMinor,
    long minSpendMinor,
    List<ProductId> appliesTo,
    Instant expiresAt) {
  public Coupon {
    appliesTo = List.copyOf(appliesTo);
  }

  public boolean covers(ProductId productId) {
    return appliesTo.isEmpty() || appliesTo.contains(productId);
  }

  public boolean isFor(SellerId seller, String orderCurrency) {
    return (sellerId == null || sellerId.equals(seller)) && currency.equals(orderCurrency);
  }

  public boolean hasExpired(Instant at) {
    return !at.isBefore(expiresAt);
  }
}
