package marketplace.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import marketplace.kernel.Units;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What was promised to readers of the topics: for each type an example that stays readable for
/// ever, and a schema that says the same as the record. With `-Dgolden.write=true` files that do
/// not exist are written; an existing one is never touched.
class MessagePromiseTest {
  private static final Path EXAMPLES = Path.of("src/test/resources/golden");
  private static final Path SCHEMAS = Path.of("src/main/resources/schemas");
  private static final ObjectMapper JSON = ContractJson.mapper();

  /// One type of one family.
  record Promise<M extends Message>(MessageFamily<M> family, Class<? extends M> type) {
    String name() {
      return type.getSimpleName();
    }

    @Override
    public String toString() {
      return name();
    }
  }

  static Stream<Promise<?>> promises() {
    return Stream.of(
            of(MessageFamily.ORDER, OrderMessage.class),
            of(MessageFamily.SELLER, SellerMessage.class),
            of(MessageFamily.SELLER_ACCOUNTS, SellerAccountMessage.class),
            of(MessageFamily.REFUND, RefundMessage.class),
            of(MessageFamily.DISPUTE, DisputeMessage.class))
        .flatMap(promises -> promises);
  }

  private static <M extends Message> Stream<Promise<?>> of(MessageFamily<M> family, Class<M> root) {
    return Arrays.stream(root.getPermittedSubclasses())
        .map(type -> new Promise<>(family, type.asSubclass(root)));
  }

  @ParameterizedTest
  @MethodSource("promises")
  <M extends Message> void is_written_as_it_always_was(Promise<M> promise) throws IOException {
    var written = pretty(promise.family().write(Samples.sampleOf(promise.type())));

    assertThat(kept(EXAMPLES.resolve(promise.name() + ".v1.json"), written)).isEqualTo(written);
  }

  @ParameterizedTest
  @MethodSource("promises")
  <M extends Message> void the_example_of_old_still_reads(Promise<M> promise) throws IOException {
    var old = Files.readAllBytes(EXAMPLES.resolve(promise.name() + ".v1.json"));

    assertThat(promise.family().read(promise.name(), old))
        .isEqualTo(Samples.sampleOf(promise.type()));
  }

  @ParameterizedTest
  @MethodSource("promises")
  <M extends Message> void a_record_under_a_foreign_key_is_refused(Promise<M> promise)
      throws IOException {
    var message = Samples.sampleOf(promise.type());
    var data = Files.readAllBytes(example(promise));
    var schema = MessageFamily.dataSchema(promise.name());
    var foreign = UUID.randomUUID();

    assertThat(promise.family().read(promise.name(), schema, message.key(), data))
        .isEqualTo(message);
    assertThatThrownBy(() -> promise.family().read(promise.name(), schema, foreign, data))
        .isInstanceOf(UnreadableMessageException.class)
        .hasMessage(
            "%s: the key must be %s, was %s".formatted(promise.name(), message.key(), foreign));
  }

  @ParameterizedTest
  @MethodSource("promises")
  void the_schema_says_what_the_record_says(Promise<?> promise) throws IOException {
    var expected = schemaOf(promise.type());
    var file = SCHEMAS.resolve(promise.name() + ".v1.json");
    var whole = JSON.createObjectNode();
    whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    whole.put("$id", MessageFamily.dataSchema(promise.name()));
    whole.put("title", promise.name());
    whole.setAll(expected);

    assertThat(JSON.readTree(kept(file, pretty(whole.toString())))).isEqualTo(whole);
  }

