package marketplace.seller.domain.account;

import java.time.Instant;
import marketplace.kernel.SellerId;
import marketplace.kernel.SellerType;

/// All that can have happened to a seller's account.
public sealed interface SellerAccountEvent {

  record SellerRegistered(
      SellerId sellerId, String name, String country, SellerType type, Instant registeredAt)
      implements SellerAccountEvent {}
}
