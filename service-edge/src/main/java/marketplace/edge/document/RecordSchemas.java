package marketplace.edge.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.ParameterizedType;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

/// The schemas of bodies, read from the records that Jackson reads and writes. `@Nullable` decides:
/// what has it may be left out of a request, and may be null in an answer; an answer has all its
/// fields. The framework's own scanner knows nothing of `@Nullable`, gives nested records of one
/// name numbers that change when another is added, and leaves out what is unwrapped.
final class RecordSchemas {
  /// Which way a body goes.
  enum Way {
    TO_US,
    FROM_US
  }

  private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
  private static final Set<String> LISTS =
      Set.of("java.util.List", "java.util.Set", "java.util.Collection", "java.util.SequencedSet");
  private static final Set<String> ANYTHING =
      Set.of(
          "java.lang.Object",
          "com.fasterxml.jackson.databind.JsonNode",
          "com.fasterxml.jackson.databind.node.ObjectNode");

  /// Classes that only hold records together, and say nothing about them.
  private static final Pattern PLACE = Pattern.compile(".*(Bodies|Reader|Requests|Resource)");

  /// What a type looks like that is no record of ours: type and format.
  private record Plain(SchemaType type, @Nullable String format) {}

  private static final Map<String, Plain> PLAIN =
      Map.ofEntries(
          Map.entry("boolean", new Plain(SchemaType.BOOLEAN, null)),
          Map.entry("java.lang.Boolean", new Plain(SchemaType.BOOLEAN, null)),
          Map.entry("int", new Plain(SchemaType.INTEGER, "int32")),
          Map.entry("java.lang.Integer", new Plain(SchemaType.INTEGER, "int32")),
          Map.entry("long", new Plain(SchemaType.INTEGER, "int64")),
          Map.entry("java.lang.Long", new Plain(SchemaType.INTEGER, "int64")),
          Map.entry("double", new Plain(SchemaType.NUMBER, "double")),
          Map.entry("java.lang.Double", new Plain(SchemaType.NUMBER, "double")),
          Map.entry("java.math.BigDecimal", new Plain(SchemaType.NUMBER, null)),
          Map.entry("java.lang.String", new Plain(SchemaType.STRING, null)),
          Map.entry("java.util.Currency", new Plain(SchemaType.STRING, null)),
          Map.entry("java.net.URI", new Plain(SchemaType.STRING, "uri")),
          Map.entry("java.util.UUID", new Plain(SchemaType.STRING, "uuid")),
          Map.entry("java.time.Duration", new Plain(SchemaType.STRING, "duration")),
          Map.entry("java.time.Instant", new Plain(SchemaType.STRING, "date-time")),
          Map.entry("java.time.LocalDate", new Plain(SchemaType.STRING, "date")));

  /// @param type with its arguments; two types must not have one name
  private record Source(String type, Way way) {}

  private final IndexView index;
  private final Map<String, Schema> schemas = new TreeMap<>();
  private final Map<String, Source> sources = new HashMap<>();

  RecordSchemas(IndexView index) {
    this.index = index;
  }

  /// All that were asked for, and all that these refer to, by name.
  Map<String, Schema> all() {
    return schemas;
  }

  /// @param demanded fields that must be sent although their type could do without
  Schema of(Type type, Way way, List<String> demanded) {
    var schema = of(type, way, Map.of());
    if (demanded.isEmpty()) return schema;
    var named = schemas.get(nameOf(type, Map.of()));
    if (named == null) throw new IllegalStateException(type + " has no fields");
    for (var field : demanded) {
      var property = named.getProperties().get(field);
      if (property == null) throw new IllegalStateException(type + " has no field " + field);
      named.addProperty(field, withoutNull(property));
      if (named.getRequired() == null || !named.getRequired().contains(field)) {
        named.addRequired(field);
      }
    }
    return schema;
  }

