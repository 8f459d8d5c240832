package marketplace.seller.domain.account;

import marketplace.kernel.SellerId;
import marketplace.kernel.SellerType;

/// All that can be asked of a seller's account.
public sealed interface SellerAccountCommand {

  record RegisterSeller(SellerId sellerId, String name, String country, SellerType type)
      implements SellerAccountCommand {}
}
