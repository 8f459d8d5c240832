package marketplace.refund;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import marketplace.eventsourcing.control.FaultRules;
import marketplace.kernel.Policies;
import marketplace.refund.process.ProviderScript;
import marketplace.refund.request.Lookup;
import marketplace.refund.request.RefundRequests;

/// The beans of this service; what carries data to and from them is shared by all services.
class RefundWiring {

  @Produces
  @Singleton
  FaultRules faults() {
    return ProviderScript.newRules();
  }

  @Produces
  @Singleton
  RefundRules rules(Policies policies, Lookup lookup, FaultRules faults) {
    return new RefundRules(policies, lookup, new ProviderScript(faults));
  }

  @Produces
  @Singleton
  RefundRequests requests(RefundRules rules) {
    return rules.requests();
  }
}
