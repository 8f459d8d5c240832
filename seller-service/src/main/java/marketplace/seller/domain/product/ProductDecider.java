package marketplace.seller.domain.product;

import static marketplace.eventsourcing.Decision.accept;
import static marketplace.eventsourcing.Decision.alreadySo;
import static marketplace.eventsourcing.Decision.reject;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.Decider;
import marketplace.eventsourcing.Decision;
import marketplace.seller.domain.product.Product.Listed;
import marketplace.seller.domain.product.Product.Price;
import marketplace.seller.domain.product.Product.Unlisted;
import marketplace.seller.domain.product.ProductCommand.ChangePrice;
import marketplace.seller.domain.product.ProductCommand.ListProduct;
import marketplace.seller.domain.product.ProductEvent.ProductListed;
import marketplace.seller.domain.product.ProductEvent.ProductPriceChanged;
import marketplace.seller.domain.product.ProductRejection.AlreadyListed;
import marketplace.seller.domain.product.ProductRejection.NotListed;
import marketplace.seller.domain.product.ProductRejection.NotTheSeller;

/// A product is listed once; its seller may change the price. Orders keep the one they were placed
/// at.
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
      case ChangePrice c ->
          switch (state) {
            case Unlisted _ -> reject(new NotListed());
            case Listed p when !p.sellerId().equals(c.seller()) -> reject(new NotTheSeller());
            case Listed p when p.priceMinor() == c.priceMinor() -> alreadySo();
            case Listed p ->
                accept(
                    new ProductPriceChanged(
                        p.productId(), p.sellerId(), p.priceMinor(), c.priceMinor(), at));
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
              e.listedAt(),
              List.of(new Price(e.listedAt(), e.priceMinor())));
      case ProductPriceChanged e ->
          state instanceof Listed p ? p.at(new Price(e.changedAt(), e.newMinor())) : state;
    };
  }

  @Override
  public Optional<Deadline<ProductCommand>> nextDeadline(Product state) {
    return Optional.empty();
  }
}
