package marketplace.eventsourcing;

/// A call that has been understood: a command to decide, a stream to look at, or an answer that
/// needs neither.
public sealed interface Prepared permits CommandRequest, Query, Prepared.Immediately {
  record Immediately(Answer answer) implements Prepared {}
}
