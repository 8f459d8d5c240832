package marketplace.eventsourcing;

import java.util.List;

/// What can be seen of a stream: the rows that a change leaves in the service's own tables, written
/// in the transaction of the append.
@FunctionalInterface
public interface Projection<S, E> {
  List<ViewRow> rowsFor(Change<S, E> change);
}
