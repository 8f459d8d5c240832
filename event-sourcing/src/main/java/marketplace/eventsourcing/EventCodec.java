package marketplace.eventsourcing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The names and shapes of stored events. Names are written down here, so renaming a class changes
/// no data; an older shape is read through its upgrade.
public final class EventCodec<E> {
  private final ObjectMapper mapper;
  private final Map<String, Shape<? extends E>> byName = new LinkedHashMap<>();
  private final Map<Class<?>, String> names = new LinkedHashMap<>();

  /// @param upgrade null for today's shape
  private record Shape<T>(Class<T> target, @Nullable UnaryOperator<JsonNode> upgrade) {}

  public EventCodec(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /// The name under which events of this class are written, and read.
  public EventCodec<E> writes(String name, Class<? extends E> type) {
    if (names.put(type, name) != null) throw new IllegalArgumentException("two names for " + type);
    return add(name, new Shape<>(type, null));
  }

  /// An older name that is still read, with the function that brings its JSON up to date.
  public EventCodec<E> reads(
      String name, Class<? extends E> type, UnaryOperator<JsonNode> upgrade) {
    return add(name, new Shape<>(type, upgrade));
  }

  private EventCodec<E> add(String name, Shape<? extends E> shape) {
    if (byName.put(name, shape) != null) {
      throw new IllegalArgumentException("two shapes for " + name);
    }
    return this;
  }

  /// Every name that this build can read.
  public Map<String, Class<? extends E>> readable() {
    Map<String, Class<? extends E>> result = new LinkedHashMap<>();
    byName.forEach((name, shape) -> result.put(name, shape.target()));
    return result;
  }

  /// Every name under which events of these classes may lie in the store.
  public Set<String> namesOf(Set<Class<? extends E>> types) {
    return byName.entrySet().stream()
        .filter(shape -> types.contains(shape.getValue().target()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  public String nameOf(E event) {
    var name = names.get(event.getClass());
    if (name == null) throw new IllegalArgumentException("no stored name for " + event.getClass());
    return name;
  }

  public String encode(E event) {
    try {
      return mapper.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("event cannot be written: " + event, e);
    }
  }

  /// @throws UnknownStoredEventException for a name that this build does not know
  public E decode(String name, String json) {
    var shape = byName.get(name);
    if (shape == null) throw new UnknownStoredEventException(name);
    try {
      return shape.upgrade() == null
          ? mapper.readValue(json, shape.target())
          : mapper.treeToValue(shape.upgrade().apply(mapper.readTree(json)), shape.target());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored " + name + " cannot be read: " + json, e);
    }
  }
}
