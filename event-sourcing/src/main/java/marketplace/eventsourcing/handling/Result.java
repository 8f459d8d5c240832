package marketplace.eventsourcing.handling;

import marketplace.eventsourcing.RenderedAnswer;

/// What became of one member of a batch.
sealed interface Result {
  /// A caller's.
  record Answered(RenderedAnswer answer) implements Result {}

  record Handled(Handling how) implements Result {}

  /// Its own rules failed; nothing of it is stored.
  record Failed(RuntimeException cause) implements Result {}

  enum Handling {
    APPLIED,
    /// It had been handled before.
    DUPLICATE,
    /// A type that is none of our business.
    SKIPPED,
    /// Against the rules: copied to the topic of refused events.
    REFUSED,
    PARKED,
    AWAITING,
    HELD,
    FAULTY,
    UNREADABLE
  }
}
