package marketplace.simulation.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import marketplace.simulation.scenario.Scenario.Expectation;
import marketplace.simulation.world.Reply;

/// Is what was expected part of what was found? Objects may have more fields; lists may not have
/// more elements.
final class Matching {
  private Matching() {}

  static List<String> differences(Expectation expected, JsonNode expectedBody, Reply found) {
    List<String> result = new ArrayList<>();
    var status = expected.status();
    if (status != null && status != found.status()) {
      result.add("status: expected %d, found %d".formatted(status, found.status()));
    }
    compare("", expectedBody, found.body(), result);
    expected.contains().forEach((field, values) -> holds(field, values, true, found, result));
    expected.lacks().forEach((field, values) -> holds(field, values, false, found, result));
    return result;
  }

  static List<String> differences(JsonNode expected, JsonNode found) {
    List<String> result = new ArrayList<>();
    compare("", expected, found, result);
    return result;
  }

  private static void holds(
      String field, List<String> values, boolean wanted, Reply found, List<String> result) {
    List<String> there = new ArrayList<>();
    found.body().path(field).forEach(value -> there.add(value.asText()));
    for (var value : values) {
      if (there.contains(value) == wanted) continue;
      result.add(
          "/%s: %s %s, found %s"
              .formatted(field, wanted ? "must hold" : "must not hold", value, there));
    }
  }

  private static void compare(String at, JsonNode expected, JsonNode found, List<String> result) {
    if (expected.isMissingNode()) return;
    if (expected.isObject() && found.isObject()) {
      for (Map.Entry<String, JsonNode> field : expected.properties()) {
        compare(at + "/" + field.getKey(), field.getValue(), found.path(field.getKey()), result);
      }
    } else if (expected.isArray() && found.isArray() && expected.size() == found.size()) {
      for (var i = 0; i < expected.size(); i++) {
        compare(at + "/" + i, expected.get(i), found.get(i), result);
      }
    } else if (!same(expected, found)) {
      result.add(
          "%s: expected %s, found %s"
              .formatted(at, expected, found.isMissingNode() ? "nothing" : found));
    }
  }

  private static boolean same(JsonNode expected, JsonNode found) {
    if (expected.isNull()) return found.isNull() || found.isMissingNode();
    if (expected.isTextual() && found.isTextual()) {
      var time = Names.instant(expected.textValue());
      if (time != null) return time.equals(Names.instant(found.textValue()));
    }
    if (expected.isIntegralNumber() && found.isIntegralNumber()) {
      return expected.longValue() == found.longValue();
    }
    return expected.equals(found);
  }
}
