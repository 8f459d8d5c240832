package marketplace.simulation.document;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A YAML document as JSON that remembers on which line each value stands, so that a mistake can be
/// shown to the person who made it.
///
/// @param file its name, for messages
/// @param lines by JSON pointer
public record Document(String file, JsonNode json, Map<String, Integer> lines) {
  private static final int CHARACTERS_MAX = 200_000;

  /// @param text YAML or JSON
  /// @throws DocumentException for what is neither, with the line
  public static Document read(String file, String text) {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(0);
    options.setCodePointLimit(CHARACTERS_MAX);
    try {
      var root = new Yaml(options).compose(new StringReader(text));
      if (root == null) throw new DocumentException(file, 1, "", "the file is empty");
      Map<String, Integer> lines = new HashMap<>();
      return new Document(file, toJson(file, root, JsonPointer.empty(), lines), lines);
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      throw new DocumentException(
          file, mark == null ? 1 : mark.getLine() + 1, "", String.valueOf(e.getProblem()));
    }
  }

  /// @param pointer to the value that is wrong
  public DocumentException mistake(String pointer, String problem) {
    return new DocumentException(file, lineOf(pointer), pointer, problem);
  }

  /// Of the value itself, or of the nearest one around it.
  private int lineOf(String pointer) {
    for (var at = pointer; ; at = at.substring(0, Math.max(0, at.lastIndexOf('/')))) {
      var line = lines.get(at);
      if (line != null) return line;
      if (at.isEmpty()) return 1;
    }
  }

  private static JsonNode toJson(
      String file, Node node, JsonPointer at, Map<String, Integer> lines) {
    lines.put(at.toString(), node.getStartMark().getLine() + 1);
    return switch (node) {
      case MappingNode mapping -> {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (var tuple : mapping.getValue()) {
          if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            throw new DocumentException(
                file, tuple.getKeyNode().getStartMark().getLine() + 1, at.toString(), "odd key");
          }
          var name = key.getValue();
          if (object.has(name)) {
            throw new DocumentException(
                file, key.getStartMark().getLine() + 1, at.toString(), name + " stands twice");
          }
          var below = at.appendProperty(name);
          object.set(name, toJson(file, tuple.getValueNode(), below, lines));
          // A mistake in a value is best shown where its name stands.
          lines.put(below.toString(), key.getStartMark().getLine() + 1);
        }
        yield object;
      }
      case SequenceNode sequence -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (var element : sequence.getValue()) {
          array.add(toJson(file, element, at.appendIndex(array.size()), lines));
        }
        yield array;
      }
      case ScalarNode scalar -> scalar(scalar);
      default -> throw new IllegalStateException("no such YAML node: " + node);
    };
  }

  /// Times and decimals stay text: what counts is what was written, not YAML's types.
  private static JsonNode scalar(ScalarNode scalar) {
    var text = scalar.getValue();
    var json = JsonNodeFactory.instance;
    if (scalar.getTag().equals(Tag.NULL)) return json.nullNode();
    if (scalar.getTag().equals(Tag.BOOL)) return json.booleanNode(text.equalsIgnoreCase("true"));
    if (scalar.getTag().equals(Tag.INT) && text.matches("-?\\d{1,18}")) {
      return json.numberNode(Long.parseLong(text));
    }
    return json.textNode(text);
  }
}
