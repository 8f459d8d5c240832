package marketplace.eventsourcing;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// What events of one kind of stream ask of other streams of the same service, later than they
/// happen and in members of their own: for a stream that everybody's events concern, so that nobody
/// has to wait for it. What must not happen without the event belongs to its `Consequences`.
///
/// The other stream decides. A refusal is its answer, and nobody hears of it.
///
/// @param concerning the classes of events that may ask for something; others are passed over
///   unread
/// @param steps of one event; pure, and called at least once for each
public record FollowUps<E>(
    Set<Class<? extends E>> concerning, Function<StoredEvent<E>, List<Reaction.Step>> steps) {
  public FollowUps {
    concerning = Set.copyOf(concerning);
  }

  /// For streams whose events concern no other stream afterwards.
  public static <E> FollowUps<E> none() {
    return new FollowUps<>(Set.of(), _ -> List.of());
  }

  public boolean concern(Object event) {
    return concerning.contains(event.getClass());
  }
}
