package marketplace.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;

/// A value that becomes JSON text when somebody wants to read it: a store on disk does, one in
/// memory hardly ever.
public record JsonText(Object value) {
  /// The JSON.
  @Override
  public String toString() {
    try {
      return ContractJson.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value, e);
    }
  }
}
