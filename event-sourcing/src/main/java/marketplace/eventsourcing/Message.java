package marketplace.eventsourcing;

import java.util.Map;

/// What the world is told of one stored event. The envelope's other attributes are those of the
/// stored event itself.
///
/// @param topic where it goes
/// @param key decides the partition
/// @param type `ce_type`
/// @param dataSchema `ce_dataschema`
/// @param data the record's value, JSON text
/// @param headers beside those of the envelope
public record Message(
    String topic,
    String key,
    String type,
    String dataSchema,
    String data,
    Map<String, String> headers) {
  public Message {
    headers = Map.copyOf(headers);
  }

  public Message(String topic, String key, String type, String dataSchema, String data) {
    this(topic, key, type, dataSchema, data, Map.of());
  }
}
