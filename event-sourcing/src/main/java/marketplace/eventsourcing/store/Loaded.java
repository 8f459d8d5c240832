package marketplace.eventsourcing.store;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import marketplace.eventsourcing.History;
import marketplace.eventsourcing.StreamId;

/// The answer to a `Wanted`.
///
/// @param streams all that were asked for
/// @param histories one for each stream that has events
/// @param answers kept ones
/// @param busy answers that are being made elsewhere
/// @param knownFacts those that were handled before
/// @param foreignVersions last versions seen
/// @param setAside those asked for, and records that wait for one of the streams, own or foreign,
///   in the order they came
public record Loaded(
    Set<StreamId> streams,
    Map<StreamId, History<?>> histories,
    Map<AnswerSlot, KeptAnswer> answers,
    Set<AnswerSlot> busy,
    Set<UUID> knownFacts,
    Map<String, Integer> foreignVersions,
    List<SetAside> setAside) {}
