package marketplace.seller.domain.account;

import java.time.Instant;
import marketplace.kernel.SellerId;
import marketplace.kernel.SellerType;

/// Who sells.
public sealed interface SellerAccount {

  record Unregistered() implements SellerAccount {}

  record Registered(
      SellerId sellerId, String name, String country, SellerType type, Instant registeredAt)
      implements SellerAccount {}
}
