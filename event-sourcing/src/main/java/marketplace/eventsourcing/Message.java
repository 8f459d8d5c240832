package marketplace.eventsourcing;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the world is told of one stored event. The envelope's other attributes are those of the
/// stored event itself.
public final class Message {
  private final String topic;
  private final String key;
  private final String type;
  private final String dataSchema;
  private final Map<String, String> headers;
  private final @Nullable Content<?> content;
  private @Nullable String data;

  /// What is said, and how it is written when it has to leave.
  private record Content<M>(M value, Function<? super M, String> writer) {
    String written() {
      return writer.apply(value);
    }
  }

  private Message(
      String topic,
      String key,
      String type,
      String dataSchema,
      @Nullable Content<?> content,
      @Nullable String data,
      Map<String, String> headers) {
    this.topic = topic;
    this.key = key;
    this.type = type;
    this.dataSchema = dataSchema;
    this.content = content;
    this.data = data;
    this.headers = Map.copyOf(headers);
  }

  /// @param data the record's value, JSON text
  /// @param headers beside those of the envelope
  public Message(
      String topic,
      String key,
      String type,
      String dataSchema,
      String data,
      Map<String, String> headers) {
    this(topic, key, type, dataSchema, null, data, headers);
  }

  public Message(String topic, String key, String type, String dataSchema, String data) {
    this(topic, key, type, dataSchema, data, Map.of());
  }

  /// @param content as whoever reads the record has it again
  /// @param writer makes the record's value of it, JSON text
  public static <M> Message of(
      String topic,
      String key,
      String type,
      String dataSchema,
      M content,
      Function<? super M, String> writer) {
    return new Message(
        topic, key, type, dataSchema, new Content<>(content, writer), null, Map.of());
  }

  /// Where it goes.
  public String topic() {
    return topic;
  }

  /// Decides the partition.
  public String key() {
    return key;
  }

  /// `ce_type`
  public String type() {
    return type;
  }

  /// `ce_dataschema`
  public String dataSchema() {
    return dataSchema;
  }

  /// The record's value, JSON text. Written when somebody asks for the first time: within one
  /// process nobody needs it.
  public String data() {
    var written = data;
    if (written == null) {
      if (content == null) throw new IllegalStateException("a message that says nothing: " + type);
      written = content.written();
      data = written;
    }
    return written;
  }

  /// What a reader of the record has; null where it is only known as text.
  public @Nullable Object content() {
    return content == null ? null : content.value();
  }

  /// Beside those of the envelope.
  public Map<String, String> headers() {
    return headers;
  }

  @Override
  public String toString() {
    return "%s to %s of %s: %s".formatted(type, topic, key, data());
  }
}
