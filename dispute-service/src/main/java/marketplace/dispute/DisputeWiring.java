package marketplace.dispute;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import marketplace.dispute.request.AfterSaleRequests;
import marketplace.kernel.Policies;

/// The beans of this service; what carries data to and from them is shared by all services.
class DisputeWiring {

  @Produces
  @Singleton
  DisputeRules rules(Policies policies) {
    return new DisputeRules(policies);
  }

  @Produces
  @Singleton
  AfterSaleRequests requests(DisputeRules rules) {
    return rules.requests();
  }
}
