package marketplace.eventsourcing.store;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import marketplace.eventsourcing.StreamId;

/// What a batch must know before it decides.
///
/// @param streams whose histories, and whose parked records, are needed
/// @param answers of callers' keys: were they answered before?
/// @param facts ids of foreign events: which were handled before?
/// @param foreignStreams whose last version seen, and whose held records, are needed
/// @param setAside ids of records that shall be looked at again: are they still there?
public record Wanted(
    Set<StreamId> streams,
    Set<AnswerSlot> answers,
    Set<UUID> facts,
    Set<String> foreignStreams,
    Set<Long> setAside) {

  public Wanted and(Set<StreamId> more) {
    Set<StreamId> all = new HashSet<>(streams);
    all.addAll(more);
    return new Wanted(all, answers, facts, foreignStreams, setAside);
  }

  /// More streams, for records that were found waiting for those that were read first.
  public static Wanted streams(Set<StreamId> streams) {
    return new Wanted(streams, Set.of(), Set.of(), Set.of(), Set.of());
  }
}
