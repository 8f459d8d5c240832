package marketplace.simulation.api;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import marketplace.contracts.ContractJson;

/// JSON of requests and answers: as the contracts write it, but who misspells a field is told so.
final class ApiJson {
  private ApiJson() {}

  @Produces
  @Singleton
  static ObjectMapper mapper() {
    return ContractJson.mapper().copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }
}
