package marketplace.eventsourcing.relay;

/// Told where the relay stands, so that a test can stop the world there.
@FunctionalInterface
public interface RelayProbe {
  /// Production looks at nothing.
  RelayProbe NONE = step -> {};

  /// The places where a crash would hurt most, in the order in which a relay comes by.
  enum Step {
    SLOT_CREATED,
    REPUBLISHED,
    BEFORE_SEND,
    SENT,
    ACKNOWLEDGED
  }

  void reached(Step step);
}
