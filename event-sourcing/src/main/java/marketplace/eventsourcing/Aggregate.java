package marketplace.eventsourcing;

import java.util.function.Function;

/// One kind of stream with all that belongs to it.
///
/// @param category the first part of its streams' names: `order`
/// @param rejectReason what is written beside a refused fact, for example `ILLEGAL_TRANSITION`
public record Aggregate<C, S, E, R>(
    String category,
    Decider<C, S, E, R> decider,
    EventCodec<E> codec,
    Publications<E> publications,
    Projection<S, E> projection,
    Function<R, String> rejectReason) {}
