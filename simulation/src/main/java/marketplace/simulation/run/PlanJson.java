package marketplace.simulation.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import marketplace.contracts.ContractJson;
import marketplace.kernel.Policies;

/// Plans as JSON. What is left out is as usual.
public final class PlanJson {
  private static final ObjectMapper JSON = ContractJson.mapper();
  private static final int ORDERS = 200;
  private static final int ORDERS_OF_A_SELLER = 20;
  private static final int DAYS = 30;

  private PlanJson() {}

  /// As many orders as buyers, and a seller for twenty of them, unless told otherwise.
  ///
  /// @param given `{seed, start, policies, actors, workload}`, or a part of it
  /// @throws IllegalArgumentException which says where it is no plan
  public static RunPlan read(JsonNode given) {
    var workload = given.path("workload");
    var orders = workload.path("orders").asInt(workload.path("buyers").asInt(ORDERS));
    var usual =
        new RunPlan(
            1,
            RunPlan.USUAL_START,
            List.of(Policies.DEFAULT_ID),
            Actors.USUAL,
            new Workload(
                orders,
                orders,
                Math.max(1, orders / ORDERS_OF_A_SELLER),
                DAYS,
                Workload.TO_THE_END,
                Workload.USUAL_TICK));
    ObjectNode whole = JSON.valueToTree(usual);
    merge("", whole, given);
    var plan = JSON.convertValue(whole, RunPlan.class);
    var broken = plan.brokenRules();
    if (!broken.isEmpty()) throw new IllegalArgumentException(String.join("; ", broken));
    return plan;
  }

  /// Weights are given whole or not at all: to name a reason is to leave the others out.
  private static void merge(String pointer, ObjectNode usual, JsonNode given) {
    if (!given.isObject()) {
      throw new IllegalArgumentException(
          (pointer.isEmpty() ? "the plan" : pointer) + " must be an object");
    }
    for (var field : given.properties()) {
      var at = pointer + "/" + field.getKey();
      var before = usual.get(field.getKey());
      if (before == null) throw new IllegalArgumentException(at + " is no part of a plan");
      var value = field.getValue();
      if (before.isObject()
          && !field.getKey().equals("reasons")
          && !field.getKey().equals("methods")) {
        merge(at, (ObjectNode) before, value);
      } else if (before.getNodeType() != value.getNodeType()) {
        throw new IllegalArgumentException(at + " must be of the kind of " + before);
      } else {
        usual.set(field.getKey(), value);
      }
    }
  }
}
