package marketplace.eventsourcing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rules with an echo: what they decide is followed, in the same append, by events that only say
/// who is told of it. The rules themselves know nothing of that.
public final class Echoing<C, S, E, R> implements Decider<C, S, E, R> {
  private final Decider<C, S, E, R> rules;
  private final Echo<C, S, E> echo;

  /// Pure, like the rules.
  @FunctionalInterface
  public interface Echo<C, S, E> {
    /// @param events what was decided, never empty
    /// @param after the state that they lead to
    List<? extends E> of(C command, List<E> events, S after, Instant at);
  }

  public Echoing(Decider<C, S, E, R> rules, Echo<C, S, E> echo) {
    this.rules = rules;
    this.echo = echo;
  }

  @Override
  public S initialState() {
    return rules.initialState();
  }

  @Override
  public Decision<E, R> decide(C command, S state, Instant at) {
    return switch (rules.decide(command, state, at)) {
      case Decision.Rejected<E, R> refusal -> refusal;
      case Decision.Accepted<E, R> same when same.events().isEmpty() -> same;
      case Decision.Accepted<E, R>(var events) -> {
        var after = state;
        for (var event : events) after = rules.evolve(after, event);
        List<E> all = new ArrayList<>(events);
        all.addAll(echo.of(command, events, after, at));
        yield Decision.accept(all);
      }
    };
  }

  @Override
  public S evolve(S state, E event) {
    return rules.evolve(state, event);
  }

  @Override
  public Optional<Deadline<C>> nextDeadline(S state) {
    return rules.nextDeadline(state);
  }
}
