package marketplace.seller.domain.product;

import static marketplace.eventsourcing.Decision.accept;
import static marketplace.eventsourcing.Decision.reject;

import java.time.Instant;
import java.util.Optional;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.Decider;
import marketplace.eventsourcing.Decision;
import marketplace.seller.domain.product.Product.Listed;
import marketplace.seller.domain.product.Product.Unlisted;
import marketplace.seller.domain.product.ProductCommand.ListProduct;
import marketplace.seller.domain.product.ProductEvent.ProductListed;
import marketplace.seller.domain.product.ProductRejection.AlreadyListed;

/// A product is listed once.
public final class ProductDecider
    implements Decider<ProductCommand, Product, ProductEvent, ProductRejection> {

  @Override
  public Product initialState() {
    return new Unlisted();
  }

  @Override
  public Decision<ProductEvent, ProductRejection> decide(
      ProductCommand command, Product state, Instant at) {
    return switch (command) {
      case ListProduct c ->
          switch (state) {
            case Unlisted _ ->
                accept(
                    new ProductListed(
                        c.productId(),
                        c.sellerId(),
                        c.title(),
                        c.category(),
                        c.priceMinor(),
                        c.currency(),
                        c.freeReturnCountries(),
                        c.returnsAllowed(),
                        at));
            case Listed _ -> reject(new AlreadyListed());
          };
    };
  }

  @Override
  public Product evolve(Product state, ProductEvent event) {
    return switch (event) {
      case ProductListed e ->
          new Listed(
              e.productId(),
              e.sellerId(),
              e.title(),
              e.category(),
              e.priceMinor(),
              e.currency(),
              e.freeReturnCountries(),
              e.returnsAllowed(),
              e.listedAt());
    };
  }

  @Override
  public Optional<Deadline<ProductCommand>> nextDeadline(Product state) {
    return Optional.empty();
  }
}
