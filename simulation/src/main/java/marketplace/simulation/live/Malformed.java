package marketplace.simulation.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import marketplace.eventsourcing.Envelope;
import marketplace.simulation.live.Injector.Injection;
import org.jspecify.annotations.Nullable;

/// The ways in which an injected event can be wrong on purpose.
public enum Malformed {
  /// Its value ends too early to be JSON.
  JSON,
  /// Its data lacks what its type must have.
  SCHEMA,
  /// Its value is longer than any event of ours.
  OVERSIZE,
  /// Its data has a shape that nobody knows yet.
  FUTURE_VERSION,
  /// It has no value.
  TOMBSTONE,
  /// It stands under the key of something else than its data is about.
  FOREIGN_KEY;

  private static final String FUTURE = "v99";

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Malformed::word).toList();
  }

  /// @throws IllegalArgumentException which says which words there are
  public static Malformed of(String word) {
    return Arrays.stream(values())
        .filter(one -> one.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("must be one of %s, was %s".formatted(words(), word)));
  }

  String key(Injection injection) {
    return this == FOREIGN_KEY ? UUID.randomUUID().toString() : injection.key();
  }

  String dataSchema(String schema) {
    return this == FUTURE_VERSION
        ? schema.substring(0, schema.lastIndexOf(':') + 1) + FUTURE
        : schema;
  }

  /// Null for none.
  @Nullable String value(JsonNode data) {
    return switch (this) {
      case JSON -> data.toString().substring(0, data.toString().length() - 1);
      case SCHEMA -> JsonNodeFactory.instance.objectNode().put("malformed", word()).toString();
      case OVERSIZE ->
          JsonNodeFactory.instance
              .objectNode()
              .put("malformed", "x".repeat(Envelope.VALUE_BYTES_MAX))
              .toString();
      case TOMBSTONE -> null;
      case FUTURE_VERSION, FOREIGN_KEY -> data.toString();
    };
  }
}
