package marketplace.order.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import marketplace.edge.Edge;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.Prepared;
import marketplace.order.OrderRules;
import org.jspecify.annotations.Nullable;

/// Hands a resource's call to the operation that it names.
@Singleton
class Calls {
  private final Edge edge;
  private final OrderRules rules;

  Calls(Edge edge, OrderRules rules) {
    this.edge = edge;
    this.rules = rules;
  }

  /// @param body null where the caller sent none
  Response command(String operation, Map<String, String> path, @Nullable JsonNode body) {
    return edge.run(preparation(operation, path, body), body);
  }

  Response look(String operation, Map<String, String> path) {
    return edge.query(preparation(operation, path, null));
  }

  /// A question that comes with a body.
  Response look(String operation, Map<String, String> path, @Nullable JsonNode body) {
    return edge.query(preparation(operation, path, body));
  }

  Response audit(String operation, Map<String, String> path) {
    return edge.audit(preparation(operation, path, null));
  }

  private Function<Call, Prepared> preparation(
      String operation, Map<String, String> path, @Nullable JsonNode body) {
    var named = Objects.requireNonNull(rules.operations().get(operation), operation);
    var sent = body == null ? MissingNode.getInstance() : body;
    return call -> named.preparation().prepare(call, path, sent);
  }
}
