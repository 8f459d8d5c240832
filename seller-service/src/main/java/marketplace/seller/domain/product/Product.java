package marketplace.seller.domain.product;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import marketplace.kernel.ProductId;
import marketplace.kernel.SellerId;

/// One thing for sale. Stock is not known here: being out of it is a decision of the seller.
public sealed interface Product {

  record Unlisted() implements Product {}

  /// @param prices all there ever were, oldest first; the last one is `priceMinor`
  record Listed(
      ProductId productId,
      SellerId sellerId,
      String title,
      String category,
      long priceMinor,
      String currency,
      List<String> freeReturnCountries,
      boolean returnsAllowed,
      Instant listedAt,
      List<Price> prices)
      implements Product {
    public Listed {
      freeReturnCountries = List.copyOf(freeReturnCountries);
      prices = List.copyOf(prices);
    }

    Listed at(Price price) {
      var longer = new ArrayList<>(prices);
      longer.add(price);
      return new Listed(
          productId,
          sellerId,
          title,
          category,
          price.priceMinor(),
          currency,
          freeReturnCountries,
          returnsAllowed,
          listedAt,
          longer);
    }
  }

  /// What it has cost from then on.
  record Price(Instant at, long priceMinor) {}
}
