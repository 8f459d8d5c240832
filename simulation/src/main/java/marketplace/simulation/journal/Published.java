package marketplace.simulation.journal;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import marketplace.contracts.Message;
import marketplace.contracts.MessageFamily;
import marketplace.contracts.UnreadableMessageException;
import marketplace.eventsourcing.Delivery;
import marketplace.eventsourcing.Envelope;
import marketplace.eventsourcing.EnvelopeReading;

/// One public event as everybody could read it.
///
/// @param key of the record: the order, or the seller on the accounts topic
public record Published(String topic, UUID key, Envelope envelope, Message message) {
  public static final List<MessageFamily<?>> FAMILIES =
      List.of(
          MessageFamily.ORDER,
          MessageFamily.SELLER,
          MessageFamily.SELLER_ACCOUNTS,
          MessageFamily.REFUND,
          MessageFamily.DISPUTE);

  /// Empty for what is no event of ours, or one that the catalogue does not know yet.
  public static Optional<Published> read(Delivery delivery) {
    return read(delivery, Envelope.read(delivery));
  }

  /// For whoever has read the envelope already.
  public static Optional<Published> read(Delivery delivery, EnvelopeReading reading) {
    var key = delivery.key();
    if (key == null || !(reading instanceof Envelope envelope)) return Optional.empty();
    if (delivery.content() instanceof Message message) {
      return Optional.of(new Published(delivery.topic(), key, envelope, message));
    }
    var value = delivery.value();
    if (value == null) return Optional.empty();
    for (var family : FAMILIES) {
      if (!family.topic().equals(delivery.topic()) || !family.knows(envelope.type())) continue;
      try {
        var message = family.read(envelope.type(), envelope.dataSchema(), key, value);
        return Optional.of(new Published(delivery.topic(), key, envelope, message));
      } catch (UnreadableMessageException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  public String type() {
    return envelope.type();
  }
}
