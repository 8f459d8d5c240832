package marketplace.order;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import marketplace.kernel.Policies;
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
}
