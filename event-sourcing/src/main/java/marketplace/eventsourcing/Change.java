package marketplace.eventsourcing;

import java.time.Instant;
import java.util.List;

/// What one append has done to a stream, for those who keep a view of it. Folding all events of a
/// stream in one change must give the rows that many small changes gave: views are rebuilt so.
///
/// @param events the new ones, in order
/// @param version of the stream after the append
/// @param publishedVersion version of the last event that has a message, 0 if none
/// @param time simulated, of the last event
public record Change<S, E>(
    StreamId stream,
    S before,
    S after,
    List<StoredEvent<E>> events,
    int version,
    int publishedVersion,
    Instant time) {}
