package marketplace.simulation.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Optional;

/// What documents of one kind look like: a JSON Schema.
public final class DocumentSchema {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// A schema may say in better words than its own what is wrong.
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().errorMessageKeyword("errorMessage").build()));

  private final JsonNode text;
  private final Schema schema;

  private DocumentSchema(JsonNode text) {
    this.text = text;
    schema = REGISTRY.getSchema(text);
  }

  /// @param path such as `/policies/policy.schema.json`
  public static DocumentSchema onClassPath(String path) {
    try (var stream = DocumentSchema.class.getResourceAsStream(path)) {
      if (stream == null) throw new IllegalStateException(path + " is not on the class path");
      return new DocumentSchema(JSON.readTree(stream));
    } catch (IOException e) {
      throw new UncheckedIOException(path + " is no JSON", e);
    }
  }

  /// For those who want to check their own before sending it.
  public JsonNode json() {
    return text;
  }

  /// @param pointer to the value that is wrong
  public record Mistake(String pointer, String problem) {}

  /// The one of all mistakes that is deepest in the document: it is nearest to what was meant.
  public Optional<Mistake> mistake(JsonNode document) {
    return schema.validate(document).stream()
        .map(error -> new Mistake(pointer(error), problem(error)))
        .max(Comparator.comparingInt(mistake -> mistake.pointer().length()));
  }

  private static String problem(Error error) {
    return switch (error.getKeyword()) {
      case "required" -> "is missing";
      case "additionalProperties" -> "is not known here";
      default -> error.getMessage();
    };
  }

  private static String pointer(Error error) {
    var path = error.getInstanceLocation().toString();
    if (path.equals("/")) path = "";
    return error.getProperty() == null ? path : path + "/" + error.getProperty();
  }
}
