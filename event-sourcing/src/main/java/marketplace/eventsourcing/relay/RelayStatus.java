package marketplace.eventsourcing.relay;

import org.jspecify.annotations.Nullable;

/// How it goes with the relay of this instance.
///
/// @param fault why it last stopped, null while nothing is wrong
/// @param unpublished stored events that have a message which the published mark does not see, as
///   it was counted last
public record RelayStatus(State state, @Nullable String fault, long unpublished) {
  public enum State {
    STOPPED,
    /// Another instance publishes; this one takes over when that one ends.
    WAITING,
    STARTING,
    /// Events that the log no longer holds are published from the table.
    REPUBLISHING,
    PUBLISHING,
    /// Publishing, but nothing has come through for a while.
    STALLED,
    /// It has failed and starts again after a pause.
    FAILED
  }

  public boolean healthy() {
    return switch (state) {
      case WAITING, STARTING, REPUBLISHING, PUBLISHING -> true;
      case STOPPED, STALLED, FAILED -> false;
    };
  }
}
