package marketplace.dispute;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import marketplace.dispute.api.TableLookup;
import marketplace.dispute.evidence.EvidenceSettings;
import marketplace.dispute.evidence.EvidenceStore;
import marketplace.dispute.request.AfterSaleRequests;
import marketplace.dispute.request.DisputeRequests;
import marketplace.dispute.request.ReturnRequests;
import marketplace.kernel.Policies;

/// The beans of this service; what carries data to and from them is shared by all services.
class DisputeWiring {

  @Produces
  @Singleton
  TableLookup tables(DataSource dataSource) {
    return new TableLookup(dataSource);
  }

  @Produces
  @Singleton
  EvidenceStore evidence(EvidenceSettings settings) {
    return EvidenceStore.of(settings);
  }

  @Produces
  @Singleton
  DisputeRules rules(Policies policies, TableLookup tables) {
    return new DisputeRules(policies, tables);
  }

  @Produces
  @Singleton
  AfterSaleRequests afterSale(DisputeRules rules) {
    return rules.requests().afterSale();
  }

  @Produces
  @Singleton
  DisputeRequests disputes(DisputeRules rules) {
    return rules.requests().disputes();
  }

  @Produces
  @Singleton
  ReturnRequests returns(DisputeRules rules) {
    return rules.requests().returns();
  }
}
