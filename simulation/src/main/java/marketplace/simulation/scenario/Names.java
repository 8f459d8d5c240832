package marketplace.simulation.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the words of a story stand for in one performance of it: people, products, orders, the ids
/// that came with the answers, and the times.
///
/// `$A` is an order, `$A.cancellationId` the latest id of that name that an answer about it has
/// brought, `$A.evidenceId.2` the second one, `$seller` a person, `$HEAD` a product, `$new.TRK` a
/// text that no other performance has. `+3d9h` counts from the start of the performance, and a
/// written instant moves with it.
final class Names {
  private static final Pattern OFFSET =
      Pattern.compile("\\+(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+(?:\\.\\d{1,3})?)s)?");
  private static final Pattern ID_FIELD = Pattern.compile("[a-z]+Id");

  /// The start that the written instants of all stories count from.
  private static final Instant WRITTEN_START = Instant.parse("2026-01-05T00:00:00Z");

  private final Instant start;
  private final Supplier<UUID> ids;
  private final Map<String, String> values = new HashMap<>();

  Names(Instant start, Supplier<UUID> ids) {
    this.start = start;
    this.ids = ids;
  }

  void put(String name, UUID id) {
    values.put(name, id.toString());
  }

  @Nullable String find(String name) {
    return values.get(name);
  }

  UUID id(String name) {
    var value = values.get(name);
    if (value == null) throw new IllegalArgumentException("nothing is called $" + name);
    return UUID.fromString(value);
  }

  /// Keeps every id of an answer about an order under the name of its field.
  void learn(String order, JsonNode answer) {
    if (answer.isObject()) {
      for (var field : answer.properties()) {
        var value = field.getValue();
        if (value.isTextual() && ID_FIELD.matcher(field.getKey()).matches()) {
          keep(order + "." + field.getKey(), value.textValue());
        }
        learn(order, value);
      }
    } else if (answer.isArray()) {
      answer.forEach(element -> learn(order, element));
    }
  }

  /// The latest under its name, and each that is new under a number too: `$A.evidenceId.2`.
  private void keep(String name, String id) {
    values.put(name, id);
    var number = 1;
    while (values.containsKey(name + "." + number)) {
      if (id.equals(values.get(name + "." + number))) return;
      number++;
    }
    values.put(name + "." + number, id);
  }

  Instant time(String text) {
    var offset = offset(text);
    if (offset != null) return start.plus(offset);
    return Instant.parse(text).plus(Duration.between(WRITTEN_START, start));
  }

  /// The same JSON with all names and times replaced.
  JsonNode resolve(JsonNode json) {
    if (json.isObject()) {
      var object = JsonNodeFactory.instance.objectNode();
      json.properties()
          .forEach(field -> object.set(key(field.getKey()), resolve(field.getValue())));
      return object;
    }
    if (json.isArray()) {
      var array = JsonNodeFactory.instance.arrayNode();
      json.forEach(element -> array.add(resolve(element)));
      return array;
    }
    return json.isTextual() ? JsonNodeFactory.instance.textNode(resolve(json.textValue())) : json;
  }

  String resolve(String text) {
    if (text.startsWith("$new.")) {
      return values.computeIfAbsent(text.substring(1), name -> fresh(name.substring(4)));
    }
    if (text.startsWith("$")) {
      var value = values.get(text.substring(1));
      if (value == null) throw new IllegalArgumentException("nothing is called " + text);
      return value;
    }
    if (offset(text) == null && instant(text) == null) return text;
    return time(text).toString();
  }

  private String fresh(String name) {
    var id = ids.get().toString();
    return name.equals("id") ? id : name + "-" + id.substring(24);
  }

  private String key(String name) {
    return name.startsWith("$") ? resolve(name) : name;
  }

  static @Nullable Instant instant(String text) {
    if (text.length() < 20 || text.charAt(4) != '-') return null;
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Duration offset(String text) {
    var form = OFFSET.matcher(text);
    if (text.length() < 3 || !form.matches()) return null;
    return Duration.ofDays(number(form.group(1)))
        .plusHours(number(form.group(2)))
        .plusMinutes(number(form.group(3)))
        .plusMillis(
            form.group(4) == null ? 0 : Math.round(Double.parseDouble(form.group(4)) * 1000));
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
