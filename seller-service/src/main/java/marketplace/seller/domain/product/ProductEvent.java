package marketplace.seller.domain.product;

import java.time.Instant;
import java.util.List;
import marketplace.kernel.ProductId;
import marketplace.kernel.SellerId;

/// All that can have happened to a product.
public sealed interface ProductEvent {

  record ProductListed(
      ProductId productId,
      SellerId sellerId,
      String title,
      String category,
      long priceMinor,
      String currency,
      List<String> freeReturnCountries,
      boolean returnsAllowed,
      Instant listedAt)
      implements ProductEvent {}

  record ProductPriceChanged(
      ProductId productId, SellerId sellerId, long oldMinor, long newMinor, Instant changedAt)
      implements ProductEvent {}
}
