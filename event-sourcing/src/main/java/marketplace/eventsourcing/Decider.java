package marketplace.eventsourcing;

import java.time.Instant;
import java.util.Optional;

/// The rules of one kind of stream, as pure functions: no clock, no I/O, no framework.
///
/// @param <C> commands, all that can be asked
/// @param <S> states, all it can be in
/// @param <E> events, all that can have happened
/// @param <R> rejections, all reasons to refuse
public interface Decider<C, S, E, R> {
  S initialState();

  /// May this happen, at this simulated time? `at` is the time of the command, fact or deadline,
  /// and never earlier than the stream's last event.
  Decision<E, R> decide(C command, S state, Instant at);

  /// Total: accepts every event that was ever stored.
  S evolve(S state, E event);

  /// When this stream wants to be woken, and with which command: a function of its state, so
  /// nothing is ever cancelled. Of several, the earliest; of one instant, the lowest rank.
  Optional<Deadline<C>> nextDeadline(S state);
}
