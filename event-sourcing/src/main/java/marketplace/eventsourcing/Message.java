package marketplace.eventsourcing;

/// What the world is told of one stored event. The envelope's other attributes are those of the
/// stored event itself.
///
/// @param topic where it goes
/// @param key decides the partition
/// @param type `ce_type`
/// @param dataSchema `ce_dataschema`
/// @param data the record's value, JSON text
public record Message(String topic, String key, String type, String dataSchema, String data) {}
