package marketplace.seller.domain.product;

import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.ANOTHER_SELLER;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.LIN;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.MONDAY_NINE;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.hours;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import marketplace.kernel.ProductId;
import marketplace.seller.domain.product.Product.Listed;
import marketplace.seller.domain.product.Product.Price;
import marketplace.seller.domain.product.ProductCommand.ChangePrice;
import marketplace.seller.domain.product.ProductCommand.ListProduct;
import marketplace.seller.domain.product.ProductEvent.ProductListed;
import marketplace.seller.domain.product.ProductEvent.ProductPriceChanged;
import marketplace.seller.domain.product.ProductRejection.AlreadyListed;
import marketplace.seller.domain.product.ProductRejection.NotListed;
import marketplace.seller.domain.product.ProductRejection.NotTheSeller;
import marketplace.testkit.DeciderFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProductDeciderTest {
  private static final ProductId LAMP = new ProductId(uuid(20));
  private static final ListProduct LIST =
      new ListProduct(LAMP, LIN, "Lamp", "lighting", 450, "USD", List.of("US"), true);
  private static final ProductListed LISTED =
      new ProductListed(
          LAMP, LIN, "Lamp", "lighting", 450, "USD", List.of("US"), true, MONDAY_NINE);
  private static final ProductPriceChanged CHEAPER =
      new ProductPriceChanged(LAMP, LIN, 450, 400, hours(1));

  private final DeciderFixture<ProductCommand, Product, ProductEvent, ProductRejection> product =
      DeciderFixture.of(new ProductDecider());

  @Nested
  class A_product {

    @Test
    void is_listed_once() {
      product.given().when(LIST, MONDAY_NINE).thenEmits(LISTED).thenNoDeadline();
      product.given(LISTED).when(LIST, hours(1)).thenRefuses(new AlreadyListed());
    }
  }

  @Nested
  class Its_price {

    @Test
    void is_changed_by_its_seller_alone() {
      product.given(LISTED).when(new ChangePrice(LIN, 400), hours(1)).thenEmits(CHEAPER);
      product
          .given(LISTED)
          .when(new ChangePrice(ANOTHER_SELLER, 400), hours(1))
          .thenRefuses(new NotTheSeller());
      product.given().when(new ChangePrice(LIN, 400), hours(1)).thenRefuses(new NotListed());
    }

    @Test
    void is_not_changed_to_what_it_is() {
      product.given(LISTED, CHEAPER).when(new ChangePrice(LIN, 400), hours(2)).thenNothing();
    }

    @Test
    void has_a_history() {
      assertThat(((Listed) product.given(LISTED, CHEAPER).state()).prices())
          .containsExactly(new Price(MONDAY_NINE, 450), new Price(hours(1), 400));
    }
  }
}
