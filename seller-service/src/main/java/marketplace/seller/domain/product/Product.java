package marketplace.seller.domain.product;

import java.time.Instant;
import java.util.List;
import marketplace.kernel.ProductId;
import marketplace.kernel.SellerId;

/// One thing for sale. Stock is not known here: being out of it is a decision of the seller.
public sealed interface Product {

  record Unlisted() implements Product {}

  record Listed(
      ProductId productId,
      SellerId sellerId,
      String title,
      String category,
      long priceMinor,
      String currency,
      List<String> freeReturnCountries,
      boolean returnsAllowed,
      Instant listedAt)
      implements Product {
    public Listed {
      freeReturnCountries = List.copyOf(freeReturnCountries);
    }
  }
}
