package marketplace.eventsourcing.relay;

/// Told where the relay stands, so that somebody can let it end there.
@FunctionalInterface
public interface RelayProbe {
  /// Looks at nothing.
  RelayProbe NONE = step -> {};

  /// The places where a crash would hurt most, in the order in which a relay comes by.
  enum Step {
    SLOT_CREATED,
    REPUBLISHED,
    BEFORE_SEND,
    /// Something was sent, and Kafka has acknowledged it.
    SENT,
    ACKNOWLEDGED
  }

  void reached(Step step);
}
