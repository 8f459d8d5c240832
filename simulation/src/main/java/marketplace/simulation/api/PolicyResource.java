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
import java.util.regex.Pattern;
import marketplace.contracts.ContractJson;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.kernel.Policies;
import marketplace.kernel.PolicySet;
import marketplace.simulation.live.LiveMarket;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Terms that orders can be placed under. A set never changes once it is known.
@Path("/v1/policies")
@Tag(name = "Policies")
@RunOnVirtualThread
class PolicyResource {
  private static final ObjectMapper JSON = ContractJson.mapper();
  private static final Pattern ID = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

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
    var policyId = body == null ? "" : body.path("policyId").asText();
    if (body == null || !ID.matcher(policyId).matches()) {
      throw Problems.invalid("/policyId", "must be such as GENEROUS_5D");
    }
    var policy = policy(body);
    var broken = policy.brokenRules();
    if (!broken.isEmpty()) throw Problems.invalid("", String.join("; ", broken));
    if (find(policyId).isPresent()) {
      throw new ProblemException(
          Problem.of(409, "POLICY_EXISTS", policyId + " is known, and sets do not change", null));
    }
    market.publish(policy);
    return Response.status(201).entity(JSON.valueToTree(policy)).build();
  }

  private static PolicySet policy(ObjectNode body) {
    ObjectNode whole = JSON.valueToTree(Policies.STANDARD_72H);
    for (var field : body.properties()) {
      var pointer = "/" + field.getKey();
      var usual = whole.get(field.getKey());
      if (usual == null) throw Problems.invalid(pointer, "is no term");
      // Jackson would take the number 7 for seven seconds.
      if (field.getValue().getNodeType() != usual.getNodeType()) {
        throw Problems.invalid(pointer, "must be of the kind of " + usual);
      }
      whole.set(field.getKey(), field.getValue());
    }
    return JSON.convertValue(whole, PolicySet.class);
  }

  private Optional<PolicySet> find(String policyId) {
    return market.policies().stream().filter(set -> set.policyId().equals(policyId)).findFirst();
  }
}
