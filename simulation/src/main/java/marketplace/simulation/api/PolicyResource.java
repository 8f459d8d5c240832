package marketplace.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import marketplace.contracts.ContractJson;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.kernel.PolicySet;
import marketplace.simulation.live.LiveMarket;
import marketplace.simulation.policy.InvalidPolicyException;
import marketplace.simulation.policy.PolicyDocuments;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Terms that orders can be placed under. A set never changes once it is known.
@Path("/v1/policies")
@Tag(name = "Policies")
@RunOnVirtualThread
class PolicyResource {
  private static final ObjectMapper JSON = ContractJson.mapper();

  private final LiveMarket market;
  private final Commands commands;

  PolicyResource(LiveMarket market, Commands commands) {
    this.market = market;
    this.commands = commands;
  }

  @GET
  @Operation(operationId = "listPolicies", summary = "All policy sets")
  public List<JsonNode> list() {
    return market.policies().stream().<JsonNode>map(JSON::valueToTree).toList();
  }

  @GET
  @Path("/schema")
  @Operation(operationId = "getPolicySchema", summary = "The JSON Schema of a policy set")
  public JsonNode schema() {
    return PolicyDocuments.schema();
  }

  @GET
  @Path("/{policyId}")
  @Operation(operationId = "getPolicy", summary = "One policy set")
  public JsonNode get(@PathParam("policyId") String policyId) {
    return find(policyId)
        .<JsonNode>map(JSON::valueToTree)
        .orElseThrow(() -> Problems.notFound("no such policy set: " + policyId));
  }

  @POST
  @Operation(
      operationId = "addPolicy",
      summary = "A new policy set; what is left out is as in STANDARD_72H")
  public Response add(@Nullable ObjectNode body) {
    return commands.once(body, () -> added(body));
  }

  private Response added(@Nullable ObjectNode body) {
    if (body == null) throw Problems.invalid("/policyId", "must be such as GENEROUS_5D");
    var policy = policy(body);
    var policyId = policy.policyId();
    if (find(policyId).isPresent()) {
      throw new ProblemException(
          Problem.of(409, "POLICY_EXISTS", policyId + " is known, and sets do not change", null));
    }
    market.publish(policy);
    return Response.status(201).entity(JSON.valueToTree(policy)).build();
  }

  private static PolicySet policy(ObjectNode body) {
    try {
      return PolicyDocuments.read(body);
    } catch (InvalidPolicyException e) {
      throw Problems.invalid(e.pointer(), e.why());
    }
  }

  private Optional<PolicySet> find(String policyId) {
    return market.policies().stream().filter(set -> set.policyId().equals(policyId)).findFirst();
  }
}