  private Schema of(Type type, Way way, Map<String, Type> arguments) {
    var name = type.name().toString();
    var plain = PLAIN.get(name);
    if (plain != null) return typed(plain.type()).format(plain.format());
    if (ANYTHING.contains(name)) return OASFactory.createSchema();
    return switch (type.kind()) {
      case TYPE_VARIABLE -> of(bound(type, arguments), way, arguments);
      case ARRAY -> listOf(type.asArrayType().elementType(), way, arguments);
      case PARAMETERIZED_TYPE -> ofSome(type.asParameterizedType(), way, arguments);
      default -> reference(type, way, arguments);
    };
  }

  private Schema ofSome(ParameterizedType type, Way way, Map<String, Type> arguments) {
    var name = type.name().toString();
    var last = type.arguments().getLast();
    if (LISTS.contains(name)) return listOf(last, way, arguments);
    if (!name.equals("java.util.Map")) return reference(type, way, arguments);
    return typed(SchemaType.OBJECT).additionalPropertiesSchema(orNull(last, way, arguments));
  }

  private static Type bound(Type type, Map<String, Type> arguments) {
    var bound = arguments.get(type.asTypeVariable().identifier());
    if (bound == null) throw new IllegalStateException("what is " + type + "?");
    return bound;
  }

  private Schema listOf(Type item, Way way, Map<String, Type> arguments) {
    return typed(SchemaType.ARRAY).items(orNull(item, way, arguments));
  }

  private Schema orNull(Type type, Way way, Map<String, Type> arguments) {
    var schema = of(type, way, arguments);
    if (!type.hasAnnotation(NULLABLE)) return schema;
    return schema.getType() == null ? eitherOr(schema) : schema.addType(SchemaType.NULL);
  }

  private static Schema eitherOr(Schema schema) {
    return OASFactory.createSchema().addAnyOf(schema).addAnyOf(typed(SchemaType.NULL));
  }

  private static Schema withoutNull(Schema property) {
    if (property.getAnyOf() != null) return property.getAnyOf().getFirst();
    if (property.getType() != null) property.removeType(SchemaType.NULL);
    return property;
  }

  private Schema reference(Type type, Way way, Map<String, Type> arguments) {
    var found = index.getClassByName(type.name());
    if (found == null) throw new IllegalStateException(type + " is not in the index");
    var value = soleValue(found);
    if (value != null) return of(value, way, arguments);
    var name = nameOf(type, arguments);
    var known = sources.get(name);
    var source = new Source(resolved(type, arguments), way);
    if (known == null) {
      sources.put(name, source);
      schemas.put(name, OASFactory.createSchema());
      schemas.put(name, written(found, type, way, arguments));
    } else if (!known.equals(source)) {
      mustBeTheSame(name, known, source, written(found, type, way, arguments));
    }
    return OASFactory.createSchema().ref(name);
  }

  private void mustBeTheSame(String name, Source known, Source source, Schema schema) {
    if (known.type().equals(source.type()) && schema.equals(schemas.get(name))) return;
    throw new IllegalStateException(
        "%s would mean both %s and %s; give one of them another name"
            .formatted(name, known, source));
  }

  private Schema written(ClassInfo found, Type type, Way way, Map<String, Type> arguments) {
    if (found.isEnum()) {
      return typed(SchemaType.STRING)
          .enumeration(found.enumConstants().stream().<Object>map(FieldInfo::name).toList());
    }
    if (!found.isRecord()) {
      throw new IllegalStateException(found + " is neither a record nor an enum");
    }
    var schema = typed(SchemaType.OBJECT);
    addFields(schema, found, way, argumentsOf(found, type, arguments));
    return schema;
  }

  private void addFields(Schema schema, ClassInfo found, Way way, Map<String, Type> arguments) {
    for (var component : found.recordComponentsInDeclarationOrder()) {
      // Jackson's annotations stand on the field, where the compiler copies them.
      var field = found.field(component.name());
      if (field.hasAnnotation(JsonUnwrapped.class)) {
        var type = component.type();
        if (type.kind() == Type.Kind.TYPE_VARIABLE) type = bound(type, arguments);
        var inner = index.getClassByName(type.name());
        addFields(schema, inner, way, argumentsOf(inner, type, arguments));
      } else {
        addField(schema, found, field, way, arguments);
      }
    }
  }

