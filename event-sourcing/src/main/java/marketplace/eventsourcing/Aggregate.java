package marketplace.eventsourcing;

import java.util.function.Function;

/// One kind of stream with all that belongs to it.
///
/// @param category the first part of its streams' names: `order`
/// @param consequences of its events for other streams, in the same append
/// @param followUps of its events for other streams, in later ones
/// @param rejectReason what is written beside a refused fact, for example `ILLEGAL_TRANSITION`
public record Aggregate<C, S, E, R>(
    String category,
    Decider<C, S, E, R> decider,
    EventCodec<E> codec,
    Publications<E> publications,
    Projection<S, E> projection,
    Consequences<E, R> consequences,
    FollowUps<E> followUps,
    Function<R, String> rejectReason) {

  public Aggregate(
      String category,
      Decider<C, S, E, R> decider,
      EventCodec<E> codec,
      Publications<E> publications,
      Projection<S, E> projection,
      Function<R, String> rejectReason) {
    this(
        category,
        decider,
        codec,
        publications,
        projection,
        Consequences.none(),
        FollowUps.none(),
        rejectReason);
  }

  public Aggregate(
      String category,
      Decider<C, S, E, R> decider,
      EventCodec<E> codec,
      Publications<E> publications,
      Projection<S, E> projection,
      Consequences<E, R> consequences,
      Function<R, String> rejectReason) {
    this(
        category,
        decider,
        codec,
        publications,
        projection,
        consequences,
        FollowUps.none(),
        rejectReason);
  }
}
