package marketplace.order.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import marketplace.eventsourcing.ViewRow;
import marketplace.eventsourcing.ViewTable;
import marketplace.eventsourcing.ViewTable.Column;
import marketplace.kernel.ProductId;
import marketplace.kernel.SellerId;
import marketplace.kernel.SellerStanding;
import marketplace.kernel.SellerType;
import marketplace.order.domain.Product;
import org.jspecify.annotations.Nullable;

/// This service's copy of products and sellers: enough to place an order without asking anybody.
public final class CatalogueTables {
  private static final Column PRODUCT_ID = new Column("product_id", "uuid");
  private static final int PRICE_MINOR = 3;
  private static final Column SELLER_ID = new Column("seller_id", "uuid");

  public static final ViewTable SELLERS =
      new ViewTable(
          "catalogue_sellers",
          List.of(SELLER_ID),
          List.of(SELLER_ID, new Column("name", "text"), new Column("seller_type", "text")));

  /// Only sellers whose standing has ever changed; all others are in good standing.
  public static final ViewTable STANDINGS =
      new ViewTable(
          "catalogue_standings",
          List.of(SELLER_ID),
          List.of(SELLER_ID, new Column("standing", "text"), new Column("since", "timestamptz")));

  /// Only products whose price has ever changed.
  public static final ViewTable PRICES =
      new ViewTable(
          "catalogue_prices",
          List.of(PRODUCT_ID),
          List.of(PRODUCT_ID, new Column("price_minor", "bigint")));

  public static final ViewTable PRODUCTS =
      new ViewTable(
          "catalogue_products",
          List.of(PRODUCT_ID),
          List.of(
              PRODUCT_ID,
              SELLER_ID,
              new Column("title", "text"),
              new Column("price_minor", "bigint"),
              new Column("currency", "text"),
              new Column("free_return_countries", "text"),
              new Column("returns_allowed", "boolean")));

  private CatalogueTables() {}

  public static ViewRow sellerRow(SellerId sellerId, String name, SellerType type) {
    return ViewRow.of(SELLERS, sellerId.value(), name, type.name());
  }

  public static ViewRow standingRow(SellerId sellerId, SellerStanding standing, Instant since) {
    return ViewRow.of(STANDINGS, sellerId.value(), standing.name(), since);
  }

  public static ViewRow priceRow(ProductId productId, long priceMinor) {
    return ViewRow.of(PRICES, productId.value(), priceMinor);
  }

  /// The product's row, at the price of this one.
  public static List<@Nullable Object> repriced(
      List<@Nullable Object> product, List<@Nullable Object> price) {
    List<@Nullable Object> result = new ArrayList<>(product);
    result.set(PRICE_MINOR, price.get(1));
    return result;
  }

  public static ViewRow productRow(
      ProductId productId,
      SellerId sellerId,
      String title,
      long priceMinor,
      String currency,
      List<String> freeReturnCountries,
      boolean returnsAllowed) {
    return ViewRow.of(
        PRODUCTS,
        productId.value(),
        sellerId.value(),
        title,
        priceMinor,
        currency,
        String.join(",", freeReturnCountries),
        returnsAllowed);
  }

  /// Reads a product back from its row and its seller's.
  ///
  /// @param seller null while the seller is not known, which makes him an ordinary one
  /// @param standing null where it has never changed
  public static Product product(
      List<@Nullable Object> product,
      @Nullable List<@Nullable Object> seller,
      @Nullable List<@Nullable Object> standing) {
    return new Product(
        new ProductId(value(product, 0, UUID.class)),
        new SellerId(value(product, 1, UUID.class)),
        seller == null ? SellerType.STANDARD : SellerType.valueOf(value(seller, 2, String.class)),
        value(product, 2, String.class),
        value(product, PRICE_MINOR, Long.class),
        value(product, 4, String.class),
        countries(value(product, 5, String.class)),
        value(product, 6, Boolean.class),
        standing == null
            ? Product.Standing.NEVER_CHANGED
            : new Product.Standing(
                SellerStanding.valueOf(value(standing, 1, String.class)),
                value(standing, 2, Instant.class)));
  }

  private static Set<String> countries(String joined) {
    return joined.isEmpty() ? Set.of() : new HashSet<>(List.of(joined.split(",")));
  }

  private static <T> T value(List<@Nullable Object> row, int column, Class<T> type) {
    var value = row.get(column);
    if (value == null) throw new IllegalStateException("column " + column + " is null in " + row);
    return type.cast(value);
  }
}