  @ParameterizedTest
  @MethodSource("promises")
  void the_schema_accepts_the_example_and_refuses_a_broken_one(Promise<?> promise)
      throws IOException {
    var schema = schema(promise);
    var example = (ObjectNode) JSON.readTree(Files.readString(example(promise)));
    assertThat(schema.validate(example.toString(), InputFormat.JSON)).isEmpty();

    var field = example.fieldNames().next();
    var wrongType = example.deepCopy().put(field, 3.5);
    assertThat(schema.validate(wrongType.toString(), InputFormat.JSON)).isNotEmpty();
    var missing = example.deepCopy();
    missing.remove(field);
    assertThat(schema.validate(missing.toString(), InputFormat.JSON)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("promises")
  void a_field_that_is_not_known_is_ignored(Promise<?> promise) throws IOException {
    var example = (ObjectNode) JSON.readTree(Files.readString(example(promise)));
    example.put("addedLater", "by a newer producer");

    assertThat(promise.family().read(promise.name(), bytes(example)))
        .isEqualTo(Samples.sampleOf(promise.type()));
    assertThat(schema(promise).validate(example.toString(), InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("promises")
  void a_missing_field_makes_it_unreadable(Promise<?> promise) throws IOException {
    for (var component : promise.type().getRecordComponents()) {
      if (nullable(component)) continue;
      var example = (ObjectNode) JSON.readTree(Files.readString(example(promise)));
      example.remove(component.getName());

      assertThatThrownBy(() -> promise.family().read(promise.name(), bytes(example)))
          .isInstanceOf(UnreadableMessageException.class)
          .hasMessageContaining(component.getName());
    }
  }

  private static byte[] bytes(JsonNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Path example(Promise<?> promise) {
    return EXAMPLES.resolve(promise.name() + ".v1.json");
  }

  private static Schema schema(Promise<?> promise) throws IOException {
    var text = Files.readString(SCHEMAS.resolve(promise.name() + ".v1.json"));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text);
  }

  private static String kept(Path file, String text) throws IOException {
    if (!Files.exists(file) && Boolean.getBoolean("golden.write")) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text + "\n");
    }
    assertThat(file).as("its text would be: %s", text).exists();
    return Files.readString(file).strip();
  }

  private static String pretty(String json) throws IOException {
    return JSON.writerWithDefaultPrettyPrinter()
        .writeValueAsString(JSON.readTree(json))
        .replace("\r\n", "\n");
  }

  private static ObjectNode schemaOf(Class<?> recordType) {
    var schema = JSON.createObjectNode().put("type", "object");
    var properties = schema.putObject("properties");
    List<String> required = new ArrayList<>();
    for (var component : recordType.getRecordComponents()) {
      var property = typeOf(component.getGenericType());
      if (nullable(component)) {
        var either = properties.putObject(component.getName()).putArray("anyOf");
        either.add(property);
        either.addObject().put("type", "null");
      } else {
        properties.set(component.getName(), property);
        required.add(component.getName());
      }
    }
    var array = schema.putArray("required");
    required.forEach(array::add);
    return schema;
  }

  private static ObjectNode typeOf(Type type) {
    var schema = JSON.createObjectNode();
    if (type instanceof ParameterizedType list) {
      schema.put("type", "array");
      schema.set("items", typeOf(list.getActualTypeArguments()[0]));
      return schema;
    }
    var javaType = (Class<?>) type;
    if (javaType == String.class) return schema.put("type", "string");
    if (javaType == boolean.class) return schema.put("type", "boolean");
    if (javaType == Instant.class) return schema.put("type", "string").put("format", "date-time");
    if (javaType == Duration.class) return schema.put("type", "string").put("format", "duration");
    if (javaType == UUID.class || isId(javaType)) {
      return schema.put("type", "string").put("format", "uuid");
    }
    if (javaType == long.class || javaType == int.class || javaType == Long.class) {
      return schema.put("type", "integer");
    }
    if (javaType == Units.class) {
      schema.put("type", "array");
      var line = schema.putObject("items");
      line.put("type", "object");
      var properties = line.putObject("properties");
      properties.putObject("lineId").put("type", "string").put("format", "uuid");
      properties.putObject("quantity").put("type", "integer").put("minimum", 1);
      line.putArray("required").add("lineId").add("quantity");
      return schema;
    }
    if (javaType.isEnum()) {
      var values = schema.put("type", "string").putArray("enum");
      for (var constant : javaType.getEnumConstants()) values.add(constant.toString());
      return schema;
    }
    return schemaOf(javaType);
  }

  private static boolean isId(Class<?> type) {
    return type.isRecord()
        && type.getRecordComponents().length == 1
        && type.getRecordComponents()[0].getType() == UUID.class;
  }

  private static boolean nullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }
}
