package marketplace.eventsourcing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// One thing that a caller may ask of a service. Its HTTP form is only a name here: the simulation
/// calls it in memory, and over HTTP by method and path, with the same arguments.
///
/// @param path with its parameters in braces: `/v1/orders/{orderId}`
public record Operation(String method, String path, Preparation preparation) {

  /// Pure: turns a call into what has to be decided or read.
  @FunctionalInterface
  public interface Preparation {
    /// @param parameters of path and query
    /// @throws ProblemException for arguments that cannot be understood
    Prepared prepare(Call call, Map<String, String> parameters, JsonNode body);
  }
}