  private void addField(
      Schema schema, ClassInfo owner, FieldInfo field, Way way, Map<String, Type> arguments) {
    var renamed = field.annotation(DotName.createSimple(JsonProperty.class));
    var name =
        renamed == null || renamed.value() == null ? field.name() : renamed.value().asString();
    var nullable = field.type().hasAnnotation(NULLABLE);
    var neverNull = !nullable || (way == Way.FROM_US && leavesOutNull(owner, field));
    var value =
        field.hasAnnotation(JsonRawValue.class)
            ? typed(SchemaType.OBJECT)
            : neverNull ? of(field.type(), way, arguments) : orNull(field.type(), way, arguments);
    schema.addProperty(name, value);
    var always = !nullable || (way == Way.FROM_US && !leavesOutNull(owner, field));
    if (always) schema.addRequired(name);
  }

  private static boolean leavesOutNull(ClassInfo owner, FieldInfo field) {
    var name = DotName.createSimple(JsonInclude.class);
    var rule = field.hasAnnotation(name) ? field.annotation(name) : owner.declaredAnnotation(name);
    return rule != null
        && rule.value() != null
        && rule.value().asEnum().equals(JsonInclude.Include.NON_NULL.name());
  }

  private static Map<String, Type> argumentsOf(
      ClassInfo found, Type type, Map<String, Type> outer) {
    if (type.kind() != Type.Kind.PARAMETERIZED_TYPE) return Map.of();
    Map<String, Type> arguments = new HashMap<>();
    for (var at = 0; at < found.typeParameters().size(); at++) {
      var argument = type.asParameterizedType().arguments().get(at);
      arguments.put(
          found.typeParameters().get(at).identifier(),
          argument.kind() == Type.Kind.TYPE_VARIABLE ? bound(argument, outer) : argument);
    }
    return arguments;
  }

  /// An id is written as the value that it has, without a name.
  private static @Nullable Type soleValue(ClassInfo found) {
    return found.fields().stream()
        .filter(field -> field.hasAnnotation(JsonValue.class))
        .map(FieldInfo::type)
        .findFirst()
        .orElse(null);
  }

  /// `OrderView.Line` is `OrderViewLine`, but `Bodies.NewPayment` is `NewPayment`, and
  /// `Page<OrderSummary>` is `OrderSummaryPage`.
  private String nameOf(Type type, Map<String, Type> arguments) {
    var found = index.getClassByName(type.name());
    List<String> parts = new ArrayList<>(List.of(found.simpleName()));
    for (var outer = found.enclosingClass(); outer != null; ) {
      var place = index.getClassByName(outer);
      if (!PLACE.matcher(place.simpleName()).matches()) parts.addFirst(place.simpleName());
      outer = place.enclosingClass();
    }
    if (type.kind() == Type.Kind.PARAMETERIZED_TYPE) {
      for (var argument : type.asParameterizedType().arguments().reversed()) {
        var bound =
            argument.kind() == Type.Kind.TYPE_VARIABLE ? bound(argument, arguments) : argument;
        parts.addFirst(nameOf(bound, arguments));
      }
    }
    return String.join("", parts);
  }

  private static String resolved(Type type, Map<String, Type> arguments) {
    if (type.kind() == Type.Kind.TYPE_VARIABLE) return resolved(bound(type, arguments), arguments);
    if (type.kind() != Type.Kind.PARAMETERIZED_TYPE) return type.name().toString();
    return type.name()
        + type.asParameterizedType().arguments().stream()
            .map(argument -> resolved(argument, arguments))
            .collect(Collectors.joining(", ", "<", ">"));
  }

  private static Schema typed(SchemaType type) {
    return OASFactory.createSchema().addType(type);
  }
}
