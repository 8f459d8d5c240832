package marketplace.seller;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import javax.sql.DataSource;
import marketplace.kernel.Policies;
import marketplace.mail.Recipients;
import marketplace.seller.api.TableLookup;
import marketplace.seller.request.AccountRequests;
import marketplace.seller.request.ConversationRequests;
import marketplace.seller.request.SellerRequests;

/// Puts the rules where the service finds them.
final class SellerWiring {

  @Produces
  @Singleton
  SellerRules rules(Policies policies, DataSource dataSource) {
    return new SellerRules(policies, new TableLookup(dataSource));
  }

  /// The registered address. Sellers are businesses: nobody asks to have theirs forgotten.
  @Produces
  @Singleton
  Recipients sellers() {
    return sellerId -> Optional.of(sellerId + "@sellers.example");
  }

  @Produces
  @Singleton
  SellerRequests requests(SellerRules rules) {
    return rules.requests();
  }

  @Produces
  @Singleton
  ConversationRequests conversationRequests(SellerRules rules) {
    return rules.conversationRequests();
  }

  @Produces
  @Singleton
  AccountRequests accountRequests(SellerRules rules) {
    return rules.accountRequests();
  }
}
