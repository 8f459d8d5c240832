package marketplace.simulation.lives;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.History;
import marketplace.eventsourcing.StoredEvent;
import marketplace.simulation.journal.Broken;
import marketplace.simulation.memory.MemoryServices;
import org.jspecify.annotations.Nullable;

/// T2 of the domain, section 13, over all that is stored: what a deadline has decided has the time
/// of that deadline, or the time at which its stream came to know it, if that is later. Neither
/// earlier nor later, however late anybody noticed.
final class DeadlineTimes {
  private static final String ACTOR = "DEADLINE";

  private final Map<String, Aggregate<?, ?, ?, ?>> aggregates = new HashMap<>();

  DeadlineTimes() {
    for (var rules : MemoryServices.rules()) {
      for (var aggregate : rules.aggregates()) aggregates.put(aggregate.category(), aggregate);
    }
  }

  List<Broken> brokenIn(History<?> history) {
    var aggregate = aggregates.get(history.stream().category());
    return aggregate == null ? List.of() : brokenIn(aggregate, history);
  }

  @SuppressWarnings("unchecked") // the stream's name leads to the aggregate whose events these are
  private static <C, S, E, R> List<Broken> brokenIn(
      Aggregate<C, S, E, R> aggregate, History<?> history) {
    List<Broken> broken = new ArrayList<>();
    var decider = aggregate.decider();
    var state = decider.initialState();
    Optional<Deadline<C>> next = Optional.empty();
    var knownSince = Instant.MIN;
    StoredEvent<E> before = null;
    Set<UUID> own = new HashSet<>();
    for (var event : ((History<E>) history).events()) {
      if (isDecidedByDeadline(event, before, own) && !isInTime(event, next, knownSince)) {
        broken.add(
            new Broken(
                "T2",
                history.stream().id(),
                "%s at %s, by %s, known since %s"
                    .formatted(event.type(), event.time(), next, knownSince)));
      }
      state = decider.evolve(state, event.event());
      var later = decider.nextDeadline(state);
      if (!later.equals(next)) knownSince = event.time();
      next = later;
      before = event;
      own.add(event.eventId());
    }
    return broken;
  }

  /// The first event of a decision: what follows in it is of the same cause and instant. A deadline
  /// was set by an event of its own stream; a fact that says that a deadline has passed elsewhere
  /// is caused by that.
  private static boolean isDecidedByDeadline(
      StoredEvent<?> event, @Nullable StoredEvent<?> before, Set<UUID> own) {
    return event.trace().actor().equals(ACTOR)
        && own.contains(event.trace().causationId())
        && (before == null
            || !before.trace().equals(event.trace())
            || !before.time().equals(event.time()));
  }

  private static <C> boolean isInTime(
      StoredEvent<?> event, Optional<Deadline<C>> next, Instant knownSince) {
    if (next.isEmpty()) return false;
    var dueAt = next.get().dueAt();
    return event.time().equals(dueAt.isBefore(knownSince) ? knownSince : dueAt);
  }
}
