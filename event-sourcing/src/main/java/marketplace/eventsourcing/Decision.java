package marketplace.eventsourcing;

import java.util.List;

/// The answer of a Decider. A refusal is an answer, not an exception.
public sealed interface Decision<E, R> {
  /// No events: it is already so.
  record Accepted<E, R>(List<E> events) implements Decision<E, R> {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  record Rejected<E, R>(R reason) implements Decision<E, R> {}

  @SafeVarargs
  static <E, R> Decision<E, R> accept(E... events) {
    return new Accepted<>(List.of(events));
  }

  static <E, R> Decision<E, R> accept(List<? extends E> events) {
    return new Accepted<>(List.copyOf(events));
  }

  static <E, R> Decision<E, R> alreadySo() {
    return new Accepted<>(List.of());
  }

  static <E, R> Decision<E, R> reject(R reason) {
    return new Rejected<>(reason);
  }
}
