package marketplace.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// All messages of one topic: which types there are, and how each is written and read.
public final class MessageFamily<M extends Message> {
  public static final MessageFamily<OrderMessage> ORDER =
      new MessageFamily<>("order.events.v1", OrderMessage.class);
  public static final MessageFamily<SellerMessage> SELLER =
      new MessageFamily<>("seller.events.v1", SellerMessage.class);
  public static final MessageFamily<SellerAccountMessage> SELLER_ACCOUNTS =
      new MessageFamily<>("seller.accounts.v1", SellerAccountMessage.class);
  public static final MessageFamily<RefundMessage> REFUND =
      new MessageFamily<>("refund.events.v1", RefundMessage.class);
  public static final MessageFamily<DisputeMessage> DISPUTE =
      new MessageFamily<>("dispute.events.v1", DisputeMessage.class);

  /// Those that services of the marketplace write.
  public static final List<MessageFamily<? extends Message>> ALL =
      List.of(ORDER, SELLER, SELLER_ACCOUNTS, REFUND, DISPUTE);

  private final String topic;
  private final Map<String, Shape<? extends M>> types = new LinkedHashMap<>();

  /// @param required names of the fields that must be there: a field that may be null may be left
  ///   out too
  private record Shape<M>(Class<M> target, List<String> required) {
    static <M> Shape<M> of(Class<M> target) {
      var required =
          Arrays.stream(target.getRecordComponents())
              .filter(field -> !field.getAnnotatedType().isAnnotationPresent(Nullable.class))
              .map(RecordComponent::getName)
              .toList();
      return new Shape<>(target, required);
    }
  }

  private MessageFamily(String topic, Class<M> family) {
    this.topic = topic;
    for (var type : family.getPermittedSubclasses()) {
      types.put(type.getSimpleName(), Shape.of(type.asSubclass(family)));
    }
  }

  public String topic() {
    return topic;
  }

  public Collection<String> types() {
    return types.keySet();
  }

  /// Is this a type that the catalogue has? One that is not is skipped and counted.
  public boolean knows(String type) {
    return types.containsKey(type);
  }

  /// The `ce_dataschema` of the newest version of a type.
  public static String dataSchema(String type) {
    return "urn:marketplace:schema:" + type + ":v1";
  }

  /// The `data` as JSON text.
  public String write(M message) {
    try {
      return ContractJson.mapper().writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("message cannot be written: " + message, e);
    }
  }

  /// As below, and the record's key must be the one that the data asks for: under another it would
  /// stand in no order with what else is told of the same thing.
  public M read(String type, @Nullable String dataSchema, UUID key, byte[] data) {
    var message = read(type, dataSchema, data);
    if (message.key().equals(key)) return message;
    throw new UnreadableMessageException(
        "%s: the key must be %s, was %s".formatted(type, message.key(), key), null);
  }

  /// Reads the `data` of a known type as a record brings it. A shape that we do not know is not
  /// taken for one that we know: its fields may have other meanings.
  ///
  /// @param dataSchema null where the record does not say, which stands for the first version
  /// @throws UnreadableMessageException for another schema, and as without one
  public M read(String type, @Nullable String dataSchema, byte[] data) {
    if (dataSchema != null && !dataSchema.equals(dataSchema(type))) {
      throw new UnreadableMessageException(
          "ce_dataschema must be %s, was %s".formatted(dataSchema(type), dataSchema), null);
    }
    return read(type, data);
  }

  /// Reads the `data` of a known type.
  ///
  /// @throws UnreadableMessageException for malformed JSON, a missing field or a wrong value
  public M read(String type, byte[] data) {
    var shape = types.get(type);
    if (shape == null) throw new UnreadableMessageException("unknown type " + type, null);
    try {
      var tree = ContractJson.mapper().readTree(data);
      requireFields(type, shape, tree);
      return ContractJson.mapper().treeToValue(tree, shape.target());
    } catch (IOException | IllegalArgumentException e) {
      throw new UnreadableMessageException(type + ": " + e.getMessage(), e);
    }
  }

  private static void requireFields(String type, Shape<?> shape, JsonNode tree) {
    if (!tree.isObject()) {
      throw new UnreadableMessageException(type + ": data must be a JSON object", null);
    }
    for (var field : shape.required()) {
      if (!tree.hasNonNull(field)) {
        throw new UnreadableMessageException(type + ": field " + field + " is missing", null);
      }
    }
  }
}
