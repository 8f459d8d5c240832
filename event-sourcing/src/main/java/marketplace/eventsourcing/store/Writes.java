package marketplace.eventsourcing.store;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.Message;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.ViewRow;
import org.jspecify.annotations.Nullable;

/// All rows that one batch leaves, each at most once.
///
/// @param events those of a stream in order
/// @param facts ids of the foreign events that are handled, or set aside, by this batch
/// @param released set-aside records that are dealt with
public record Writes(
    List<Appended> events,
    Collection<ViewRow> rows,
    List<NextDeadline> deadlines,
    Set<UUID> facts,
    List<ForeignVersion> foreignVersions,
    List<SetAside> setAside,
    List<SetAside> released,
    Collection<KeptAnswer> answers) {

  /// @param message what the world will be told of it, null for nothing
  public record Appended(StoredEvent<?> event, @Nullable Message message) {}

  /// @param deadline null where the stream waits for nothing any more
  public record NextDeadline(StreamId stream, @Nullable Deadline<?> deadline) {}

  /// @param seen what was read; another value now means that another came first
  public record ForeignVersion(String stream, int seen, int version) {}

  public boolean isEmpty() {
    return events.isEmpty()
        && rows.isEmpty()
        && deadlines.isEmpty()
        && facts.isEmpty()
        && foreignVersions.isEmpty()
        && setAside.isEmpty()
        && released.isEmpty()
        && answers.isEmpty();
  }
}
