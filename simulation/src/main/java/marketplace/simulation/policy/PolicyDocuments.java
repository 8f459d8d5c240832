package marketplace.simulation.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import marketplace.contracts.ContractJson;
import marketplace.kernel.Policies;
import marketplace.kernel.PolicySet;

/// Reads policy sets (domain, section 5). What is left out is as in `STANDARD_72H`.
public final class PolicyDocuments {
  private static final ObjectMapper JSON = ContractJson.mapper();
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern ID = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

  private PolicyDocuments() {}

  /// @throws InvalidPolicyException which names the field and the rule that it breaks
  public static PolicySet read(JsonNode given) {
    if (!ID.matcher(given.path("policyId").asText()).matches()) {
      throw new InvalidPolicyException("/policyId", "must be such as GENEROUS_5D");
    }
    ObjectNode whole = JSON.valueToTree(Policies.STANDARD_72H);
    for (var field : given.properties()) {
      var pointer = "/" + field.getKey();
      var usual = whole.get(field.getKey());
      if (usual == null) throw new InvalidPolicyException(pointer, "is no term");
      // Jackson would take the number 7 for seven seconds.
      if (field.getValue().getNodeType() != usual.getNodeType()) {
        throw new InvalidPolicyException(pointer, "must be of the kind of " + usual);
      }
      whole.set(field.getKey(), field.getValue());
    }
    PolicySet policy;
    try {
      policy = JSON.convertValue(whole, PolicySet.class);
    } catch (IllegalArgumentException e) {
      throw new InvalidPolicyException("", String.valueOf(e.getMessage()));
    }
    var broken = policy.brokenRules();
    if (!broken.isEmpty()) throw new InvalidPolicyException("", String.join("; ", broken));
    return policy;
  }

  /// A file in YAML or JSON.
  ///
  /// @throws InvalidPolicyException which names the field and the rule that it breaks
  /// @throws IOException where the file cannot be read or is neither
  public static PolicySet read(Path file) throws IOException {
    return read(YAML.readTree(Files.readString(file)));
  }
}
