package marketplace.contracts;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import marketplace.kernel.LineId;
import marketplace.kernel.Units;

/// One example of each message, made from its components so that none is forgotten. The values tell
/// nothing; they only have to be the same for ever.
final class Samples {
  private static final Instant MONDAY_AT_NINE = Instant.parse("2026-01-05T09:00:00Z");

  private Samples() {}

  static <T> T sampleOf(Class<T> recordType) {
    var components = recordType.getRecordComponents();
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    var values =
        Arrays.stream(components).map(c -> value(c.getGenericType(), c.getName())).toArray();
    try {
      var constructor = recordType.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new LinkageError("no sample of " + recordType, e);
    }
  }

  private static Object value(Type type, String name) {
    if (type instanceof ParameterizedType list) {
      return List.of(value(list.getActualTypeArguments()[0], name));
    }
    return switch (((Class<?>) type).getSimpleName()) {
      case "String" -> name;
      case "long", "Long" -> 1234L;
      case "int", "Integer" -> 1;
      case "boolean" -> true;
      case "Instant" -> MONDAY_AT_NINE;
      case "Duration" -> Duration.ofHours(72);
      case "UUID" -> uuid(name);
      case "Units" -> Units.of(new LineId(uuid("lineId")), 2);
      default -> valueOfOwnType((Class<?>) type, name);
    };
  }

  private static Object valueOfOwnType(Class<?> type, String name) {
    if (type.isEnum()) return type.getEnumConstants()[0];
    var components = type.getRecordComponents();
    if (components.length == 1 && components[0].getType() == UUID.class) {
      try {
        return type.getConstructor(UUID.class).newInstance(uuid(name));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.getMessage(), e);
      }
    }
    return sampleOf(type);
  }

  private static UUID uuid(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
