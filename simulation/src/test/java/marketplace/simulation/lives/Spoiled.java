package marketplace.simulation.lives;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.Decider;
import marketplace.eventsourcing.Decision;
import marketplace.eventsourcing.FollowUps;
import marketplace.eventsourcing.Inbound;
import marketplace.eventsourcing.Operation;
import marketplace.eventsourcing.ServiceRules;

/// Rules with a mistake in them, to see whether anybody notices.
public record Spoiled(ServiceRules rules, String category, Mistake mistake)
    implements ServiceRules {

  public interface Mistake {
    <C, S, E, R> Decider<C, S, E, R> in(Decider<C, S, E, R> decider);

    default <E> FollowUps<E> in(FollowUps<E> followUps) {
      return followUps;
    }
  }

  public static UnaryOperator<ServiceRules> with(String category, Mistake mistake) {
    return rules -> new Spoiled(rules, category, mistake);
  }

  /// Forgets that an event of this name has happened.
  public static Mistake forgets(String event) {
    return new Mistake() {
      @Override
      public <C, S, E, R> Decider<C, S, E, R> in(Decider<C, S, E, R> decider) {
        return new Passing<>(decider) {
          @Override
          public S evolve(S state, E happened) {
            return isCalled(event, happened) ? state : super.evolve(state, happened);
          }
        };
      }
    };
  }

  /// Takes something for done as soon as an event of this type has happened.
  static <T> Mistake jumpsToConclusions(Class<T> type, Function<T, Object> conclusion) {
    return new Mistake() {
      @Override
      public <C, S, E, R> Decider<C, S, E, R> in(Decider<C, S, E, R> decider) {
        return new Passing<>(decider) {
          @Override
          @SuppressWarnings("unchecked") // whoever plants it names an event of the same family
          public S evolve(S state, E event) {
            var after = super.evolve(state, event);
            return type.isInstance(event)
                ? super.evolve(after, (E) conclusion.apply(type.cast(event)))
                : after;
          }
        };
      }
    };
  }

  /// Wakes up an hour before a deadline of this name.
  static Mistake hurries(String deadline) {
    return moves(deadline, Duration.ofHours(-1));
  }

  /// Sleeps for an hour after it.
  static Mistake dawdles(String deadline) {
    return moves(deadline, Duration.ofHours(1));
  }

  private static Mistake moves(String deadline, Duration by) {
    return new Mistake() {
      @Override
      public <C, S, E, R> Decider<C, S, E, R> in(Decider<C, S, E, R> decider) {
        return new Passing<>(decider) {
          @Override
          public Optional<Deadline<C>> nextDeadline(S state) {
            return super.nextDeadline(state)
                .map(next ->
                    next.name().equals(deadline)
                        ? new Deadline<>(
                            next.name(), next.rank(), next.dueAt().plus(by), next.command())
                        : next);
          }
        };
      }
    };
  }

  /// Decides as it should, and does not store the event of this name.
  public static Mistake suppresses(String event) {
    return rewrites(decided -> isCalled(event, decided) ? Stream.empty() : Stream.of(decided));
  }

  /// Decides as it should, and stores the event of this name twice.
  static Mistake repeats(String event) {
    return rewrites(
        decided -> isCalled(event, decided) ? Stream.of(decided, decided) : Stream.of(decided));
  }

  private static boolean isCalled(String name, Object event) {
    return event.getClass().getSimpleName().equals(name);
  }

  private static Mistake rewrites(Function<Object, Stream<Object>> rewriting) {
    return new Mistake() {
      @Override
      public <C, S, E, R> Decider<C, S, E, R> in(Decider<C, S, E, R> decider) {
        return new Passing<>(decider) {
          @Override
          @SuppressWarnings("unchecked") // what comes out went in
          public Decision<E, R> decide(C command, S state, Instant at) {
            return switch (super.decide(command, state, at)) {
              case Decision.Accepted<E, R>(var events) ->
                  new Decision.Accepted<>(
                      events.stream().flatMap(rewriting).map(event -> (E) event).toList());
              case Decision.Rejected<E, R> rejected -> rejected;
            };
          }
        };
      }
    };
  }

  /// Follows no event up whose class has this name.
  static Mistake overlooks(String event) {
    return new Mistake() {
      @Override
      public <C, S, E, R> Decider<C, S, E, R> in(Decider<C, S, E, R> decider) {
        return decider;
      }

      @Override
      public <E> FollowUps<E> in(FollowUps<E> followUps) {
        return new FollowUps<>(
            followUps.concerning().stream()
                .filter(type -> !type.getSimpleName().equals(event))
                .collect(Collectors.toSet()),
            followUps.steps());
      }
    };
  }

  private static class Passing<C, S, E, R> implements Decider<C, S, E, R> {
    private final Decider<C, S, E, R> right;

    Passing(Decider<C, S, E, R> right) {
      this.right = right;
    }

    @Override
    public S initialState() {
      return right.initialState();
    }

    @Override
    public Decision<E, R> decide(C command, S state, Instant at) {
      return right.decide(command, state, at);
    }

    @Override
    public S evolve(S state, E event) {
      return right.evolve(state, event);
    }

    @Override
    public Optional<Deadline<C>> nextDeadline(S state) {
      return right.nextDeadline(state);
    }
  }

  @Override
  public String name() {
    return rules.name();
  }

  @Override
  public List<Aggregate<?, ?, ?, ?>> aggregates() {
    return rules.aggregates().stream().<Aggregate<?, ?, ?, ?>>map(this::spoil).toList();
  }

  private <C, S, E, R> Aggregate<C, S, E, R> spoil(Aggregate<C, S, E, R> aggregate) {
    if (!aggregate.category().equals(category)) return aggregate;
    return new Aggregate<>(
        aggregate.category(),
        mistake.in(aggregate.decider()),
        aggregate.codec(),
        aggregate.publications(),
        aggregate.projection(),
        aggregate.consequences(),
        mistake.in(aggregate.followUps()),
        aggregate.rejectReason());
  }

  @Override
  public List<Inbound<?>> inbound() {
    return rules.inbound();
  }

  @Override
  public List<String> topics() {
    return rules.topics();
  }

  @Override
  public Map<String, Operation> operations() {
    return rules.operations();
  }
}
