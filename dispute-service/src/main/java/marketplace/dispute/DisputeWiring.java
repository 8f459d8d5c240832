package marketplace.dispute;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import javax.sql.DataSource;
import marketplace.dispute.api.TableLookup;
import marketplace.dispute.evidence.EvidenceFolder;
import marketplace.dispute.evidence.EvidenceStore;
import marketplace.dispute.request.AfterSaleRequests;
import marketplace.dispute.request.DisputeRequests;
import marketplace.dispute.request.ReturnRequests;
import marketplace.kernel.Policies;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The beans of this service; what carries data to and from them is shared by all services.
class DisputeWiring {

  @Produces
  @Singleton
  TableLookup tables(DataSource dataSource) {
    return new TableLookup(dataSource);
  }

  /// @param folder outside the database, and outside of what is served
  @Produces
  @Singleton
  EvidenceStore evidence(@ConfigProperty(name = "marketplace.evidence.folder") Path folder) {
    return new EvidenceFolder(folder);
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
