package marketplace.seller.view;

import java.time.Instant;
import java.util.List;
import marketplace.contracts.JsonText;
import marketplace.eventsourcing.Change;
import marketplace.eventsourcing.ViewRow;
import marketplace.kernel.ProductId;
import marketplace.kernel.SellerId;
import marketplace.seller.domain.product.Product;
import marketplace.seller.domain.product.Product.Listed;
import marketplace.seller.domain.product.Product.Unlisted;
import marketplace.seller.domain.product.ProductEvent;

/// What everybody may know of a product.
public record ProductView(
    ProductId productId,
    SellerId sellerId,
    String title,
    String category,
    long priceMinor,
    String currency,
    List<String> freeReturnCountries,
    boolean returnsAllowed,
    Instant listedAt) {

  public static ProductView of(Listed product) {
    return new ProductView(
        product.productId(),
        product.sellerId(),
        product.title(),
        product.category(),
        product.priceMinor(),
        product.currency(),
        product.freeReturnCountries(),
        product.returnsAllowed(),
        product.listedAt());
  }

  public static List<ViewRow> rowsFor(Change<Product, ProductEvent> change) {
    return switch (change.after()) {
      case Unlisted _ -> List.of();
      case Listed product ->
          List.of(
              ViewRow.of(
                  SellerTables.PRODUCTS,
                  product.productId().value(),
                  product.sellerId().value(),
                  product.category(),
                  product.listedAt(),
                  new JsonText(ProductView.of(product))));
    };
  }
}
