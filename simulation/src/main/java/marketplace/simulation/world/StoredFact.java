package marketplace.simulation.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/// One event as a service has stored it, published or not.
///
/// @param type its stored name: `order.cancelled.v1`
public record StoredFact(String service, String type, Instant time, JsonNode data) {}
