package marketplace.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What a consumer has found out, question by question.
final class Answers {
  static final int DIFFERENT = 1;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN = 5;

  private final JsonNode right;
  private final Map<String, Object> found = new LinkedHashMap<>();

  Answers(Path expected) throws IOException {
    right = JSON.readTree(expected.toFile());
  }

  /// The hours, days or names that a question is asked for.
  Set<String> asked(String question) {
    var names = new TreeSet<String>();
    right.path(question).fieldNames().forEachRemaining(names::add);
    return names;
  }

  /// @param question its name in `expected.json`
  /// @param answer what becomes the same JSON
  Answers with(String question, Object answer) {
    found.put(question, answer);
    return this;
  }

  /// Prints how each answer stands to the right one.
  ///
  /// @return the exit code
  int compare() {
    var wrong = 0;
    for (var answer : found.entrySet()) {
      var mine = json(answer.getValue());
      var differences = differences("", right.path(answer.getKey()), mine);
      System.out.printf("%s %s%n", differences.isEmpty() ? "ok " : "NOT", answer.getKey());
      differences.stream().limit(SHOWN).forEach(text -> System.out.println("      " + text));
      if (differences.size() > SHOWN) {
        System.out.printf("      and %d more%n", differences.size() - SHOWN);
      }
      if (!differences.isEmpty()) wrong++;
    }
    return wrong == 0 ? 0 : DIFFERENT;
  }

  /// Through text, so that numbers of one value are equal whatever their types were.
  private static JsonNode json(Object answer) {
    try {
      return JSON.readTree(JSON.writeValueAsBytes(answer));
    } catch (IOException e) {
      throw new IllegalArgumentException("no JSON: " + answer, e);
    }
  }

  private static List<String> differences(String at, JsonNode right, JsonNode mine) {
    List<String> differences = new ArrayList<>();
    if (!right.isObject() || !mine.isObject()) {
      if (!right.equals(mine)) {
        differences.add("%s: expected %s, found %s".formatted(at, shown(right), shown(mine)));
      }
      return differences;
    }
    var names = new TreeSet<String>();
    right.fieldNames().forEachRemaining(names::add);
    mine.fieldNames().forEachRemaining(names::add);
    for (var name : names) {
      differences.addAll(differences(at + "/" + name, right.path(name), mine.path(name)));
    }
    return differences;
  }

  private static String shown(JsonNode json) {
    return json.isMissingNode() ? "nothing" : json.toString();
  }
}
