package marketplace.order.domain;

import java.time.Instant;
import java.util.Set;
import marketplace.kernel.ProductId;
import marketplace.kernel.ReturnPolicy;
import marketplace.kernel.SellerId;
import marketplace.kernel.SellerStanding;
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
    boolean returnsAllowed,
    Standing standing) {
  public Product {
    freeReturnCountries = Set.copyOf(freeReturnCountries);
  }

  /// Of a seller about whom nothing bad was ever told.
  public Product(
      ProductId productId,
      SellerId sellerId,
      SellerType sellerType,
      String title,
      long priceMinor,
      String currency,
      Set<String> freeReturnCountries,
      boolean returnsAllowed) {
    this(
        productId,
        sellerId,
        sellerType,
        title,
        priceMinor,
        currency,
        freeReturnCountries,
        returnsAllowed,
        Standing.NEVER_CHANGED);
  }

  /// How its seller stands, and since when.
  public record Standing(SellerStanding standing, Instant since) {
    public static final Standing NEVER_CHANGED = new Standing(SellerStanding.GOOD, Instant.EPOCH);

    boolean takesOrders(Instant at) {
      return standing.takesOrders(since, at);
    }
  }

  ReturnPolicy returnPolicyFor(String country) {
    if (freeReturnCountries.contains(country)) return ReturnPolicy.FREE;
    return returnsAllowed || sellerType == SellerType.TOP
        ? ReturnPolicy.BUYER_PAYS
        : ReturnPolicy.NONE;
  }
}
