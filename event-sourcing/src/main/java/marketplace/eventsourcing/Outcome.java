package marketplace.eventsourcing;

import java.time.Instant;
import java.util.List;

/// What became of a command.
public sealed interface Outcome<S, E, R> {
  /// @param version of the stream afterwards
  /// @param publishedVersion version of its last event that has a message
  /// @param events what the command itself wrote; empty: it was already so
  /// @param at the simulated instant of the decision
  record Done<S, E, R>(
      StreamId stream, int version, int publishedVersion, List<E> events, S state, Instant at)
      implements Outcome<S, E, R> {}

  record Refused<S, E, R>(
      StreamId stream, int version, int publishedVersion, R reason, S state, Instant at)
      implements Outcome<S, E, R> {}

  /// The caller asked for another version than the stream has.
  record VersionMismatch<S, E, R>(
      StreamId stream, int version, int publishedVersion, S state, Instant at)
      implements Outcome<S, E, R> {}

  StreamId stream();

  int version();

  int publishedVersion();

  S state();

  Instant at();
}
