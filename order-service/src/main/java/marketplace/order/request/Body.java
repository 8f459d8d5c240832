package marketplace.order.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import marketplace.contracts.ContractJson;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.Problem.FieldError;
import marketplace.eventsourcing.ProblemException;
import org.jspecify.annotations.Nullable;

/// Turns a body into its record, or says which field is wrong. A component that is not `@Nullable`
/// has to be there; a field that the record does not have is a mistake of the caller.
final class Body {
  private static final ObjectMapper STRICT =
      ContractJson.mapper().copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /// Reflection is slow, and the answer is always the same.
  private static final ClassValue<List<Component>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents()).map(Component::of).toList();
        }
      };

  /// @param element of a list, null for anything else
  private record Component(
      String name, boolean nullable, Class<?> type, @Nullable Class<?> element) {
    static Component of(RecordComponent component) {
      var declared = component.getAnnotatedType();
      return new Component(
          component.getName(),
          declared.isAnnotationPresent(Nullable.class),
          component.getType(),
          declared instanceof AnnotatedParameterizedType list
              ? rawType(list.getAnnotatedActualTypeArguments()[0])
              : null);
    }
  }

  private Body() {}

  /// A body that may be left out.
  static <T extends Record> T readOrEmpty(@Nullable JsonNode body, Class<T> type) {
    return read(absent(body) ? STRICT.createObjectNode() : body, type);
  }

  static <T extends Record> T read(@Nullable JsonNode body, Class<T> type) {
    if (body == null || !body.isObject()) {
      throw new ProblemException(
          Problem.of(400, "MALFORMED", "the body must be one JSON object", null));
    }
    List<FieldError> errors = new ArrayList<>();
    findUnstorable(body, "", errors);
    findMissing(body, type, "", errors);
    refuseIfAny(errors);
    try {
      return STRICT.treeToValue(body, type);
    } catch (JsonMappingException e) {
      var code = e instanceof UnrecognizedPropertyException ? "UNKNOWN_FIELD" : "WRONG_VALUE";
      throw invalid(List.of(new FieldError(pointerOf(e), code)));
    } catch (JsonProcessingException e) {
      throw invalid(List.of(new FieldError("", "WRONG_VALUE")));
    }
  }

  static void refuseIfAny(List<FieldError> errors) {
    if (!errors.isEmpty()) throw invalid(errors);
  }

  private static ProblemException invalid(List<FieldError> errors) {
    var detail =
        errors.stream()
            .map(error -> error.pointer() + " " + error.code())
            .collect(Collectors.joining("; "));
    return new ProblemException(Problem.of(422, "INVALID", detail, null).withErrors(errors));
  }

  private static boolean absent(@Nullable JsonNode body) {
    return body == null || body.isNull() || body.isMissingNode();
  }

  /// The character U+0000 cannot be stored as JSON text.
  private static void findUnstorable(JsonNode node, String pointer, List<FieldError> errors) {
    if (node.isTextual() && node.textValue().indexOf('\0') >= 0) {
      errors.add(new FieldError(pointer, "CHARACTER_NOT_ALLOWED"));
    }
    if (node.isArray()) {
      for (var index = 0; index < node.size(); index++) {
        findUnstorable(node.get(index), pointer + "/" + index, errors);
      }
    }
    for (var field : node.properties()) {
      findUnstorable(field.getValue(), pointer + "/" + field.getKey(), errors);
    }
  }

  private static void findMissing(
      JsonNode node, Class<?> type, String pointer, List<FieldError> errors) {
    if (!node.isObject()) return;
    for (var component : COMPONENTS.get(type)) {
      var here = pointer + "/" + component.name();
      var value = node.get(component.name());
      if (absent(value)) {
        if (!component.nullable()) errors.add(new FieldError(here, "REQUIRED"));
      } else if (value.isArray() && component.element() != null) {
        for (var index = 0; index < value.size(); index++) {
          findMissingIn(value.get(index), component.element(), here + "/" + index, errors);
        }
      } else {
        findMissingIn(value, component.type(), here, errors);
      }
    }
  }

  private static void findMissingIn(
      JsonNode value, Class<?> type, String pointer, List<FieldError> errors) {
    if (value.isNull()) {
      errors.add(new FieldError(pointer, "REQUIRED"));
    } else if (type.isRecord()) {
      findMissing(value, type, pointer, errors);
    }
  }

  private static Class<?> rawType(AnnotatedType type) {
    return type.getType() instanceof Class<?> raw ? raw : Object.class;
  }

  private static String pointerOf(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> "/" + (step.getFieldName() != null ? step.getFieldName() : step.getIndex()))
        .collect(Collectors.joining());
  }
}
