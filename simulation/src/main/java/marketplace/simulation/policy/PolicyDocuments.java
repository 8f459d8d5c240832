package marketplace.simulation.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import marketplace.contracts.ContractJson;
import marketplace.kernel.Policies;
import marketplace.kernel.PolicySet;
import marketplace.simulation.document.Document;
import marketplace.simulation.document.DocumentException;
import marketplace.simulation.document.DocumentSchema;

/// Reads policy sets (domain, section 5). What is left out is as in `STANDARD_72H`.
public final class PolicyDocuments {
  private static final ObjectMapper JSON = ContractJson.mapper();
  private static final DocumentSchema SCHEMA =
      DocumentSchema.onClassPath("/policies/policy.schema.json");

  private PolicyDocuments() {}

  /// As JSON, for those who want to check their own before sending it.
  public static JsonNode schema() {
    return SCHEMA.json();
  }

  /// @throws InvalidPolicyException which names the field and the rule that it breaks
  public static PolicySet read(JsonNode given) {
    SCHEMA
        .mistake(given)
        .ifPresent(mistake -> {
          throw new InvalidPolicyException(mistake.pointer(), mistake.problem());
        });
    ObjectNode whole = JSON.valueToTree(Policies.STANDARD_72H);
    whole.setAll((ObjectNode) given);
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

  /// @param file its name, for messages
  /// @param text YAML or JSON
  /// @throws DocumentException which names file, line, field and the rule that it breaks
  public static PolicySet read(String file, String text) {
    var document = Document.read(file, text);
    try {
      return read(document.json());
    } catch (InvalidPolicyException e) {
      throw document.mistake(e.pointer(), e.why());
    }
  }
}
