package marketplace.simulation.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import marketplace.simulation.memory.MemoryServices;

/// Fault rules for all instances of a service. They stand on the control topic, so that one that
/// starts again, or another one, obeys them too.
public final class LiveFaults {
  private static final String KEY = "faults:";
  private static final String RULES = "rules";

  /// Nobody takes longer to read one record; who does not answer reads it when he starts.
  private static final Duration HEARD_MAX = Duration.ofSeconds(10);

  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final ControlTopic control;
  private final Services services;

  LiveFaults(ControlTopic control, Services services) {
    this.control = control;
    this.services = services;
  }

  /// @param owner empty for whoever gives no name; their rules do not replace each other's
  /// @param rules as they were set
  public record Standing(String service, String owner, List<JsonNode> rules) {}

  /// All that are in force, by service and owner.
  public List<Standing> standing() {
    List<Standing> standing = new ArrayList<>();
    new TreeMap<>(control.read())
        .forEach((key, body) -> {
          if (!key.startsWith(KEY) || body.path(RULES).isEmpty()) return;
          var whose = key.substring(KEY.length()).split(":", 2);
          List<JsonNode> rules = new ArrayList<>();
          body.get(RULES).forEach(rules::add);
          standing.add(new Standing(whose[0], whose.length > 1 ? whose[1] : "", rules));
        });
    return standing;
  }

  /// Puts these in the place of the owner's last, and waits until the service has heard of it, if
  /// it is there.
  ///
  /// @param rules an empty list ends them
  /// @throws marketplace.eventsourcing.control.BadFaultRuleException where the service could not
  ///   obey them; nothing has changed then
  public void replace(String service, String owner, JsonNode rules) {
    var body = JsonNodeFactory.instance.objectNode().set(RULES, rules);
    check(service, body);
    control.put(KEY + service + (owner.isEmpty() ? "" : ":" + owner), body);
    awaitHeard(service, "control" + (owner.isEmpty() ? "" : ":" + owner), rules);
  }

  /// @throws marketplace.eventsourcing.control.BadFaultRuleException as above
  public static void check(String service, JsonNode body) {
    MemoryServices.faultRules(service).replace("check", body);
  }

  private void awaitHeard(String service, String owner, JsonNode rules) {
    var end = System.nanoTime() + HEARD_MAX.toNanos();
    try {
      while (!heard(service, owner).equals(rules) && System.nanoTime() < end) {
        Thread.sleep(LOOK_EVERY);
      }
    } catch (ServiceUnavailableException _) {
      return; // as said
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceUnavailableException("interrupted while waiting for " + service, e);
    }
  }

  private JsonNode heard(String service, String owner) {
    var heard = JsonNodeFactory.instance.arrayNode();
    for (var rule : services.ask(service, "/v1/simulation/faults").body().path(RULES)) {
      if (rule.path("owner").asText().equals(owner)) heard.add(rule.get("rule"));
    }
    return heard;
  }
}
