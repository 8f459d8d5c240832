package marketplace.eventsourcing.messaging;

/// Told where a consumer stands, so that a test can stop the world there.
@FunctionalInterface
public interface ConsumerProbe {
  /// Production looks at nothing.
  ConsumerProbe NONE = step -> {};

  /// The places where a crash would hurt most, in the order in which a consumer comes by.
  enum Step {
    /// The records' effects are durable, and the brokers do not know it yet.
    DEALT_WITH,
    COMMITTED
  }

  void reached(Step step);
}
