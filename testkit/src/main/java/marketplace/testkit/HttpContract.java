package marketplace.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// What a service promises in its OpenAPI 3.1 document, held against what it takes and answers.
///
/// Stricter than the document in one point: an object has no fields but those that it names. A
/// caller has to bear others, but a field that nobody has documented is a mistake of ours. What is
/// no JSON (server-sent events, uploads, files) is held to its status and media type only.
public final class HttpContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JSON_TYPE = "application/json";
  private static final String PROBLEM_TYPE = "application/problem+json";
  private static final String SCHEMAS = "#/components/schemas/";
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry
                  .schemaRegistryConfig(
                      SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build())
                  .schemaCacheEnabled(false));

  /// One call and its answer.
  ///
  /// @param sent the JSON that was sent, null for anything else
  /// @param mediaType of the answer, null for an answer without a body
  /// @param answered the body of an answer in JSON, empty for any other
  public record Exchange(
      String method,
      String path,
      @Nullable String sent,
      int status,
      @Nullable String mediaType,
      String answered) {}

  private final JsonNode document;
  private final JsonNode closedSchemas;
  private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

  public HttpContract(JsonNode document) {
    this.document = document;
    this.closedSchemas = closed(document.path("components").path("schemas"));
  }

  /// One line for each promise that was not kept; empty where all is well.
  public List<String> faultsOf(Exchange exchange) {
    var operation = operationOf(exchange);
    if (operation == null) return faultsOfStray(exchange);
    List<String> faults = new ArrayList<>();
    var answer = answerOf(operation, exchange.status());
    if (answer == null) {
      faults.add("status %d is not documented".formatted(exchange.status()));
    } else {
      faults.addAll(faultsOfAnswer(answer.path("content"), exchange));
    }
    if (exchange.status() < 300) faults.addAll(faultsOfRequest(operation, exchange));
    return faults;
  }

  private @Nullable JsonNode operationOf(Exchange exchange) {
    var method = exchange.method().toLowerCase(Locale.ROOT);
    return document.path("paths").properties().stream()
        .filter(path -> matches(path.getKey(), exchange.path()))
        .filter(path -> path.getValue().has(method))
        .min(Comparator.comparingLong(path -> path.getKey().chars().filter(c -> c == '{').count()))
        .map(path -> path.getValue().path(method))
        .orElse(null);
  }

  private static boolean matches(String template, String path) {
    var pattern = Pattern.quote(template).replaceAll("\\{[^}]*}", "\\\\E[^/]+\\\\Q");
    return Pattern.matches(pattern, path);
  }

  /// What nobody has documented is not there.
  private List<String> faultsOfStray(Exchange exchange) {
    var refused = exchange.status() == 404 || exchange.status() == 405;
    if (refused && PROBLEM_TYPE.equals(exchange.mediaType())) return List.of();
    return List.of("the operation is not documented, and was answered " + exchange.status());
  }

  private @Nullable JsonNode answerOf(JsonNode operation, int status) {
    for (var name : List.of(Integer.toString(status), status / 100 + "XX")) {
      var answer = operation.path("responses").path(name);
      if (answer.has("$ref")) return document.at(answer.path("$ref").asText().substring(1));
      if (!answer.isMissingNode()) return answer;
    }
    return null;
  }

  private List<String> faultsOfAnswer(JsonNode content, Exchange exchange) {
    if (exchange.mediaType() == null) {
      return content.isEmpty() ? List.of() : List.of("the documented body is not there");
    }
    if (content.has("*/*")) return List.of();
    var documented = content.path(exchange.mediaType());
    if (documented.isMissingNode()) {
      return List.of("media type %s is not documented".formatted(exchange.mediaType()));
    }
    if (!isJson(exchange.mediaType())) return List.of();
    if (!documented.has("schema")) return List.of("the answer has no schema");
    return faults("answer", documented.path("schema"), exchange.answered());
  }

  private List<String> faultsOfRequest(JsonNode operation, Exchange exchange) {
    if (exchange.sent() == null) return List.of();
    var schema = operation.path("requestBody").path("content").path(JSON_TYPE).path("schema");
    if (schema.isMissingNode()) return List.of("a body was sent, and none is documented");
    return faults("request", schema, exchange.sent());
  }

  private List<String> faults(String what, JsonNode schema, String body) {
    try {
      return schemas.computeIfAbsent(schema, this::compiled).validate(JSON.readTree(body)).stream()
          .map(error -> what + line(error))
          .toList();
    } catch (JsonProcessingException e) {
      return List.of("the " + what + " is no JSON: " + e.getOriginalMessage());
    }
  }

  private static String line(Error error) {
    return error.getInstanceLocation() + ": " + error.getMessage();
  }

  private Schema compiled(JsonNode schema) {
    var whole = closed(schema);
    ((ObjectNode) whole).set("$defs", closedSchemas);
    return REGISTRY.getSchema(whole);
  }

  public static boolean isJson(@Nullable String mediaType) {
    return JSON_TYPE.equals(mediaType) || PROBLEM_TYPE.equals(mediaType);
  }

  /// A copy in which no object has other fields than those that it names.
  private JsonNode closed(JsonNode schema) {
    var copy = schema.deepCopy();
    close(copy);
    return copy;
  }

  private void close(JsonNode node) {
    if (node instanceof ObjectNode object) {
      var reference = object.path("$ref").asText();
      if (reference.startsWith(SCHEMAS)) {
        object.put("$ref", "#/$defs/" + reference.substring(SCHEMAS.length()));
        return;
      }
      if (object.path("allOf") instanceof ArrayNode parts) {
        // Its parts stay open for each other's fields.
        for (var part = 0; part < parts.size(); part++) parts.set(part, open(parts.get(part)));
        object.put("unevaluatedProperties", false);
        return;
      }
      if (isObjectSchema(object) && !object.has("additionalProperties")) {
        object.put("additionalProperties", false);
      }
    }
    node.forEach(this::close);
  }

  private JsonNode open(JsonNode part) {
    var whole = part.has("$ref") ? document.at(part.path("$ref").asText().substring(1)) : part;
    var copy = whole.deepCopy();
    copy.path("properties").forEach(this::close);
    return copy;
  }

  private static boolean isObjectSchema(ObjectNode schema) {
    var type = schema.path("type");
    var isObject =
        type.isArray()
            ? StreamSupport.stream(type.spliterator(), false)
                .anyMatch(one -> one.asText().equals("object"))
            : type.asText().equals("object");
    return isObject && schema.path("properties").isObject();
  }
}
