package marketplace.simulation.world;

import com.fasterxml.jackson.databind.JsonNode;

/// What a service has answered; the body is a JSON null where there was none.
public record Reply(int status, JsonNode body) {
  public boolean isSuccess() {
    return status / 100 == 2;
  }
}
