package marketplace.eventsourcing.handling;

import java.util.HashSet;
import java.util.Set;
import marketplace.eventsourcing.Delivery;
import marketplace.eventsourcing.Envelope;
import marketplace.eventsourcing.Fact;
import marketplace.eventsourcing.Reaction;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.tracing.Step;
import org.jspecify.annotations.Nullable;

/// A foreign record with what it asks of this service: worked out before it waits for its turn.
sealed interface Incoming {
  Delivery delivery();

  /// Null where the record does not even say what it is.
  @Nullable Envelope envelope();

  /// It cannot be understood, ever.
  record Unreadable(Delivery delivery, @Nullable Envelope envelope, String reason)
      implements Incoming {}

  /// Its type is none of our business; its version counts all the same.
  record Skipped(Delivery delivery, Envelope envelope) implements Incoming {}

  /// Our own reaction to it fails.
  record Failing(Delivery delivery, Envelope envelope, RuntimeException cause)
      implements Incoming {}

  record Understood(Delivery delivery, Envelope envelope, Fact<?> fact, Reaction.Response response)
      implements Incoming {

    boolean asksForNothing() {
      return response.equals(Reaction.nothing());
    }

    Understood goingOnFrom(Step step) {
      return new Understood(delivery, envelope, fact.goingOnFrom(step), response);
    }
  }

  /// The own streams that it is about.
  default Set<StreamId> streams() {
    if (!(this instanceof Understood understood)
        || !(understood.response() instanceof Reaction.React react)) {
      return Set.of();
    }
    Set<StreamId> streams = new HashSet<>();
    for (var step : react.steps()) streams.add(step.stream());
    return streams;
  }
}
