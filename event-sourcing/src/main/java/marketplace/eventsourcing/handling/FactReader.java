package marketplace.eventsourcing.handling;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import marketplace.eventsourcing.Delivery;
import marketplace.eventsourcing.Envelope;
import marketplace.eventsourcing.EnvelopeReading;
import marketplace.eventsourcing.Fact;
import marketplace.eventsourcing.Inbound;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.time.SimulatedTime;

/// From a raw record to what it asks for.
final class FactReader {
  private final Map<String, Inbound<?>> byTopic = new HashMap<>();
  private final SimulatedTime clock;

  FactReader(List<Inbound<?>> inbound, SimulatedTime clock) {
    for (var topic : inbound) {
      if (byTopic.put(topic.topic(), topic) != null) {
        throw new IllegalArgumentException("two readers of " + topic.topic());
      }
    }
    this.clock = clock;
  }

  Incoming read(Delivery delivery) {
    return read(delivery, Envelope.read(delivery));
  }

  Incoming read(Delivery delivery, EnvelopeReading reading) {
    var inbound = byTopic.get(delivery.topic());
    if (inbound == null) throw new IllegalArgumentException("nobody reads " + delivery.topic());
    return switch (reading) {
      case EnvelopeReading.Unreadable(var reason) ->
          new Incoming.Unreadable(delivery, null, reason);
      case Envelope envelope when !inbound.known().test(envelope.type()) ->
          new Incoming.Skipped(delivery, envelope);
      case Envelope envelope -> understand(inbound, delivery, envelope);
    };
  }

  private <M> Incoming understand(Inbound<M> inbound, Delivery delivery, Envelope envelope) {
    M message;
    try {
      message = messageOf(inbound, delivery, envelope);
    } catch (RuntimeException e) {
      return new Incoming.Unreadable(delivery, envelope, String.valueOf(e.getMessage()));
    }
    try {
      var fact = factOf(delivery, envelope, message);
      return new Incoming.Understood(delivery, envelope, fact, inbound.reaction().reactTo(fact));
    } catch (RuntimeException e) {
      return new Incoming.Failing(delivery, envelope, e);
    }
  }

  @SuppressWarnings("unchecked") // a topic has one family of messages
  private static <M> M messageOf(Inbound<M> inbound, Delivery delivery, Envelope envelope) {
    var known = delivery.content();
    if (known != null) return (M) known;
    return inbound
        .reader()
        .read(
            envelope.type(),
            envelope.dataSchema(),
            Objects.requireNonNull(delivery.key()),
            Objects.requireNonNull(delivery.value()));
  }

  private <M> Fact<M> factOf(Delivery delivery, Envelope envelope, M message) {
    var time = envelope.time();
    if (envelope.origin() == Origin.INJECTED) {
      // Somebody's hand may write any time; it must not carry us into the future.
      var now = clock.instant();
      if (time.isAfter(now)) time = now;
    }
    return new Fact<>(
        envelope.id(),
        envelope.type(),
        envelope.subject(),
        envelope.streamVersion(),
        Objects.requireNonNull(delivery.key()),
        time,
        envelope.trace(),
        message);
  }
}
