package marketplace.simulation.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import marketplace.contracts.ContractJson;
import marketplace.simulation.journal.Published;
import marketplace.simulation.scenario.Scenario.ExpectedEvent;

/// Compares the events of an order with those of a story: all of them, each with its time and data,
/// and none before what it follows from. What happens at the same time in two services has no
/// order.
final class EventMatching {
  private static final ObjectMapper JSON = ContractJson.mapper();

  private EventMatching() {}

  static List<String> differences(
      List<ExpectedEvent> expected, List<Published> found, Names names) {
    List<String> result = new ArrayList<>();
    List<Published> left = new ArrayList<>(found);
    List<Published> inStoryOrder = new ArrayList<>();
    for (var wanted : expected) {
      var match = left.stream().filter(event -> event.type().equals(wanted.type())).findFirst();
      if (match.isEmpty()) {
        result.add("expected " + wanted.type() + ", it never came");
        continue;
      }
      left.remove(match.get());
      inStoryOrder.add(match.get());
      compare(wanted, match.get(), names, result);
    }
    left.forEach(
        event -> result.add("not expected: %s %s".formatted(event.type(), event.message())));
    outOfOrder(inStoryOrder, result);
    return result;
  }

  private static void compare(
      ExpectedEvent wanted, Published event, Names names, List<String> result) {
    var at = wanted.at();
    if (at != null) {
      Instant time = names.time(at);
      if (!time.equals(event.envelope().time())) {
        result.add(
            "%s: expected at %s, found at %s"
                .formatted(wanted.type(), time, event.envelope().time()));
      }
    }
    JsonNode data = JSON.valueToTree(event.message());
    Matching.differences(names.resolve(wanted.data()), data)
        .forEach(difference -> result.add(wanted.type() + difference));
  }

  private static void outOfOrder(List<Published> events, List<String> result) {
    Map<UUID, String> told = new HashMap<>();
    for (var i = events.size() - 1; i >= 0; i--) {
      var event = events.get(i);
      var later = told.get(event.envelope().causationId());
      if (later != null) {
        result.add(
            "%s follows from %s, but the story has it before".formatted(event.type(), later));
      }
      told.put(event.envelope().id(), event.type());
    }
  }
}
