package marketplace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import marketplace.eventsourcing.Decider;
import marketplace.eventsourcing.Decision;
import marketplace.eventsourcing.Decision.Accepted;
import marketplace.eventsourcing.Decision.Rejected;

/// Tells a rule as a little story: `given` what has happened, `when` somebody asks, `then` what
/// follows. Whole events are compared, never single fields.
public final class DeciderFixture<C, S, E, R> {
  private final Decider<C, S, E, R> decider;

  private DeciderFixture(Decider<C, S, E, R> decider) {
    this.decider = decider;
  }

  public static <C, S, E, R> DeciderFixture<C, S, E, R> of(Decider<C, S, E, R> decider) {
    return new DeciderFixture<>(decider);
  }

  @SafeVarargs
  public final Given given(E... events) {
    return given(List.of(events));
  }

  public Given given(List<? extends E> events) {
    return new Given(List.copyOf(events));
  }

  /// A stream with a past.
  public final class Given {
    private final List<E> past;

    private Given(List<E> past) {
      this.past = past;
    }

    @SafeVarargs
    public final Given and(E... events) {
      var more = new ArrayList<>(past);
      more.addAll(List.of(events));
      return new Given(List.copyOf(more));
    }

    public S state() {
      var state = decider.initialState();
      for (var event : past) state = decider.evolve(state, event);
      return state;
    }

    public Then when(C command, Instant at) {
      return new Then(past, decider.decide(command, state(), at));
    }

    /// Asserts that the stream wants to be woken then, under this name.
    public void thenDeadline(String name, Instant dueAt) {
      assertThat(decider.nextDeadline(state()))
          .as("next deadline after %s", past)
          .hasValueSatisfying(deadline -> {
            assertThat(deadline.name()).isEqualTo(name);
            assertThat(deadline.dueAt()).isEqualTo(dueAt);
          });
    }

    public void thenNoDeadline() {
      assertThat(decider.nextDeadline(state())).as("next deadline after %s", past).isEmpty();
    }

    /// Lets the next deadline pass: its command, at its own instant.
    public Then whenNextDeadlinePasses() {
      var deadline =
          decider
              .nextDeadline(state())
              .orElseThrow(() -> new AssertionError("no deadline after " + past));
      return when(deadline.command(), deadline.dueAt());
    }
  }

  /// What was decided.
  public final class Then {
    private final List<E> past;
    private final Decision<E, R> decision;

    private Then(List<E> past, Decision<E, R> decision) {
      this.past = past;
      this.decision = decision;
    }

    @SafeVarargs
    public final Given thenEmits(E... events) {
      assertThat(emitted()).as("events after %s", past).isEqualTo(List.of(events));
      return after();
    }

    public void thenRefuses(R reason) {
      assertThat(decision).as("decision after %s", past).isEqualTo(new Rejected<E, R>(reason));
    }

    /// Accepted, and nothing was left to do.
    public void thenNothing() {
      assertThat(decision).as("decision after %s", past).isEqualTo(new Accepted<E, R>(List.of()));
    }

    /// The decided events, for what cannot be compared as a whole.
    public List<E> emitted() {
      return switch (decision) {
        case Accepted<E, R>(var events) -> events;
        case Rejected<E, R>(var reason) ->
            throw new AssertionError("refused with " + reason + " after " + past);
      };
    }

    public R refusal() {
      return switch (decision) {
        case Rejected<E, R>(var reason) -> Objects.requireNonNull(reason);
        case Accepted<E, R>(var events) ->
            throw new AssertionError("accepted " + events + " after " + past);
      };
    }

    /// The story goes on with what was decided.
    public Given after() {
      var all = new ArrayList<>(past);
      all.addAll(emitted());
      return new Given(List.copyOf(all));
    }
  }
}
