package marketplace.eventsourcing.store;

import java.util.Set;
import java.util.UUID;
import marketplace.eventsourcing.IdempotencyKey;
import marketplace.eventsourcing.StreamId;

/// What a batch must know before it decides.
///
/// @param streams whose histories, and whose parked records, are needed
/// @param keys of callers
/// @param facts ids of foreign events: which were handled before?
/// @param foreignStreams whose last version seen, and whose held records, are needed
public record Wanted(
    Set<StreamId> streams, Set<IdempotencyKey> keys, Set<UUID> facts, Set<String> foreignStreams) {
  public Wanted {
    streams = Set.copyOf(streams);
    keys = Set.copyOf(keys);
    facts = Set.copyOf(facts);
    foreignStreams = Set.copyOf(foreignStreams);
  }

  /// More streams, for records that were found waiting for those that were read first.
  public static Wanted streams(Set<StreamId> streams) {
    return new Wanted(streams, Set.of(), Set.of(), Set.of());
  }
}
