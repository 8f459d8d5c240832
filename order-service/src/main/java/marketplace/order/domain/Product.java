package marketplace.order.domain;

import java.util.Set;
import marketplace.kernel.ProductId;
import marketplace.kernel.ReturnPolicy;
import marketplace.kernel.SellerId;
import marketplace.kernel.SellerType;

/// A product as this service's copy of the catalogue has it. An order fixes what it takes from it.
public record Product(
    ProductId productId,
    SellerId sellerId,
    SellerType sellerType,
    String title,
    long priceMinor,
    String currency,
    Set<String> freeReturnCountries,
    boolean returnsAllowed) {
  public Product {
    freeReturnCountries = Set.copyOf(freeReturnCountries);
  }

  ReturnPolicy returnPolicyFor(String country) {
    if (freeReturnCountries.contains(country)) return ReturnPolicy.FREE;
    return returnsAllowed || sellerType == SellerType.TOP
        ? ReturnPolicy.BUYER_PAYS
        : ReturnPolicy.NONE;
  }
}
