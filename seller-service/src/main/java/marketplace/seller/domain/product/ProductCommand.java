package marketplace.seller.domain.product;

import java.util.List;
import marketplace.kernel.ProductId;
import marketplace.kernel.SellerId;

/// All that can be asked of a product.
public sealed interface ProductCommand {

  record ListProduct(
      ProductId productId,
      SellerId sellerId,
      String title,
      String category,
      long priceMinor,
      String currency,
      List<String> freeReturnCountries,
      boolean returnsAllowed)
      implements ProductCommand {}

  record ChangePrice(SellerId seller, long priceMinor) implements ProductCommand {}
}
