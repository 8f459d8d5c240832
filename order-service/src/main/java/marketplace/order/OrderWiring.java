package marketplace.order;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import javax.sql.DataSource;
import marketplace.kernel.BuyerId;
import marketplace.kernel.Policies;
import marketplace.mail.Recipients;
import marketplace.order.api.TableAddressBook;
import marketplace.order.api.TableCatalogue;

/// Puts the rules where the service finds them.
final class OrderWiring {

  @Produces
  @Singleton
  OrderRules rules(Policies policies, DataSource dataSource) {
    return new OrderRules(
        policies, new TableCatalogue(dataSource), new TableAddressBook(dataSource));
  }

  /// The registered address, until the buyer asks to be forgotten.
  @Produces
  @Singleton
  Recipients buyers(DataSource dataSource) {
    var addresses = new TableAddressBook(dataSource);
    return buyerId ->
        addresses.erasedAt(new BuyerId(buyerId)).isEmpty()
            ? Optional.of(buyerId + "@buyers.example")
            : Optional.empty();
  }
}
