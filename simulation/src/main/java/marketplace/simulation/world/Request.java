package marketplace.simulation.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import marketplace.eventsourcing.Caller;

/// One call of a service's operation.
///
/// @param operation its name, the `operationId`
/// @param parameters of path and query
/// @param idempotencyKey used where the operation is a command
public record Request(
    String operation,
    Caller caller,
    Map<String, String> parameters,
    JsonNode body,
    String idempotencyKey) {}
